import { dayKindWords } from '../../http/words/planning.ts'
import type { Plan } from '../../planning/api.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const dayWords = sayAll(dayKindWords)

/** Every word of the page. */
export const words = {
  asking: both('正在测算……', 'Working it out …'),
  lost: both('网络断开，数字停在断开之前。', 'No network: these figures are from before.'),
  noHandling: both(
    '这段时间没有接起过来电，请填写“处理时长”',
    'No call was answered in this time: fill in how long one takes',
  ),
  impossible: both(
    '算不出：目标须低于 100%（城市设置为 100% 时请在此填写），日期须存在',
    'That cannot be planned: the target has to be below 100 % (fill it in where the city says 100 %), and the day has to exist',
  ),
  wrong: both('请把红框中的数字填好', 'Mend the numbers that are marked'),
  plan: both('测算条件', 'What is planned for'),
  day: both('日子', 'Kind of day'),
  weeks: both('历史', 'History'),
  weeksOf: (weeks: number) => both(`此前 ${weeks} 周`, `${weeks} weeks`),
  target: both('目标（%）', 'Target (%)'),
  soon: both('多少秒内接起', 'Within seconds'),
  shrinkage: both('不在席时间（%）', 'Shrinkage (%)'),
  growth: both('来电增长（%）', 'Growth (%)'),
  handling: both('处理时长（秒）', 'Handling (s)'),
  patience: both('耐心（秒）', 'Patience (s)'),
  asHistory: both('按历史', 'as was'),
  basis: ({ day, days, since, until }: Plan) =>
    both(
      `${dayWords[day]}：${since} 至 ${until}（不含）的 ${days} 天。来电取中位数，处理时长和耐心取平均。`,
      `${dayWords[day]}: ${days} days from ${since} until before ${until}. Calls are their median, handling and patience their mean.`,
    ),
  none: (day: string) => both(`这段时间没有${day}的来电`, `No calls on a ${day.toLowerCase()} in this time`),
  most: both('最多时段', 'Most needed at'),
  mostC: both('Erlang C', 'By Erlang C'),
  mostA: both('Erlang A', 'By Erlang A'),
  rostered: both('排班（含不在席）', 'On the roster'),
  hours: both('全天坐席小时', 'Agent hours'),
  short: both('缺人的半小时', 'Half-hours short of staff'),
  chart: both('各半小时：需要多少坐席，实际有多少', 'By half-hour: agents needed, and who was there'),
  chartSaid: (most: string, agents: number, short: number) =>
    both(
      `折线图：${most} 需要最多，${agents} 人；${short} 个半小时缺人。数字见下表。`,
      `Step chart: most are needed at ${most}, ${agents}; ${short} half-hours were short of staff. The table below has the figures.`,
    ),
  neededC: both('需要（C）', 'Needed (C)'),
  neededA: both('需要（A）', 'Needed (A)'),
  there: both('在岗', 'There'),
  talking: both('通话中', 'Talked'),
  byCalls: both(
    '这段时间没有坐席状态记录：“通话中”只按通话统计，实际在岗的人更多。',
    'States of seats were not kept in this time: “talked” is counted by calls, and more people were there.',
  ),
  table: both('各半小时', 'By half-hour'),
  csv: both('下载 CSV', 'CSV'),
  start: both('时段', 'From'),
  calls: both('来电', 'Calls'),
  seconds: both('处理（秒）', 'Handling (s)'),
  c: both('C', 'C'),
  a: both('A', 'A'),
  level: both('A 及时率', 'In time by A'),
  abandons: both('A 放弃率', 'Give up by A'),
  predicted: both('在岗预计', 'In time, with those there'),
  seen: both('实际及时率', 'In time, as it was'),
  legend: both(
    'C：Erlang C，来电人一直等。A：Erlang A，等不及的会挂断。在岗预计：以当时在岗的人，按 Erlang A 能及时接起的比例。',
    'C: Erlang C, everybody waits. A: Erlang A, callers give up. In time, with those there: what Erlang A says of those who were there.',
  ),
  shifts: both('班次与在岗', 'Shifts, and who was there when'),
  date: both('日期', 'Day'),
  nobody: both('这一天没有人在岗', 'Nobody was there that day'),
  shiftsByCalls: both(
    '这一天没有坐席状态记录：按通话推算，两通相隔不到 30 分钟算在岗。',
    'States of seats were not kept that day: this is by calls, with 30 minutes between them at most.',
  ),
  times: (worked: string, talked: string, paused: string) =>
    both(
      `在岗 ${worked}，通话 ${talked}，离席 ${paused}`,
      `worked ${worked}, talked ${talked}, breaks ${paused}`,
    ),
  from: both('从', 'From'),
  until: both('到', 'To'),
  state: both('状态', 'State'),
}

export const kindWords = {
  working: both('在岗', 'Working'),
  break: both('离席', 'Break'),
  offline: both('话机不通', 'No phone'),
} as const

const reasons: Readonly<Record<string, string>> = {
  busy: both('示忙', 'busy'),
  rest: both('小休', 'rest'),
  meal: both('就餐', 'meal'),
  training: both('培训', 'training'),
}
export const reasonOf = (reason: string | undefined) =>
  reason === undefined || reasons[reason] === undefined ? '' : `（${reasons[reason]}）`

export const percentOf = (share: number | undefined) =>
  share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
export const lastingOf = (ms: number) => {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
