import {
  clauseAfter,
  clauseAround,
  clauseBefore,
  flat,
  isDenied,
  isDeniedAfter,
  isHearsay,
} from './proposal.ts'

/** What cannot wait: whom to add to the call, and the words that say so, `text.slice(from, to)`. */
export type Emergency = {
  readonly service: '110' | '119' | '120'
  readonly what: string
  readonly words: string
  readonly from: number
  readonly to: number
}

type Rule = {
  readonly service: Emergency['service']
  readonly what: string
  readonly words: RegExp
  /** What follows so that it is something else: 被打扰, 跳楼价. */
  readonly unless?: RegExp
  /** Said as a fear or a threat it is no less urgent. */
  readonly isThreat?: boolean
}

const rules: readonly Rule[] = [
  {
    service: '119',
    what: '燃气泄漏',
    words:
      /(煤气|燃气|天然气|液化气)(好像|可能|一直|在)?(味|味道|泄漏|泄露|漏了|漏气|跑气|爆炸)|(一股|闻到|闻着|有)(很浓的?|很大的?|浓浓的|一股|一?点)?(煤气|燃气|天然气|液化气)/g,
    unless: /^(的)?(报警器|检测|公司|灶|费|表|卡|管道改造|保险|安检|知识)/,
  },
  {
    service: '119',
    what: '火情',
    words:
      /(?<!打不|点不|打着|不)着火|起火|失火|烧起来|烧着了|(全|都)是烟|着起来|(车|楼|房|屋|桶|箱|堆|库)子?里?着了|冒(着)?(浓|黑|大|白)?烟|(黑|浓)烟(往|直|在|一直)|(楼|屋|房|家|车|库|厂|店)里?(发生)?(火灾|爆炸)|发生(了)?(火灾|爆炸)|火势/g,
    unless: /^(的)?(了?(都|也|可)?[跑逃救]不|隐患|险|保险|演练|演习|报警器|点|逃生|预案|知识|怎么赔)/,
  },
  {
    service: '119',
    what: '有人被困',
    words:
      /(人|孩子|老人|妈|爸|我|我们)(都|还|现在)?(被)?(困|关|卡|锁)在(了)?(电梯|车里|里|轿厢)|电梯里(还|都)?有人[^。？?]{0,3}困|困住了[^。]{0,6}(喊|救)|电梯里?(关|困)(着|了|住)?[^,，。]{0,3}人|在电梯里?(关|困)着|(人|孩子|老人)掉(进|下)去了|被困(在)?(电梯|车里|屋里|水里)|掉(进|到|在)?(了)?(井|河|湖|水|坑)里|落水|溺水|(还没|没|没有)(给|被)?救出来|救不出来/g,
    unless: /^(怎么办的知识|演练|演习)/,
  },
  {
    service: '120',
    what: '有人昏迷或重病',
    words:
      /昏倒|(人|老头|老太太|男的|女的|他|她|爸|妈|大爷|大妈)(倒在|躺在(?=地上|路|马路|街|楼道))[^,，。]{0,5}|晕倒|昏迷|昏过去|晕过去|不省人事|叫不醒|没(有)?(了)?(呼吸|心跳)|喘不(上|过)来?气|喘不上气|大出血|(流|出)(了)?(好多|很多|一地)血|血流不止|流血不止|吐血|抽搐|心脏病(犯|发作)|心梗|脑梗(了|发作)|(煤气|一氧化碳|食物|农药)中毒|喝(了)?农药|从[^,，。]{0,6}(摔|掉)(了)?下来|被车(撞|轧)|撞(到|倒)?(了)?人|(头|脸|脖子)破了[^。]{0,2}(流|冒|淌)血|流着?血呢|(摔|跌|滑|磕|绊)(倒|了一?跤|了|下去|下来)了?[^。]{0,8}?(起不来|[站爬坐扶]不起来|动不了|动弹不得|不能动|不会动|没反应)|羊水破|半边身子(动不了|没知觉|麻)|说不出话|嘴歪|快要?生了|触电/g,
    unless: /^(的)?(床|后遗症|报销|患者|医保|门诊|病史|赔偿|保险|知识|风险)/,
  },
  {
    service: '110',
    what: '有人要轻生',
    words:
      /(要|想|去|就|准备|扬言|闹着)(从[^,，。]{0,6})?跳(楼|下去|河|桥|江)|跳楼|(?<!笑|累|热|气)(想死(?!你|我|他|她)|要寻死)|不想活|活不下去|活够了|(要|喊着?)往下跳|(要|想)跳(?![槽绳舞过闸级票广操班伞水远高])|死给(你|你们|他们|大家)看|轻生|自杀|割腕|上吊/g,
    unless: /^(价|大甩卖|甩卖|机|的价|式|未遂的?新闻)/,
    isThreat: true,
  },
  {
    service: '110',
    what: '有人动手或持械',
    words:
      /被(人|他|她|他们|保安|邻居|对方|老公|丈夫|城管|一群人|家人|[^,，。]{1,3})?(打(?!扰|折|断|回|开|扫|上|印|包|动|住|击|造|通|发|搅|车)|殴打|砍|捅|绑|劫持|抢)|打我(?!们?的?(电话|手机|座机|号码?|单位))|(在|正|又|有人)(殴)?打人|打架(?!斗殴罪)|打起来|动手打|殴打|(拿|持|挥)(着|了)?(刀|菜刀|棍|斧)|砍人|捅人|抢劫|抢(了|走)(我|他|她|人)|绑架|家暴|(要|会|说)(杀|弄死|砍死|打死)(了)?(我|人|他|她|你)|救命/g,
    unless: /^(不通|柳|视频|的视频|热线|预防|宣传|法)/,
  },
  {
    service: '110',
    what: '有人走失',
    words:
      /(孩子|小孩|老人|我妈|我爸|母亲|父亲|奶奶|爷爷|女儿|儿子)[^。！？!?]{0,4}?[,，]?(?:在[^,，。]{1,6})?(走丢|走失|丢了|不见了|失踪|找不到了|找不着了)/g,
  },
]

/** It was. */
const past =
  /去年|前年|大前年|上次|上回|上个?月|上上|上周|上星期|以前|之前|曾经|那年|那次|当年|小时候|前几年|几年前|年前|个月前|天前|周前|昨[天晚儿夜日]|前[天晚儿夜日]|前几天|前两天|前些|那天|几天前|已经(扑灭|灭了|处理|送医|出院|好了)/
const now = /现在|正在|正|马上|又|还在|这会儿|刚才|刚刚|今天|快来/
/** What smokes every day is a chimney. */
const chimney = /烟囱|尾气|排气|天天|每天|成天/
const fear =
  /(?<!恐)怕(?!是)|担心|万一|要是|如果|假如|倘若|假设|容易|会不会|可能会|早晚|迟早|隐患|以免|避免|防止|预防|小心|出了?事|防|风险|引起|引发|导致|造成(?!了)/
/** It was, a moment ago. */
const over =
  /^(啊|呢)?(现在|这会儿|后来|已经|但|不过|人|又|都)*(没事|没大事|没什么事|找着了|找到了|回来了|灭了|扑灭|熄了|散了|没味|好了|停了|救出来|出来了|醒过来|醒了)/
/** What is about rules, papers and money. */
const asked = /怎么(报销|赔|算|认定|预防|申请|补贴)|报销|赔偿标准|保险|补偿|伤残鉴定|立案|判决|起诉/

/**
 * What of a text cannot wait. What is denied (没有着火), was (去年着过火), is told by others (新闻里) or only feared (怕着火) raises
 * nothing; a threat to oneself always does.
 */
export function readEmergencies(text: string): readonly Emergency[] {
  const written = flat(text)
  const found = rules.flatMap(({ service, what, words, unless, isThreat = false }) =>
    [...written.matchAll(words)]
      .flatMap((match): Emergency[] => {
        const [from, to] = [match.index, match.index + match[0].length]
        const { before, after } = clauseAround(written, from, to)
        const earlier = clauseBefore(written, from)
        if (
          unless?.test(after) ||
          deniedIn(before) ||
          isDeniedAfter(after) ||
          /(上周|昨天|去年|前天|上个?月|以前)的事/.test(clauseAfter(written, to)) ||
          (!isThreat && over.test(clauseAfter(written, to))) ||
          isQuoted(written, from) ||
          (/烟/.test(match[0]) && chimney.test(before))
        )
          return []
        const isNow = now.test(before) || now.test(match[0]) || now.test(after)
        if (
          !isNow &&
          (past.test(before) || past.test(after) || (!isThreat && past.test(earlier) && !now.test(earlier)))
        )
          return []
        if (isHearsay(before) || isHearsay(after) || (isHearsay(earlier) && !isNow)) return []
        if (
          !isThreat &&
          !isNow &&
          (fear.test(before) || asked.test(after) || /^(过|怎么办|了?怎么(赔|办))/.test(after))
        )
          return []
        if (!isThreat && fear.test(before) && !/着|了|现在|正在/.test(after.slice(0, 2))) return []
        return [{ service, what, words: text.slice(from, to), from, to }]
      })
      .slice(0, 1),
  )
  // Whoever is stuck cries for help, too: that alone is no blow.
  return found.some(({ words }) => words !== '救命') ? found.filter(({ words }) => words !== '救命') : found
}

/** 没有人被打, 不是煤气味; 没有呼吸 denies nothing, since it is a word of its own. */
const deniedIn = (before: string): boolean =>
  isDenied(before) ||
  /(没有?|不是|没闻到|没闻见|并没有|未|排除)(什么|任何|人|谁|明显|异常)?(的)?(有)?$/.test(before)

const isQuoted = (text: string, from: number): boolean => {
  const open = Math.max(
    text.lastIndexOf('“', from),
    text.lastIndexOf('「', from),
    text.lastIndexOf('《', from),
  )
  const shut = Math.max(
    text.lastIndexOf('”', from),
    text.lastIndexOf('」', from),
    text.lastIndexOf('》', from),
  )
  return open > shut
}
