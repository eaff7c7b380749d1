import type { BreakReason, SeatView, TalkView } from '../../http/contract.ts'
import * as flowWords from '../../http/words/flows.ts'
import * as orderWords from '../../http/words/orders.ts'
import * as peopleWords from '../../http/words/people.ts'
import { cityTime } from '../city.ts'
import { type PageRefusal, refusalOf } from '../house/refusal.ts'
import { language, say, sayAll, type Words } from '../language.ts'

/** All that the page says. */
export const words = {
  ready: say({ 'zh-CN': '示闲，开始接线', en: 'Ready for calls' }),
  breaks: say({ 'zh-CN': '暂不接线', en: 'No calls now' }),
  signIn: say({ 'zh-CN': '签入', en: 'Sign in' }),
  signOut: say({ 'zh-CN': '签出', en: 'Sign out' }),
  answer: say({ 'zh-CN': '接听', en: 'Answer' }),
  refuse: say({ 'zh-CN': '不接', en: 'Not now' }),
  goOn: say({ 'zh-CN': '接着通话', en: 'Back into the call' }),
  waits: say({
    'zh-CN': '来电人还在线上，正听着音乐等您。',
    en: 'The caller is still there, and hears music until you are back.',
  }),
  end: say({ 'zh-CN': '挂断', en: 'Hang up' }),
  hold: say({ 'zh-CN': '保持', en: 'Hold' }),
  resume: say({ 'zh-CN': '恢复通话', en: 'Back to the caller' }),
  transfer: say({ 'zh-CN': '转接', en: 'Transfer' }),
  cancel: say({ 'zh-CN': '取消转接', en: 'Cancel the transfer' }),
  mute: say({ 'zh-CN': '静音', en: 'Mute' }),
  finishWrapUp: say({ 'zh-CN': '处理完毕，继续接线', en: 'Done, next call' }),
  state: say({ 'zh-CN': '坐席状态', en: 'Seat' }),
  waiting: (count: number) => say({ 'zh-CN': `排队 ${count} 人`, en: `${count} waiting` }),
  known: (number: number) =>
    say({ 'zh-CN': `您的工号：${number}（来电人看到的）`, en: `Callers know you as agent ${number}` }),
  caller: say({ 'zh-CN': '来电人', en: 'Caller' }),
  withheld: say({ 'zh-CN': '号码未显示', en: 'number withheld' }),
  why: say({ 'zh-CN': '呼入渠道', en: 'Came by' }),
  elder: say({ 'zh-CN': '老年人', en: 'elder' }),
  language: say({ 'zh-CN': '语言', en: 'Language' }),
  since: say({ 'zh-CN': '来电已', en: 'Rang' }),
  unproved: say({ 'zh-CN': '号码未核实', en: 'Number not verified' }),
  lastCaller: say({ 'zh-CN': '刚才的来电人', en: 'Last caller' }),
  surveyOf: say({ 'zh-CN': '回访工单', en: 'Survey of order' }),
  noAnswers: say({ 'zh-CN': '还没有回答', en: 'Nothing answered yet' }),
  nobody: say({ 'zh-CN': '现在没有来电', en: 'No caller now' }),
  past: say({ 'zh-CN': '以往通话', en: 'Earlier calls' }),
  noPast: say({ 'zh-CN': '这个号码没有以往通话', en: 'No earlier calls of this number' }),
  looking: say({ 'zh-CN': '正在查…', en: 'Looking…' }),
  toSeat: say({ 'zh-CN': '转给坐席', en: 'To a seat' }),
  noSeat: say({ 'zh-CN': '没有空闲的坐席', en: 'No seat is ready' }),
  outside: say({ 'zh-CN': '转到外线', en: 'To a number' }),
  captions: say({ 'zh-CN': '字幕', en: 'Captions' }),
  noCaptions: say({ 'zh-CN': '接听后，双方的话显示在这里', en: 'What both sides say appears here' }),
  keys: say({
    'zh-CN': '快捷键：F2 示闲或示忙，F4 接听或挂断，F8 保持或恢复，F9 转接',
    en: 'Keys: F2 ready or away, F4 answer or hang up, F8 hold or back, F9 transfer',
  }),
  usePhone: say({ 'zh-CN': '请用话机接听', en: 'Answer at your telephone' }),
  lost: say({
    'zh-CN': '与热线的连接中断，正在重新连接…',
    en: 'The connection to the hotline is lost; connecting again…',
  }),
  level: say({ 'zh-CN': '麦克风音量', en: 'Microphone level' }),
  again: say({ 'zh-CN': '重新使用麦克风', en: 'Use the microphone again' }),
  wake: say({ 'zh-CN': '继续听', en: 'Go on' }),
  trouble: {
    'no-microphone': say({
      'zh-CN': '没有麦克风，来电人听不到您。请在浏览器地址栏允许麦克风，然后点“重新使用麦克风”。',
      en: 'There is no microphone: callers cannot hear you. Allow it beside the address bar, then use it again.',
    }),
    unplugged: say({
      'zh-CN': '耳机或麦克风被拔掉了，来电人可能听不到您。请插好，然后点“重新使用麦克风”。',
      en: 'A headset or microphone was unplugged: callers may not hear you. Plug it in, then use it again.',
    }),
    asleep: say({
      'zh-CN': '电脑暂停了本页的声音，来电人听不到您。请点“继续听”。',
      en: 'The system has stopped the sound of this page: callers do not hear you.',
    }),
    soundless: say({
      'zh-CN': '这个浏览器放不出声音，也用不了麦克风。请换一个浏览器，或改用话机。',
      en: 'This browser gives the page no sound and no microphone. Use another one, or a telephone.',
    }),
    lost: say({
      'zh-CN': '网页话机断开了，不会再派线。请点“示闲”重新接入。',
      en: 'The phone of this page is gone: no calls come. Press ready to connect it again.',
    }),
    replaced: say({
      'zh-CN': '您在另一个网页登录了话机，本页不再振铃。',
      en: 'Your phone is on another page now; this one no longer rings.',
    }),
  },
} as const

export const stateWords = (seat: Pick<SeatView, 'state' | 'reason'>) => say(peopleWords.seatStands(seat))

const reasons = sayAll(peopleWords.seatReasonWords)
export const breakWords = (reason: BreakReason) => reasons[reason]

const asides: Readonly<Record<string, Words>> = {
  'no-answer': {
    'zh-CN': '刚才有来电振铃，没有人接，已停止派线。准备好了请点“示闲”。',
    en: 'A call rang here and nobody answered, so no more calls come. Press ready once you are back.',
  },
  unreachable: {
    'zh-CN': '话机无法接通，已停止派线。请检查话机，再点“示闲”。',
    en: 'Your phone could not be reached, so no more calls come. Look after it, then press ready.',
  },
  unplugged: {
    'zh-CN': '耳机或麦克风断开，已停止派线。请插好，再点“示闲”。',
    en: 'A headset or microphone is gone, so no more calls come. Plug it in, then press ready.',
  },
}
const unforeseenAside: Words = { 'zh-CN': '已停止派线，请点“示闲”', en: 'No calls come: press ready' }
/** Why no calls come here, and what to do about it. */
export const asideWords = (reason: string) => say(asides[reason] ?? unforeseenAside)

export const missedWords = (declined: number, unanswered: number) =>
  say({
    'zh-CN': `签入以来：不接 ${declined} 次，振铃未接 ${unanswered} 次`,
    en: `Since you signed in: declined ${declined}, not answered ${unanswered}`,
  })

const phases: Readonly<Record<TalkView['phase'], Words>> = {
  ringing: { 'zh-CN': '来电振铃', en: 'Ringing' },
  talking: { 'zh-CN': '通话中', en: 'Talking' },
  held: { 'zh-CN': '保持中，对方听到音乐', en: 'On hold: the caller hears music' },
  moving: { 'zh-CN': '正在转接，对方听到音乐', en: 'Being transferred: the caller hears music' },
  calling: {
    'zh-CN': '正在呼叫第三方，您和来电人照常通话',
    en: 'A third is rung: you still talk to the caller',
  },
  briefing: {
    'zh-CN': '正在向第三方播报，您和来电人照常通话',
    en: 'The third is being told: you still talk to the caller',
  },
  consulting: { 'zh-CN': '与第三方商量，来电人听到音乐', en: 'With the third: the caller hears music' },
  swapped: { 'zh-CN': '与来电人通话，第三方听到音乐', en: 'With the caller: the third hears music' },
  joined: { 'zh-CN': '三方通话', en: 'All three talk' },
}
export const phaseWords = (phase: TalkView['phase']) => say(phases[phase])

const answers: Readonly<Record<string, Readonly<Record<string, Words>>>> = orderWords.answerWords
/** What a citizen answered, question by question. */
export const answerWords = (name: string, value: string) => say(answers[name]?.[value] ?? unforeseenAnswer)

export const reasonWords = (reason: string) => say(flowWords.queueReason(reason))

const stillHere = (why: string, inEnglish: string) =>
  say({ 'zh-CN': `${why}，来电人还在您这里`, en: `${inEnglish}: the caller is still with you` })

/** What was asked of the present call came to nothing, and the agent has the caller still. */
const refusals: Readonly<Partial<Record<PageRefusal, string>>> = {
  'no-answer': stillHere('对方没有接', 'No answer'),
  busy: stillHere('对方忙', 'Busy'),
  rejected: stillHere('对方拒接', 'Refused'),
  unreachable: stillHere('对方无法接通', 'Not reached'),
  'machine-answered': stillHere('对方是自动应答，已挂断', 'A machine answered and was hung up on'),
  'hung-up': stillHere('对方已挂机', 'They hung up'),
  'no-trunk': say({ 'zh-CN': '没有外线，不能转到外线', en: 'No trunk: nobody outside can be rung' }),
}
const unforeseenAnswer: Words = { 'zh-CN': '其他回答', en: 'Another answer' }
/** Cancelling is no refusal. */
export const refusedWords = (code: string) => (code === 'cancelled' ? undefined : refusalOf(code, refusals))

/** A language may be any that a file brings: its name is the browser's. */
export function languageWords(tag: string): string {
  if (tag === 'zh-CN') return say({ 'zh-CN': '普通话', en: 'Mandarin' })
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag
  } catch {
    // No tag at all: whoever wrote it down may know.
    return tag
  }
}

const directions = sayAll(peopleWords.directionWords)
export const directionWords = (direction: 'in' | 'out') => directions[direction]

export const timeWords = (ms: number) => cityTime(ms, 'date')

export function lastingWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`
}

/** A number as people read it out: 138 0013 8001, 010 6552 2222. One from elsewhere keeps its country. */
export function numberWords(number: string): string {
  const mobile = /^(?:\+86)?(1[3-9]\d)(\d{4})(\d{4})$/.exec(number)
  if (mobile) return mobile.slice(1).join(' ')
  const landline = /^(?:\+86|0)(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(number)
  return landline ? `0${landline.slice(1).join(' ')}` : number
}
