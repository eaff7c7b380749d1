import { useEffect, useState } from 'react'
import type { TalkView } from '../../http/contract.ts'
import {
  answerWords,
  directionWords,
  languageWords,
  lastingWords,
  numberWords,
  reasonWords,
  timeWords,
  words,
} from './words.ts'

/** Who it is, why they came, and what there was before. */
export function Who({
  talk,
  last,
  offsetMs,
  seatName,
}: {
  readonly talk: TalkView | undefined
  /** Whom this seat talked to last: here until it talks to somebody else. */
  readonly last: TalkView | undefined
  readonly offsetMs: number
  /** What people call a seat. */
  readonly seatName: (seat: string) => string
}) {
  if (!talk)
    return (
      <section className="card who" aria-label={words.caller}>
        <h2>{last ? words.lastCaller : words.caller}</h2>
        {last ? <Last last={last} /> : <p className="quiet">{words.nobody}</p>}
      </section>
    )
  const { caller } = talk
  return (
    <section className="card who" aria-label={words.caller}>
      <h2>{words.caller}</h2>
      <p className="number">{talk.number === '' ? words.withheld : numberWords(talk.number)}</p>
      {talk.isUnproved && <p className="mark">{words.unproved}</p>}
      <dl>
        <div>
          <dt>{words.why}</dt>
          <dd>{reasonWords(talk.reason)}</dd>
        </div>
        {caller?.elder && (
          <div>
            <dt className="mark">{words.elder}</dt>
            <dd />
          </div>
        )}
        {caller?.language !== undefined && (
          <div>
            <dt>{words.language}</dt>
            <dd>{languageWords(caller.language)}</dd>
          </div>
        )}
        <div>
          <dt>{words.since}</dt>
          <dd>
            <Lasting sinceMs={talk.invitedAtMs - offsetMs} />
          </dd>
        </div>
      </dl>
      <About about={talk.about} />
      {talk.phase === 'ringing' && last && (
        <div className="last">
          <h3>{words.lastCaller}</h3>
          <Last last={last} />
        </div>
      )}
      <h3>{words.past}</h3>
      <Past talk={talk} seatName={seatName} />
    </section>
  )
}

/** The page stays with a caller who has hung up: what they told is written down in the form beside. */
function Last({ last }: { readonly last: TalkView }) {
  return (
    <>
      <p className="number">{last.number === '' ? words.withheld : numberWords(last.number)}</p>
      <p className="quiet">{reasonWords(last.reason)}</p>
      <About about={last.about} />
    </>
  )
}

/** The order whose survey call they asked for a person in, and what they have answered. */
function About({ about }: Pick<TalkView, 'about'>) {
  if (about?.kind !== 'survey') return null
  return (
    <div className="about">
      <p>
        {words.surveyOf}{' '}
        <a href={`/orders/${encodeURIComponent(about.order)}`} target="_blank" rel="noreferrer">
          {about.order}
        </a>
      </p>
      {about.answers.length === 0 ? (
        <p className="quiet">{words.noAnswers}</p>
      ) : (
        <ul>
          {about.answers.map(({ name, value }) => (
            <li key={name}>{answerWords(name, value)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Past({
  talk: { caller },
  seatName,
}: {
  readonly talk: TalkView
  readonly seatName: (seat: string) => string
}) {
  if (!caller) return <p className="quiet">{words.looking}</p>
  if (caller.past.length === 0) return <p className="quiet">{words.noPast}</p>
  return (
    <ul className="past">
      {caller.past.map(({ id, direction, invitedAtMs, durationMs, seat }) => (
        <li key={id}>
          {timeWords(invitedAtMs)} · {directionWords(direction)}
          {durationMs === undefined ? null : ` · ${lastingWords(durationMs)}`}
          {seat === undefined ? null : ` · ${seatName(seat)}`}
        </li>
      ))}
    </ul>
  )
}

/** Minutes and seconds since then, by this page's clock. */
export function Lasting({ sinceMs }: { readonly sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span role="timer">{lastingWords(nowMs - sinceMs)}</span>
}
