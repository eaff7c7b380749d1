import { behindWords, rankGroupWords, sizeWords, rankingWords as w } from '../../http/words/supervision.ts'
import type { RankedGroup, Ranking } from '../../supervision/api.ts'
import { cityTime } from '../city.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { language, say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const refusalOf = (code: string) =>
  refused(code, {
    silent: both('网络断开，数字停在断开之前。', 'No network: these figures are from before.'),
  })

export const words = {
  ...sayAll(w),
  ranking: both('月度排名', 'Ranking'),
  month: both('办结月份', 'Closed in'),
  asking: both('正在统计……', 'Counting …'),
  none: both('这个月没有办结的工单', 'Nothing was closed in this month'),
  csv: both('下载 CSV', 'Download CSV'),
  print: both('打印', 'Print'),
  noRank: both('不排名', 'no rank'),
  method: ({ least, formula: { of, partly, satisfiedUpTo, weights } }: Ranking) =>
    both(
      `同组同档的单位相比，按“差值”排名：单位的综合率减去全市同类诉求的综合率，办难题多的单位不吃亏。有效评价不足 ${least} 件的只展示、不排名。横条是 95% 置信区间（Wilson）。分母是${of === 'asked' ? '全部应回访的' : '回答了该问题的'}；部分解决计 ${partly}；评价 1 至 ${satisfiedUpTo} 为满意；综合按 ${weights.response} : ${weights.solved} : ${weights.satisfied} 加权；剔除的分子分母都不计。`,
      `Units of one group and size are ranked by the difference: their composite less that of the whole city for orders of the same categories, so that who has the hard ones is not the worse for it. With fewer than ${least} answers a unit is shown and not ranked. Bars are intervals at 95 % (Wilson). Of ${of === 'asked' ? 'all who were to be asked' : 'those who answered the question'}; solved in part counts ${partly}; ratings 1 to ${satisfiedUpTo} are satisfied; composite by ${weights.response} : ${weights.solved} : ${weights.satisfied}; exclusions are left out of both sides.`,
    ),
  between: (from: string, until: string) => both(`区间 ${from} 至 ${until}`, `${from} to ${until}`),
  since: (points: string) => both(`较上月 ${points}`, `${points} since the month before`),
  behind: (unit: string) => both(`${unit}：数字背后的工单`, `${unit}: the orders behind its figures`),
  open: (unit: string) => both(`${unit}的工单`, `Orders of ${unit}`),
  noOrders: both('没有这样的工单', 'There are none'),
  closedAt: (at: string) => both(`${at} 办结`, `closed ${at}`),
  closing: (cycle: number) => both(`第${cycle}次办结`, `closing ${cycle}`),
  most: both('只列出最近 1000 件', 'The latest 1000 only'),
}

export const answerWords = sayAll(behindWords)

export function groupSaid({ id, name, english, from, until }: RankedGroup): string {
  const group = rankGroupWords[id]
  const called = group ? say(group) : ((language === 'en' ? english : name) ?? id)
  return `${called} · ${say(sizeWords(from, until))}`
}

export const timeOf = (ms: number) => cityTime(ms)
export const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
export const percentOf = (share: number | undefined) =>
  share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
/** A difference of shares, in points of a hundred: +1.2 or −0.4. */
export function pointsOf(difference: number | undefined): string {
  if (difference === undefined) return '—'
  const points = (Math.abs(difference) * 100).toFixed(1)
  return points === '0.0' ? points : `${difference < 0 ? '−' : '+'}${points}`
}
