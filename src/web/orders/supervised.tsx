import type { OrderDetail, OrderRulesShown } from '../../http/contract.ts'
import { unitName } from './names.ts'
import { saidIn } from './together.tsx'
import {
  instructionCauseWords,
  instructionOutcomeWords,
  lengthOf,
  siteVerdictWords,
  supervisionLevelWords,
  timeOf,
  words,
} from './words.ts'

/** What its units had to answer, the latest first: at which level, why, until when, and what they said. */
export function Supervised({
  detail: { instructions, events },
  rules,
}: {
  readonly detail: OrderDetail
  readonly rules: OrderRulesShown
}) {
  if (instructions.length === 0) return null
  return (
    <section className="card" aria-label={words.supervised}>
      <h3>{words.supervised}</h3>
      <dl className="clocks">
        {instructions.toReversed().map(one => (
          <div key={one.seq}>
            <dt>{supervisionLevelWords[one.level]}</dt>
            <dd>
              {instructionCauseWords[one.because]} · {unitName(rules, one.unit)} ·{' '}
              {words.untilWhen(timeOf(one.dueAtMs))}
              {one.outcome !== undefined && one.doneAtMs !== undefined && (
                <>
                  {' '}
                  · {instructionOutcomeWords[one.outcome]} {timeOf(one.doneAtMs)}
                </>
              )}
              {one.lateMs > 0 && (
                <strong>
                  {' '}
                  · {words.clockHead[3]} {lengthOf(one.lateMs)}
                </strong>
              )}
              <p>{saidIn(events, one.seq)}</p>
              {one.answerSeq !== undefined && <p>{saidIn(events, one.answerSeq)}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Looks at the place, the latest first: until when, who was there, and what was seen. */
export function SiteChecks({ detail: { siteChecks, events } }: { readonly detail: OrderDetail }) {
  if (siteChecks.length === 0) return null
  return (
    <section className="card" aria-label={words.siteChecks}>
      <h3>{words.siteChecks}</h3>
      <dl className="clocks">
        {siteChecks.toReversed().map(({ seq, askedAtMs, dueAtMs, checkSeq, visitedAtMs, verdict }) => {
          const visitors = events.find(event => event.seq === checkSeq)?.data.visitors
          return (
            <div key={seq}>
              <dt>{timeOf(visitedAtMs ?? askedAtMs)}</dt>
              <dd>
                {verdict !== undefined && visitedAtMs !== undefined ? (
                  <>
                    <strong>{siteVerdictWords[verdict]}</strong> ·{' '}
                    {words.visited(timeOf(visitedAtMs), typeof visitors === 'string' ? visitors : '')}
                  </>
                ) : (
                  words.notVisited
                )}
                {dueAtMs !== undefined && <> · {words.siteUntil(timeOf(dueAtMs))}</>}
                <p>{saidIn(events, checkSeq ?? seq)}</p>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
