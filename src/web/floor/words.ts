import type { CallerPlace, DeskAct, FloorCall, SeatView, ToFloorPage } from '../../http/contract.ts'
import { actWords, detailOf, floorTableWords, floorWords, lostWords } from '../../http/words/floor.ts'
import { flowName, placeName, queueReason } from '../../http/words/flows.ts'
import { seatReasonWords, seatStands, seatStateWords } from '../../http/words/people.ts'
import { type PageRefusal, refusalOf } from '../house/refusal.ts'
import { say, sayAll, type Words } from '../language.ts'

const w = sayAll({
  seat: floorWords.seat,
  state: floorWords.state,
  since: floorWords.since,
  caller: floorWords.caller,
  skills: floorWords.skills,
  number: floorWords.number,
  direction: floorWords.direction,
  place: floorWords.place,
  queuePlace: floorWords.queuePlace,
  waited: floorWords.waited,
  priority: floorWords.priority,
  rangAt: floorWords.rangAt,
  why: floorWords.why,
  flow: floorWords.flow,
  cameBack: floorWords.cameBack,
  hour: floorWords.hour,
  calls: floorWords.calls,
  wanted: floorWords.wanted,
  reached: floorWords.reached,
  placed: floorWords.placed,
  answered: floorWords.answered,
  talked: floorWords.talked,
  at: floorWords.at,
  by: floorWords.by,
  act: floorWords.act,
  detail: floorWords.detail,
})
const tables = sayAll(floorTableWords)

export const words = {
  now: say({ 'zh-CN': '现在', en: 'Now' }),
  waiting: say({ 'zh-CN': '排队', en: 'Waiting' }),
  longest: say(floorWords.longestWait),
  ready: say({ 'zh-CN': '示闲坐席', en: 'Seats ready' }),
  talking: say({ 'zh-CN': '通话坐席', en: 'Seats talking' }),
  wrapUp: say({ 'zh-CN': '话后处理', en: 'Wrapping up' }),
  paused: say({ 'zh-CN': '示忙小休', en: 'On a break' }),
  setAside: say({ 'zh-CN': '停止派线', en: 'Set aside' }),
  outgoingNow: say({ 'zh-CN': '正在呼出', en: 'Outgoing now' }),
  today: say({ 'zh-CN': '今天', en: 'Today' }),
  callsIn: w.calls,
  reachedOf: (target: string) =>
    say({ 'zh-CN': `人工接通率（目标 ${target}）`, en: `Reached a person (target ${target})` }),
  soonOfWanted: (ms: number) => say(floorWords.soonOf(ms / 1000).wanted),
  soonOfReached: (ms: number) => say(floorWords.soonOf(ms / 1000).reached),
  median: say(floorWords.median),
  p95: say(floorWords.p95),
  gotNone: say(floorWords.lost),
  deferred: say(floorWords.deferred),
  menuFree: say(floorWords.menuFree),
  none: '—',
  noDay: say({ 'zh-CN': '这一天的数字还没有统计出来', en: 'The day has not been counted yet' }),
  dateFrom: say({ 'zh-CN': '日期', en: 'Day' }),
  dateTo: say({ 'zh-CN': '至（含当日）', en: 'Until (included)' }),
  parts: say({ 'zh-CN': '监控内容', en: 'Parts of the floor' }),
  days: say({ 'zh-CN': '当日与往日', en: 'Today and other days' }),
  callbacksLate: say({ 'zh-CN': '回拨超时', en: 'Callbacks late' }),
  callbacksOwed: say({ 'zh-CN': '待回拨', en: 'Callbacks owed' }),
  map: say({ 'zh-CN': '来电分布', en: 'Where callers are' }),
  flows: say({ 'zh-CN': '语音流程', en: 'in a flow' }),

  seats: tables.seats,
  seatsHead: [
    say({ 'zh-CN': '坐席 · 工号', en: 'Seat · agent' }),
    w.state,
    w.since,
    w.caller,
    w.skills,
    say({ 'zh-CN': '拒接 / 未接', en: 'Declined / unanswered' }),
    w.act,
  ],
  missed: (declined: number, unanswered: number) => `${declined} / ${unanswered}`,
  noSeats: say({ 'zh-CN': '还没有坐席', en: 'No seats yet' }),
  set: say({ 'zh-CN': '设置', en: 'Set' }),
  setTo: (state: string) => say({ 'zh-CN': `置为${state}`, en: `Set to: ${state}` }),
  readyState: say(seatStateWords.ready),
  editSkills: say({ 'zh-CN': '修改技能…', en: 'Change skills…' }),
  skillsOf: (seat: string) => say({ 'zh-CN': `${seat} 的技能`, en: `Skills of ${seat}` }),
  skillsForm: say({
    'zh-CN': '用空格隔开，如 en yue sign enterprise；留空表示没有',
    en: 'With blanks between them, as en yue sign enterprise; empty for none',
  }),
  editAddress: say({ 'zh-CN': '修改话机地址…', en: 'Change phone address…' }),
  addressOf: (seat: string) => say({ 'zh-CN': `${seat} 的话机地址`, en: `Phone address of ${seat}` }),
  addressForm: say({
    'zh-CN': '固定地址，如 sip:s1@10.0.0.5 或 tel:+8613800138000；坐席页面打开时仍由页面接听',
    en: 'A fixed one, as sip:s1@10.0.0.5 or tel:+8613800138000; while the seat’s page is open, the page is rung',
  }),
  save: say({ 'zh-CN': '保存', en: 'Save' }),
  close: say({ 'zh-CN': '关闭', en: 'Close' }),

  calls: tables.calls,
  callsHead: [
    w.number,
    w.direction,
    w.place,
    { figures: w.queuePlace },
    { figures: w.waited },
    w.priority,
    w.seat,
    w.act,
  ],
  noCalls: say({ 'zh-CN': '现在没有通话', en: 'No calls now' }),
  moreCalls: (count: number) =>
    say({ 'zh-CN': `另有 ${count} 个通话未列出`, en: `${count} more are not listed` }),
  supervise: {
    listening: say({ 'zh-CN': '监听', en: 'Listen' }),
    whispering: say({ 'zh-CN': '耳语，只有坐席听到', en: 'Whisper: the seat alone hears' }),
    speaking: say({ 'zh-CN': '加入通话', en: 'Join the call' }),
  },
  beside: {
    listening: (who: string) => say({ 'zh-CN': `${who}监听中`, en: `${who} listens` }),
    whispering: (who: string) => say({ 'zh-CN': `${who}耳语中`, en: `${who} whispers` }),
    speaking: (who: string) => say({ 'zh-CN': `${who}已加入`, en: `${who} has joined` }),
  },
  takeOver: say({ 'zh-CN': '接管来电', en: 'Take the caller over' }),
  asksForHelp: (seat: string, since: string) =>
    say({ 'zh-CN': `${seat} 求助，已 ${since}`, en: `${seat} asks for help, for ${since}` }),
  isAway: (seat: string, since: string) =>
    say({
      'zh-CN': `${seat} 网络中断，已 ${since}，来电人已被告知请稍等`,
      en: `${seat} has lost the network for ${since}: its caller is told to hold on`,
    }),
  unattended: (seat: string, number: string) =>
    say({
      'zh-CN': `${seat} 掉线，来电人 ${number} 仍在与第三方通话，没有坐席陪同`,
      en: `${seat} was lost: caller ${number} talks on with the third, and no agent is with them`,
    }),
  withheld: say({ 'zh-CN': '号码未显示', en: 'number withheld' }),
  in: say({ 'zh-CN': '呼入', en: 'In' }),
  out: say({ 'zh-CN': '呼出', en: 'Out' }),
  move: say({ 'zh-CN': '调整', en: 'Move' }),
  toHead: say({ 'zh-CN': '置于队首', en: 'To the head of the queue' }),
  toSeat: (seat: string) => say({ 'zh-CN': `派给 ${seat}`, en: `To ${seat}` }),
  atHead: say({ 'zh-CN': '队首', en: 'At the head' }),
  read: say({ 'zh-CN': '字幕', en: 'Captions' }),
  readOf: (caller: string) => say({ 'zh-CN': `字幕：${caller}`, en: `Captions: ${caller}` }),
  captions: say({ 'zh-CN': '通话字幕', en: 'What is said' }),
  over: say({ 'zh-CN': '通话已结束', en: 'The call is over' }),
  noCaptions: say({
    'zh-CN': '没有可读的字幕：通话已结束，内容没有保存。',
    en: 'Nothing to read: the call is over, and was not kept.',
  }),

  levels: say({
    'zh-CN': '连续 24 小时服务水平（GB/T 33358）',
    en: 'Service by 24 hours in a row (GB/T 33358)',
  }),
  levelsHead: [
    say(floorWords.figure),
    { figures: say(floorWords.value) },
    { figures: say({ 'zh-CN': '接通 / 请求', en: 'Got one / wanted' }) },
    say({ 'zh-CN': '时段', en: 'When' }),
  ],
  reachedShort: say({ 'zh-CN': '人工接通率', en: 'Got a person' }),
  soonShort: (ms: number) => say({ 'zh-CN': `${ms / 1000} 秒接通率`, en: `Within ${ms / 1000} s` }),
  now24: say(floorWords.now24),
  worst24: say(floorWords.worst24),
  tooLow: (target: string) => say({ 'zh-CN': `低于 ${target}`, en: `below ${target}` }),

  callbacks: say({ 'zh-CN': '回拨', en: 'Callbacks' }),
  owed: say({ 'zh-CN': '待回拨', en: 'Owed' }),
  late: say({ 'zh-CN': '其中超时', en: 'Of these, late' }),
  toFind: say({ 'zh-CN': '其中待查号码', en: 'Of these, number to be found' }),
  made: say({ 'zh-CN': '本期新增', en: 'Came in this time' }),
  kept: say({ 'zh-CN': '按时完成', en: 'Kept in time' }),
  keptNot: say({ 'zh-CN': '未按时', en: 'Not in time' }),
  keptShare: say({ 'zh-CN': '按时率', en: 'Share kept in time' }),
  toldShare: say({ 'zh-CN': '按告知时间完成', en: 'Kept by the time that was told' }),

  hours: say({ 'zh-CN': '今天各小时', en: 'Today by the hour' }),
  hoursOther: say(floorTableWords.hours),
  hoursHead: (soonMs: number) => [
    w.hour,
    { figures: w.calls },
    { figures: w.wanted },
    { figures: w.reached },
    { figures: say({ 'zh-CN': `${soonMs / 1000} 秒内`, en: `Within ${soonMs / 1000} s` }) },
    { figures: say({ 'zh-CN': '等待（中位数）', en: 'Wait, median' }) },
  ],
  wanted: w.wanted,
  got: w.reached,
  medianSeconds: say({ 'zh-CN': '等待中位数（秒）', en: 'Median wait (s)' }),

  lostCalls: tables.lost,
  lostHead: [w.rangAt, w.number, { figures: w.waited }, w.why, w.flow, w.cameBack],
  noLost: say({ 'zh-CN': '没有未接通人工的来电', en: 'Everybody got a person' }),
  lostWhy: { 'gave-up': say(lostWords['gave-up']), 'turned-away': say(lostWords['turned-away']) },
  yes: say(floorWords.yes),
  no: say(floorWords.no),

  outgoing: tables.outgoing,
  outgoingHead: [w.flow, { figures: w.placed }, { figures: w.answered }, { figures: w.talked }],
  noOutgoing: say({ 'zh-CN': '没有呼出', en: 'No outgoing calls' }),
  byPerson: say(floorWords.person),

  acts: tables.acts,
  actsHead: [w.at, w.by, w.act, w.seat, w.detail],
  noActs: say({ 'zh-CN': '没有操作', en: 'Nothing was done' }),

  csv: 'CSV',
  csvOf: (table: string) => say({ 'zh-CN': `下载 CSV：${table}`, en: `Download CSV: ${table}` }),
  seconds: (ms: number | undefined) =>
    ms === undefined
      ? '—'
      : say({ 'zh-CN': `${(ms / 1000).toFixed(1)} 秒`, en: `${(ms / 1000).toFixed(1)} s` }),
  lost: say({ 'zh-CN': '与热线的连接中断，正在重新连接…', en: 'The connection is lost; connecting again…' }),
  connecting: say({ 'zh-CN': '正在连接…', en: 'Connecting…' }),
} as const

/** Of a share; nothing of nothing. */
export const percent = (part: number, whole: number) =>
  whole === 0 ? words.none : `${((100 * part) / whole).toFixed(1)} %`

export const placeWords = (place: CallerPlace) => say(placeName(place))
export const flowWords = (flow: string) => say(flowName(flow))
export const reasonWords = (reason: string) => say(queueReason(reason))
export const standsWords = (seat: Pick<SeatView, 'state' | 'reason'>) => say(seatStands(seat))
export const breakWords = (reason: NonNullable<SeatView['reason']>) => say(seatReasonWords[reason])
export const actDetail = (act: Pick<DeskAct, 'act' | 'seat' | 'detail'>) => say(detailOf(act)) || words.none
export const actName = (act: DeskAct['act']) => say(actWords[act])

const phases: Readonly<Record<ToFloorPage['talks'][number]['phase'], Words>> = {
  ringing: { 'zh-CN': '振铃', en: 'ringing' },
  talking: { 'zh-CN': '交谈', en: 'talking' },
  held: { 'zh-CN': '保持', en: 'on hold' },
  moving: { 'zh-CN': '转接', en: 'being moved' },
  calling: { 'zh-CN': '呼叫第三方', en: 'ringing a third' },
  briefing: { 'zh-CN': '向第三方播报', en: 'telling a third' },
  consulting: { 'zh-CN': '与第三方商量', en: 'with a third' },
  swapped: { 'zh-CN': '第三方保持', en: 'a third on hold' },
  joined: { 'zh-CN': '三方通话', en: 'three talk' },
}
export const phaseWords = (phase: keyof typeof phases) => say(phases[phase])

/** Why somebody stands before others, and what they would have the seat be able to do. */
export function priorityWords({ isAtHead, aheadMs = 0, skills = [] }: FloorCall): string {
  const minutes = Math.round(aheadMs / 6_000) / 10
  const ahead = say({ 'zh-CN': `提前 ${minutes} 分钟`, en: `${minutes} min ahead` })
  const parts = [isAtHead ? words.atHead : aheadMs > 0 ? ahead : '', ...skills].filter(part => part !== '')
  return parts.length === 0 ? words.none : parts.join(' · ')
}

/** What was not done to a caller or a seat. */
const refusals: Readonly<Partial<Record<PageRefusal, string>>> = {
  'caller-not-waiting': say({
    'zh-CN': '未调整：来电人已不在排队，或坐席正在振铃。',
    en: 'Not moved: the caller no longer waits, or a seat rings for them.',
  }),
  'seat-away': say({ 'zh-CN': '未调整：该坐席不在接线。', en: 'Not moved: that seat takes no calls now.' }),
  'seat-unreachable': say({
    'zh-CN': '未置闲：该坐席的话机没有接入。',
    en: 'Not made ready: its phone is not connected.',
  }),
  'not-now': say({ 'zh-CN': '该坐席现在没有可加入的通话。', en: 'That seat has no call to join now.' }),
  'seat-not-ready': say({
    'zh-CN': '您的坐席话机正忙，不能振铃。',
    en: 'The phone of your own seat is busy.',
  }),
  'contact-invalid': say({
    'zh-CN': '话机地址写法不对，请照提示修改。',
    en: 'That is no phone address; write it as shown.',
  }),
  'request-invalid': say({
    'zh-CN': '写法不对，请照提示修改。',
    en: 'That is not how it is written; see the hint.',
  }),
}
export const refusedWords = (code: string) => refusalOf(code, refusals)

export function lastingWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const [m, s] = [
    hours === 0 ? String(minutes) : String(minutes).padStart(2, '0'),
    String(seconds % 60).padStart(2, '0'),
  ]
  return hours === 0 ? `${m}:${s}` : `${hours}:${m}:${s}`
}
