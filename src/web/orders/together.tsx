import type { OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import { unitName } from './names.ts'
import { lengthOf, timeOf, words } from './words.ts'

export const saidIn = (events: OrderDetail['events'], seq: number | undefined) => {
  const data = events.find(event => event.seq === seq)?.data
  return typeof data?.words === 'string' ? data.words : ''
}

/** What each unit was asked to help with: whom to ask there, until when, and what it answered. */
export function Tasks({ detail, rules }: { readonly detail: OrderDetail; readonly rules: OrderRulesShown }) {
  const { tasks, events } = detail
  if (tasks.length === 0) return null
  return (
    <section className="card" aria-label={words.tasks}>
      <h3>{words.tasks}</h3>
      <dl className="clocks">
        {tasks.map(({ seq, unit, contact, dueAtMs, doneAtMs, lateMs, answerSeq }) => (
          <div key={seq}>
            <dt>{unitName(rules, unit)}</dt>
            <dd>
              {saidIn(events, seq)} · {contact ? `${contact.person} ${contact.phone}` : words.noContact}
              {dueAtMs !== undefined && <> · {words.untilWhen(timeOf(dueAtMs))}</>}
              {doneAtMs !== undefined && (
                <>
                  {' '}
                  ·{' '}
                  {answerSeq === undefined
                    ? words.endedAt(timeOf(doneAtMs))
                    : words.answeredAt(timeOf(doneAtMs))}
                </>
              )}
              {lateMs > 0 && (
                <strong>
                  {' '}
                  · {words.clockHead[3]} {lengthOf(lateMs)}
                </strong>
              )}
              {answerSeq !== undefined && <p>{saidIn(events, answerSeq)}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What the citizen was asked last. That no clock stopped is said with the time, as it is to them. */
export function Asked({ detail }: { readonly detail: OrderDetail }) {
  const { question, events, clocks } = detail
  if (!question) return null
  const due = clocks.find(({ name }) => name === 'handling')?.dueAtMs
  const answer = saidIn(events, question.answerSeq)
  return (
    <section className="card" aria-label={words.question}>
      <h3>{words.question}</h3>
      <p>{saidIn(events, question.seq)}</p>
      <p className="quiet">
        {words.untilWhen(timeOf(question.untilMs))}
        {due !== undefined && <> · {words.clockGoesOn(timeOf(due))}</>}
      </p>
      {answer !== '' && <p>{answer}</p>}
      {question.isOver && <p className="trouble">{words.noAnswer}</p>}
    </section>
  )
}
