import type { OrderDetail } from '../../http/contract.ts'
import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** What each value of each question means. */
const answers = {
  contacted: { yes: both('联系过', 'Contacted'), no: both('没有联系过', 'Not contacted') },
  solved: {
    yes: both('已经解决', 'Solved'),
    partly: both('部分解决', 'Solved in part'),
    no: both('没有解决', 'Not solved'),
  },
  rating: {
    1: both('非常满意', 'Very satisfied'),
    2: both('满意', 'Satisfied'),
    3: both('基本满意', 'Fairly satisfied'),
    4: both('不满意', 'Dissatisfied'),
    5: both('非常不满意', 'Very dissatisfied'),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a citizen answered when they were rung back, and why in their words. */
export function answerWords(data: OrderDetail['events'][number]['data']): string {
  const given = Object.entries(answers).map(
    ([question, words]: [string, Readonly<Record<string, string>>]) => words[String(data[question])],
  )
  const why = typeof data.words === 'string' ? `“${data.words}”` : ''
  return [...given, why].filter(Boolean).join(' · ')
}
