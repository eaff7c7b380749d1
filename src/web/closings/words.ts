import * as w from '../../http/words/closings.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const verdictWords = sayAll(w.verdictWords)
export const told = say(w.closingCheckWords.told)

export const words = {
  loading: both('请稍候…', 'One moment…'),
  method: both(
    '办结时规则按词句检查答复，只提示单位，不拦截、不扣分。有问题的和没有问题的各抽一部分由人看：规则说得对不对，以人的判断为准。词句和比例由城市设定（管理→答复检查）。',
    'When a unit closes an order, rules read what it wrote: they warn it, and keep it from nothing and take no points. Of those in which something lacks and of the others a share is looked at by people, who say whether the rules are right. Phrases and shares are the city’s (administration, closings).',
  ),
  period: both('期间', 'Period'),
  days: (days: number) => both(`近 ${days} 天`, `The last ${days} days`),
  sum: (closed: number, lacking: number, told: number) =>
    both(
      `检查 ${closed} 件，有问题 ${lacking} 件（${shareOf(lacking, closed)}），其中提示后仍提交 ${told} 件`,
      `${closed} closings read, ${lacking} lacking (${shareOf(lacking, closed)}), ${told} of them sent although it was shown`,
    ),
  right: (agreed: number, judged: number, missed: number) =>
    both(
      `人看过的有问题答复 ${judged} 件，规则说对 ${agreed} 件（${shareOf(agreed, judged)}）；规则没看出 ${missed} 件`,
      `${judged} lacking ones looked at, the rules were right of ${agreed} (${shareOf(agreed, judged)}); they missed ${missed}`,
    ),
  units: both('各单位', 'By unit'),
  unit: both('单位', 'Unit'),
  everyUnit: both('全部单位', 'Every unit'),
  closed: both('办结', 'Closed'),
  lacking: both('有问题', 'Lacking'),
  share: both('比例', 'Share'),
  toldHead: both('提示后仍提交', 'Sent although shown'),
  agreed: both('人也认为不行', 'A person agreed'),
  none: both('这段时间没有办结', 'Nothing was closed in this time'),
  sample: both('待看的抽样', 'The sample, to be looked at'),
  judged: both('已看过的', 'Looked at'),
  which: both('显示', 'Show'),
  keys: both('键盘：1 答复可以，2 答复不行', 'Keys: 1 it answers, 2 it does not'),
  noSample: both('没有待看的', 'Nothing waits'),
  asked: both('诉求', 'Asked'),
  answered: both('答复', 'Answered'),
  nothing: both('规则没有发现问题', 'The rules found nothing'),
  by: (who: string) => both(`由 ${who}`, `by ${who}`),
  more: both('下一页', 'Next page'),
  first: both('回到第一页', 'First page'),
}

/** Of none there is no share. */
export const shareOf = (part: number, of: number) => (of === 0 ? '—' : `${Math.round((part / of) * 100)}%`)
