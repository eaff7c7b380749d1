import { textNumberOf } from '../citizen-text.ts'
import type { Command, Context, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Of, Order, Timed } from '../order.ts'
import { ofUnit, only } from '../permit.ts'
import { type CitizenAsked, isAsked } from './question.ts'

export const citizenAsked = (order: Order, { seq, atMs, limit }: Of<'citizen-asked'> & Timed): Order => ({
  ...order,
  question: { seq, askedAtMs: atMs, limit },
})

export const questionEnded = (order: Order, how: Pick<CitizenAsked, 'answerSeq' | 'isOver'>): Order =>
  isAsked(order.question) ? { ...order, question: { ...order.question, ...how } } : order

export function askCitizen(
  order: Order,
  { words }: Extract<Command, { do: 'ask-citizen' }>,
  { by, rules }: Context,
): Decision {
  ofUnit(order.lead, by)
  if (isAsked(order.question))
    throw fault('question-asked', 'order', 'a question that waits for its answer', 'one after the other')
  if (textNumberOf(order) === undefined)
    throw fault('question-unreachable', 'order', 'a citizen whom no text reaches', 'the centre, which asks')
  return only(order, { kind: 'citizen-asked', words, limit: rules.profile.question })
}

/** @throws Fault `question-over` if no question is open */
export function answerQuestion(order: Order, words: string, via: 'page' | 'phone'): Decision {
  if (!isAsked(order.question)) throw overQuestion()
  return only(order, { kind: 'citizen-answered', words, via }, [{ kind: 'citizen-answered', to: 'unit' }])
}

export const overQuestion = () =>
  fault('question-over', 'order', 'no question that waits for its answer', 'one')
