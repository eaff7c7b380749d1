import type { CallbackReason, CallbackResult, CallbackView } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { type PageRefusal, refusalOf } from '../house/refusal.ts'
import { say, sayAll, type Words } from '../language.ts'

/** What the panel of callbacks says. */
export const words = {
  panel: say({ 'zh-CN': '待回电', en: 'To be called back' }),
  none: say({ 'zh-CN': '没有待回电', en: 'Nobody is owed a callback' }),
  own: say({ 'zh-CN': '我的回电', en: 'Mine' }),
  call: say({ 'zh-CN': '立即回拨', en: 'Call now' }),
  take: say({ 'zh-CN': '领取', en: 'Take it' }),
  giveBack: say({ 'zh-CN': '退回待回电', en: 'Give it back' }),
  results: say({ 'zh-CN': '回拨结果', en: 'What came of it' }),
  order: say({ 'zh-CN': '工单号', en: 'Number of the order' }),
  rang: say({ 'zh-CN': '来电', en: 'Rang' }),
  tries: (made: number, left: number) =>
    say({ 'zh-CN': `已拨 ${made} 次，还可拨 ${left} 次`, en: `rung ${made} times, ${left} left` }),
  elder: say({ 'zh-CN': '老年人', en: 'elder' }),
  later: (count: number) =>
    say({ 'zh-CN': `另有 ${count} 个稍后再拨`, en: `${count} more to be rung later` }),
  more: say({ 'zh-CN': '还有更多，先处理以上各条', en: 'There are more; these come first' }),
  play: say({ 'zh-CN': '播放留言', en: 'Play the message' }),
  pause: say({ 'zh-CN': '暂停', en: 'Pause' }),
  speed: (times: number) => say({ 'zh-CN': `${times} 倍速`, en: `${times} times as fast` }),
  noVoice: say({ 'zh-CN': '已留言：无人声', en: 'A message was left: nobody speaks in it' }),
  said: say({ 'zh-CN': '留言文字', en: 'The words of the message' }),
  noMessage: say({ 'zh-CN': '留言暂时放不出来', en: 'The message cannot be played now' }),
  told: (time: string) => say({ 'zh-CN': `已告知来电人最迟 ${time}`, en: `They were told: by ${time}` }),
  quiet: (time: string) =>
    say({
      'zh-CN': `现在是夜间，来电已久，对方可能已休息：不紧急的请 ${time} 后再拨`,
      en: `It is night, and they rang a while ago: unless it is urgent, ring after ${time}`,
    }),
  keys: say({
    'zh-CN': '光标在结果上时，按 1 至 4 选择',
    en: 'With the focus on a result, keys 1 to 4 choose',
  }),
  withheld: say({ 'zh-CN': '号码未显示', en: 'number withheld' }),
  offered: (number: string) =>
    say({
      'zh-CN': `请回拨 ${number}，缘由见“待回电”`,
      en: `To be called back: ${number}; why stands below`,
    }),
  ownPhone: say({ 'zh-CN': '正在接通您的话机', en: 'Your own phone is being rung' }),
  rings: (number: string) => say({ 'zh-CN': `正在呼叫 ${number}`, en: `Ringing ${number}` }),
} as const

const reasons: Readonly<Record<CallbackReason, Words>> = {
  message: { 'zh-CN': '留言', en: 'left a message' },
  asked: { 'zh-CN': '要求回电', en: 'asked to be called' },
  'queue-full': { 'zh-CN': '排队已满', en: 'the queue was full' },
  failed: { 'zh-CN': '系统故障', en: 'something failed' },
  'gave-up': { 'zh-CN': '排队时挂机', en: 'waited and hung up' },
  'cut-off': { 'zh-CN': '通话中断', en: 'was cut off' },
}
const reasonsSaid = sayAll(reasons)
export const whyWords = (callback: CallbackView) =>
  callback.reasons.map(reason => reasonsSaid[reason]).join(say({ 'zh-CN': '、', en: ', ' }))

export const lightWords: Readonly<Record<CallbackView['light'], string>> = sayAll({
  green: { 'zh-CN': '时限内', en: 'in time' },
  yellow: { 'zh-CN': '临近超时', en: 'soon late' },
  red: { 'zh-CN': '已超时', en: 'late' },
})

/** Who may ring this number, where that is not everybody. */
const cautions: Readonly<Record<CallbackView['ringing']['because'], Words | undefined>> = {
  'rang-us': undefined,
  talked: {
    'zh-CN': '已与来电人通过话，结果未登记：只能人工拨打',
    en: 'They talked with us, and what came of it was not said: rung by a person only',
  },
  unproved: {
    'zh-CN': '来电号码未经核实，可能不是来电人的：只能人工拨打，请先核对对方身份',
    en: 'Nobody vouches that this number rang us: rung by a person only; ask first who it is',
  },
  keyed: {
    'zh-CN': '来电未显示号码，此号码由来电人按键留下，可能有误：只能人工拨打，请先核对对方身份',
    en: 'Their own number was withheld and this one was keyed in: rung by a person only; ask first who it is',
  },
  incomplete: {
    'zh-CN': '号码不完整，不能拨打：请领取，从留言、来电记录或工单中查找号码，再登记结果',
    en: 'The number is not complete and cannot be rung: take it, look for the number in the message, calls or orders, and say what came of it',
  },
  withheld: { 'zh-CN': '没有号码，请听留言', en: 'There is no number: hear the message' },
  'opted-out': { 'zh-CN': '此号码要求不再拨打', en: 'This number is not to be rung' },
  confidential: {
    'zh-CN': '工单约定只用短信联系，不能拨打',
    en: 'Their order is told by text alone: not to be rung',
  },
  'no-contact': {
    'zh-CN': '工单约定不联系，不能拨打',
    en: 'They want to hear nothing of their order: not to be rung',
  },
  'out-of-reach': {
    'zh-CN':
      '此号码不在本热线的外拨范围（如境外号码），不能从这里拨打，不计次数：请领取，用其他方式联系后登记结果',
    en: 'Not a number that this hotline rings (abroad, for example): take it, reach them otherwise, and say what came of it; no try is counted',
  },
}
/** Who wants no calls, and asked for this one. */
const askedAll: Partial<typeof cautions> = {
  'opted-out': {
    'zh-CN': '此号码不接回访，但这次要求回电：只能人工拨打',
    en: 'They want no survey calls, and asked for this one: rung by a person only',
  },
  confidential: {
    'zh-CN': '有只用短信联系的工单，但这次要求回电：只能人工拨打，先核对是否本人，不对他人说明来意',
    en: 'An order of theirs is told by text alone, and they asked for this call: rung by a person only; ask first who it is, and tell nobody else what it is about',
  },
  'no-contact': {
    'zh-CN': '工单约定不联系，但这次要求回电：只能人工拨打，先核对是否本人',
    en: 'They want to hear nothing of their order, and asked for this call: rung by a person only; ask first who it is',
  },
}
export const cautionWords = ({ ringing: { by, because } }: CallbackView) => {
  const caution = (by === 'person' ? askedAll[because] : undefined) ?? cautions[because]
  return caution && say(caution)
}

/** In the order of their keys. */
export const results: readonly CallbackResult[] = ['served', 'order-made', 'nobody', 'wrong-number']
export const resultWords: Readonly<Record<CallbackResult, string>> = sayAll({
  served: { 'zh-CN': '已接通并办理', en: 'Reached and served' },
  'order-made': { 'zh-CN': '已建工单', en: 'An order was made' },
  nobody: { 'zh-CN': '无人接听，稍后再拨', en: 'Nobody reached: again later' },
  'wrong-number': { 'zh-CN': '号码有误', en: 'Wrong number' },
  'gave-up': { 'zh-CN': '不再回拨', en: 'Not to be rung again' },
})

const notCounted = (why: string, inEnglish: string) =>
  say({
    'zh-CN': `${why}，未计入次数，请稍后再拨`,
    en: `${inEnglish}: not counted as a try; try again later`,
  })

/** Whoever rings somebody back asks whether that was one of the tries. */
const troubles: Readonly<Partial<Record<PageRefusal, string>>> = {
  'callback-not-taken': say({ 'zh-CN': '已退回，请重新选择', en: 'It was given back; choose it again' }),
  'seat-not-ready': say({
    'zh-CN': '现在不能外拨：请先结束当前来电',
    en: 'You cannot ring out now: end the present call first',
  }),
  'seat-unreachable': say({
    'zh-CN': '话机还没有接入，请先点“示闲”',
    en: 'No phone is connected: press ready first',
  }),
  'hung-up': say({ 'zh-CN': '对方接起后挂断', en: 'They hung up at once' }),
  'no-trunk': say({
    'zh-CN': '没有外线，不能外拨，未计入次数',
    en: 'No trunk: nobody outside can be rung; not counted as a try',
  }),
  'trunk-failed': notCounted('外线没有接通', 'The trunk did not take the call'),
  'reach-too-often': notCounted('外拨已达上限', 'As many calls as may be made'),
  'line-down': notCounted('线路中断', 'The line is down'),
}
export const troubleWords = (code: string) => refusalOf(code, troubles)

export const rangWords = (atMs: number) => cityTime(atMs, 'date')

/** Where there is no number to ring, the limit is that of looking for it. */
const isToFind = ({ ringing: { because } }: CallbackView) =>
  because === 'incomplete' || because === 'withheld'

export const limitWords = (callback: CallbackView, dueAtMs: number): string =>
  isToFind(callback)
    ? `${say({ 'zh-CN': '查找号码', en: 'to find the number' })} ${leftWords(dueAtMs)}`
    : leftWords(dueAtMs)

function leftWords(dueAtMs: number): string {
  const minutes = Math.round((dueAtMs - Date.now()) / 60_000)
  return minutes >= 0
    ? say({ 'zh-CN': `还剩 ${minutes} 分钟`, en: `${minutes} min left` })
    : say({ 'zh-CN': `已超 ${-minutes} 分钟`, en: `${-minutes} min late` })
}
