import * as orderWords from '../../http/words/orders.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const heads = sayAll(orderWords.returnWords)
export const outcomeWords = sayAll(orderWords.returnOutcomeWords)

export const words = {
  period: both('期间', 'Period'),
  days: (days: number) => both(`近 ${days} 天`, `The last ${days} days`),
  unit: both('单位', 'Unit'),
  everyUnit: both('全部单位', 'Every unit'),
  all: (count: number) => both(`退单 ${count} 次`, `${count} returns`),
  upheld: (upheld: number, decided: number) =>
    both(
      `审核 ${decided} 次，同意 ${upheld} 次（${shareOf(upheld, decided)}）`,
      `${decided} decided, ${upheld} upheld (${shareOf(upheld, decided)})`,
    ),
  open: (open: number) => both(`待审 ${open} 次`, `${open} wait for a decision`),
  lost: (ms: number) => both(`共耽误 ${hoursOf(ms)} 小时`, `${hoursOf(ms)} hours lost`),
  pairs: both('单位之间耽误的小时', 'Hours lost by pair of units'),
  other: both('对方单位', 'The other unit'),
  count: both('次数', 'Returns'),
  share: both('同意率', 'Share upheld'),
  grounds: both('退单理由', 'Grounds'),
  list: both('逐件', 'One by one'),
  undecided: both('待审', 'Not decided'),
  none: both('这段时间没有退单', 'Nothing was returned in this time'),
  takeAlong: both('导出', 'Take it along'),
  print: both('打印', 'Print'),
  loading: both('请稍候…', 'One moment…'),
}

/** Of none there is no share. */
export const shareOf = (part: number, of: number) => (of === 0 ? '—' : `${Math.round((part / of) * 100)}%`)

export const hoursOf = (ms: number) => (Math.round(ms / 360_000) / 10).toLocaleString()
