import { useEffect, useState } from 'react'
import type { TalkView } from '../../http/contract.ts'
import {
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
  lastCall,
  offsetMs,
}: {
  readonly talk: TalkView | undefined
  /** The call that was talked in last, once it is over. */
  readonly lastCall: string | undefined
  readonly offsetMs: number
}) {
  if (!talk)
    return (
      <section className="card who" aria-label={words.caller}>
        <h2>{words.caller}</h2>
        <p className="quiet">{words.nobody}</p>
        {lastCall !== undefined && <ToOrder call={lastCall}>{words.orderOfLast}</ToOrder>}
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
      {talk.phase !== 'ringing' && <ToOrder call={talk.id}>{words.order}</ToOrder>}
      <h3>{words.past}</h3>
      <Past talk={talk} />
    </section>
  )
}

function ToOrder({ call, children }: { readonly call: string; readonly children: string }) {
  return (
    <p>
      <a href={`/orders/new?call=${encodeURIComponent(call)}`} target="_blank" rel="noreferrer">
        {children}
      </a>
    </p>
  )
}

function Past({ talk: { caller } }: { readonly talk: TalkView }) {
  if (!caller) return <p className="quiet">{words.looking}</p>
  if (caller.past.length === 0) return <p className="quiet">{words.noPast}</p>
  return (
    <ul className="past">
      {caller.past.map(({ id, direction, invitedAtMs, durationMs, seat }) => (
        <li key={id}>
          {timeWords(invitedAtMs)} · {directionWords(direction)}
          {durationMs === undefined ? null : ` · ${lastingWords(durationMs)}`}
          {seat === undefined ? null : ` · ${seat}`}
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
