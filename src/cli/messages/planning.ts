import { dayKindWords } from '../../http/words/planning.ts'
import { termsIn } from './terms.ts'

/** What is said at the terminal of how many people it takes. */
const zh = {
  about: '测算各时段需要多少坐席（Erlang C 与 Erlang A），并与实际在岗对照',
  from: 'history：按历史来电；或一个 CSV 文件（表头 start,calls），按自己的预测',
  day: '哪种日子：workday 工作日、restday 休息日、holiday 节假日',
  weeks: '看此前几周',
  until: '历史截止到这一天之前，如 2026-01-05；不给则到昨天',
  growth: '来电的增长倍数，如 1.1',
  target: '目标：多少来电及时接起，如 0.95；不给则用城市设置',
  within: '多少秒内算及时；不给则用城市设置',
  shrinkage: '不在席的时间占比（休息、培训、病假），排班按此放大',
  handling: '每通处理时长（秒）；不给则按历史',
  patience: '来电人的平均耐心（秒）；不给则按历史',
  csv: '输出 CSV；可以改了再用 --from 读入',
  head: ['时段', '来电', '处理', 'C', 'A', '排班', '预计', '实际', '在岗'],
  days: termsIn('zh-CN')(dayKindWords),
  basis: (day: string, days: number, since: string, until: string) =>
    `${day}：${since} 至 ${until}（不含）的 ${days} 天，来电取中位数`,
  own: (path: string) => `来电按 ${path}`,
  aim: (target: string, seconds: number, shrinkage: string) =>
    `目标：${seconds} 秒内接起 ${target}；排班已计入 ${shrinkage} 的不在席时间`,
  columns: [
    'C：按 Erlang C 需要的坐席；A：按 Erlang A（等不及的会挂断）；排班：A 加上不在席',
    '预计：以当时在岗人数，按 Erlang A 及时接起的比例；实际：历史中的比例',
  ],
  bars: '# 在岗且需要   - 缺少   + 多出',
  barsOfTalks: '# 通话中的坐席（没有坐席状态记录，在岗人数不详）   - 与 A 的差',
  barsAlone: '- 需要的坐席（没有历史可以对照）',
  most: (start: string, c: number, a: number) => `最多：${start}，C ${c} 人，A ${a} 人`,
  none: (day: string, since: string, until: string) =>
    `${since} 至 ${until} 没有${day}的来电。多看几周（--weeks），或用自己的预测（--from calls.csv）`,
}

const en: typeof zh = {
  about: 'how many agents each half-hour takes (Erlang C and Erlang A), beside who was there',
  from: 'history: by the calls that were; or a CSV file (head start,calls): by your own forecast',
  day: 'kind of day: workday, restday or holiday',
  weeks: 'how many weeks to look back',
  until: 'history ends before this day, as 2026-01-05; before today when absent',
  growth: 'by which calls are multiplied, as 1.1',
  target: 'share of calls to be answered in time, as 0.95; what the city says when absent',
  within: 'seconds within which a call is answered in time; what the city says when absent',
  shrinkage: 'share of paid time for breaks, training and illness; the roster is that much longer',
  handling: 'seconds that a call takes; what history says when absent',
  patience: 'mean patience of callers in seconds; what history says when absent',
  csv: 'print CSV, which can be changed and read again by --from',
  head: ['From', 'Calls', 'AHT', 'C', 'A', 'Roster', 'Hoped', 'Was', 'There'],
  days: termsIn('en')(dayKindWords),
  basis: (day, days, since, until) => `${day}: median of ${days} days from ${since} until before ${until}`,
  own: path => `calls by ${path}`,
  aim: (target, seconds, shrinkage) =>
    `target: ${target} answered within ${seconds} s; the roster adds ${shrinkage} for breaks`,
  columns: [
    'C: agents by Erlang C; A: by Erlang A, where callers give up; roster: A, breaks',
    'hoped: in time by Erlang A with those who were there; was: what history says',
  ],
  bars: '# there and needed   - missing   + more than needed',
  barsOfTalks: '# seats that talked (no states of seats were kept)   - short of A',
  barsAlone: '- agents needed (there is no history to hold them against)',
  most: (start, c, a) => `most: ${start}, ${c} by C, ${a} by A`,
  none: (day, since, until) =>
    `no calls on a ${day} from ${since} until ${until}: look back further (--weeks), or give a forecast (--from calls.csv)`,
}

export const planningWords = { 'zh-CN': zh, en }
