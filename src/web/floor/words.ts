import type { CallerPlace, SeatView } from '../../http/contract.ts'
import { flowName, stateName } from '../../http/words/flows.ts'
import { seatStateWords } from '../../http/words/people.ts'
import { say, sayAll, type Words } from '../language.ts'

export const words = {
  now: say({ 'zh-CN': '现在', en: 'Now' }),
  waiting: say({ 'zh-CN': '排队', en: 'Waiting' }),
  longest: say({ 'zh-CN': '最长等待', en: 'Longest wait' }),
  ready: say({ 'zh-CN': '示闲坐席', en: 'Seats ready' }),
  talking: say({ 'zh-CN': '通话坐席', en: 'Seats talking' }),
  today: say({ 'zh-CN': '今天', en: 'Today' }),
  calls: say({ 'zh-CN': '来电', en: 'Calls' }),
  reachedOf: (target: string) =>
    say({ 'zh-CN': `人工接通率（目标 ${target}）`, en: `Reached a person (target ${target})` }),
  soon: (ms: number) => say({ 'zh-CN': `${ms / 1000} 秒应答率`, en: `Within ${ms / 1000} s` }),
  median: say({ 'zh-CN': '等待时长（中位数）', en: 'Time to a person, median' }),
  p95: say({ 'zh-CN': '等待时长（95 分位）', en: 'Time to a person, p95' }),
  none: say({ 'zh-CN': '—', en: '—' }),
  noDay: say({ 'zh-CN': '今天的数字还没有统计出来', en: 'Today has not been counted yet' }),
  map: say({ 'zh-CN': '来电分布', en: 'Where callers are' }),
  flows: say({ 'zh-CN': '语音流程', en: 'in a flow' }),
  seats: say({ 'zh-CN': '坐席', en: 'Seats' }),
  noSeats: say({ 'zh-CN': '还没有坐席', en: 'No seats yet' }),
  state: say({ 'zh-CN': '状态', en: 'State' }),
  since: say({ 'zh-CN': '已持续', en: 'For' }),
  hours: say({ 'zh-CN': '今天各小时', en: 'Today by the hour' }),
  hour: say({ 'zh-CN': '小时', en: 'Hour' }),
  wanted: say({ 'zh-CN': '请求转人工', en: 'Wanted a person' }),
  got: say({ 'zh-CN': '接通人工', en: 'Got one' }),
  medianSeconds: say({ 'zh-CN': '到人工中位数（秒）', en: 'Median until a person (s)' }),
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

const places: Readonly<Record<Exclude<CallerPlace['at'], 'flow'>, Words>> = {
  ringing: { 'zh-CN': '振铃', en: 'ringing' },
  queue: { 'zh-CN': '排队', en: 'in the queue' },
  offered: { 'zh-CN': '坐席振铃', en: 'a seat rings' },
  talking: { 'zh-CN': '与人工通话', en: 'talking' },
  held: { 'zh-CN': '保持', en: 'on hold' },
  outside: { 'zh-CN': '已转外线', en: 'handed over' },
}
export const placeWords = (place: CallerPlace) =>
  place.at === 'flow'
    ? `${say(flowName(place.flow))} · ${say(stateName(place.state))}`
    : say(places[place.at])

const states = sayAll(seatStateWords)
export const stateWords = (state: SeatView['state']) => states[state]

export function lastingWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
