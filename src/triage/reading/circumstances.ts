import { numberIn, numeral } from './numerals.ts'
import {
  clauseAfter,
  clauseAround,
  type FieldProposal,
  flat,
  isDenied,
  isTakenBack,
  proposalAt,
} from './proposal.ts'

const often = new RegExp(
  [
    `(?:每|一|${numeral})(?:个)?(?:天|周|星期|礼拜|月|年|晚上?)[^,，。！？；\\s]{0,3}?${numeral}(?:次|回|趟)`,
    '每天(?:早上|上午|中午|下午|晚上|夜里|半夜|凌晨)?|天天|每晚|每(?:个)?(?:周|星期|礼拜|月)末?|夜夜',
    '隔三[差岔]五|三天两头|没日没夜|一天到晚|白天黑夜',
    `每?隔${numeral}(?:个)?(?:天|周|小时|月)`,
  ].join('|'),
  'g',
)
/** What the caller does every day, and what is to be done. */
const daily =
  /^(都)?(要|得|能)?(从[^,，。]{1,5}(走|过|上学|上班|回家)|去|在家|上班|上学|下班|路过|经过|走|接送|接|送|回家|出门|买菜|做饭|锻炼|遛|开车|骑车|坐|工作|上|补|领|发|报销|多少)/

/** How often it happens, in the words that were said. */
export function readOften(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...written.matchAll(often)].flatMap(match => {
    const [words] = match
    const to = match.index + words.length
    const { before, after } = clauseAround(written, match.index, to)
    if (
      isDenied(before) ||
      isTakenBack(written, to) ||
      daily.test(after) ||
      /(不可能|应该|规定|要求|能不能|可以|限)$/.test(before)
    )
      return []
    if (/[几数\d一二两三四五六七八九十]$/.test(before) || /^[几\d]/.test(after)) return []
    if (/(周|星期|礼拜)$/.test(words) && /^[一二三四五六日天]/.test(after)) return []
    return [proposalAt('often', words, text, match.index, to)]
  })
}

const people = new RegExp(
  [
    '老人|老太太|老大爷|老年人|老两口|孩子|小孩|婴儿|新生儿|孕妇|残疾人|瘫痪病人|病人|学生们?',
    '全家|一家(?:老小|人|[三四五六]口)|整(?:栋|幢|座|个)?楼|全楼|整(?:个)?(?:单元|小区|村|条街|片|层)|全(?:小区|村|单元|院)',
    `${numeral}(?:多)?(?:户人家|户居民|家住户|户|口人|名学生|名工人|个工人|个孩子|位老人|个老人)`,
  ].join('|'),
  'g',
)
/** A thing of theirs, what they said, or what they did to others. */
const notThey =
  /^(卡|证|票|餐|食堂|院|节|机|代步|学校|幼儿园|班级|老师|同学|学费|书包|请(了|假)|报名|乐园|说|讲|告诉|打电话|跑|哭|闹|吵|打球|踢|唱|跳舞|练琴|弹|学籍|户口|的?(户口|补贴|身份证)|对象|停车位?|车位|专用|免费|优待|乘车|通道|坡道|公寓|活动|大学|服务|的?(爸|妈|父亲|母亲|家长|女的|男的|妇女))/
const theirs =
  /(楼上|楼下|隔壁|对门|邻居|邻居家|人家|别人|别人家|他们?家?|她们?家?|那家|那个|保姆|丢了?个?)(的|有)?(个)?$|[带抱领]着?(个|一个)?$/
/** 七十岁老人坐公交要办卡吗: anybody of that age. */
const asAnybody = /(岁|周岁)(以上|以下)?的?$/
const asks = /吗|怎么|能不能|可不可以|需要|要不要|多少/
/** They were, and are not any more. */
const isOver = /(找着|找到|回来|出院|救出来|好)了/

/** Whom it hits, in the words that were said. */
export function readAffected(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...written.matchAll(people)].flatMap(match => {
    const [words] = match
    const to = match.index + words.length
    const { before, after } = clauseAround(written, match.index, to)
    if (isDenied(before) || notThey.test(after) || theirs.test(before)) return []
    if (asAnybody.test(before) && asks.test(after)) return []
    if (/走丢|走失|不见|丢了/.test(after) && isOver.test(clauseAfter(written, to))) return []
    if (/[几数第\d零一二三四五六七八九十百千点]$/.test(before)) return []
    const figure = new RegExp(`^${numeral}`).exec(words)?.[0]
    if (figure && !/^一家/.test(words) && numberIn(figure) === undefined) return []
    return [proposalAt('affected', words, text, match.index, to)]
  })
}

/** 老年人权益保障法, article 2: from 60 on. */
const elderFrom = 60
const ownAge = new RegExp(
  `(?:我|本人|我们老两口|我们两口子|我和老伴)(?:[^,，。我]{1,6}[,，]今年)?(?:今年|现在|都|已经|也|快|是)*(?:(?<=今年)(${numeral})了|(${numeral})(?:多)?(?:岁|周岁))`,
  'g',
)

/** An age of their own that a caller tells, as `76岁`, where it is an old one; of somebody else's nothing is known. */
export function readElder(text: string): readonly FieldProposal[] {
  const written = flat(text)
  return [...written.matchAll(ownAge)].flatMap(match => {
    const to = match.index + match[0].length
    const { before, after } = clauseAround(written, match.index, to)
    const age = numberIn(match[1] ?? match[2] ?? '')
    if (age === undefined || age < elderFrom || age > 120 || isDenied(before)) return []
    return /^(的|以后|之后|才|时)/.test(after) ? [] : [proposalAt('elder', `${age}岁`, text, match.index, to)]
  })
}
