import type { OrderDetail } from '../../http/contract.ts'
import { answerWords as shared } from '../../http/words/orders.ts'
import { sayAll } from '../language.ts'

const answers: readonly (readonly [question: string, meanings: Readonly<Record<string, string>>])[] = [
  ['contacted', sayAll(shared.contacted)],
  ['solved', sayAll(shared.solved)],
  ['rating', sayAll(shared.rating)],
]

/** What a citizen answered when they were rung, and why in their words. */
export function answerWords(data: OrderDetail['events'][number]['data']): string {
  const given = answers.map(([question, meanings]) => meanings[String(data[question])])
  const why = typeof data.words === 'string' ? `“${data.words}”` : ''
  return [...given, why].filter(Boolean).join(' · ')
}
