import './floor.css'
import { type ReactNode, useMemo } from 'react'
import type { FloorDay, ToFloorPage } from '../../http/contract.ts'
import { Chart, useColours } from '../design/chart.tsx'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { hoursOption } from './hours.ts'
import { PlaceMap } from './place-map.tsx'
import { useFloor } from './use-floor.ts'
import { lastingWords, percent, stateWords, words } from './words.ts'

/** The queue, the seats, where callers are, and what today came to. */
function FloorPage({ ask }: Signed) {
  const { floor, isLost } = useFloor(ask)
  return (
    <div className="board floor">
      {isLost && (
        <p className="trouble" role="alert">
          {words.lost}
        </p>
      )}
      {floor ? (
        <>
          <Now floor={floor} />
          <Today day={floor.day} />
          <Places floor={floor} />
          <Seats floor={floor} />
          {floor.day && floor.day.hours.length > 0 && <Hours day={floor.day} />}
        </>
      ) : (
        <p role="status">{words.connecting}</p>
      )}
    </div>
  )
}

function FigureCard({
  name,
  figures,
}: {
  readonly name: string
  readonly figures: readonly (readonly [string, ReactNode])[]
}) {
  return (
    <section className="card" aria-label={name}>
      <h2>{name}</h2>
      <Figures figures={figures} />
    </section>
  )
}

function Now({ floor: { waiting, waitingSinceMs, seats, nowMs } }: { readonly floor: ToFloorPage }) {
  const count = (state: string) => seats.filter(seat => seat.state === state).length
  return (
    <FigureCard
      name={words.now}
      figures={[
        [words.waiting, waiting],
        [words.longest, waitingSinceMs === undefined ? words.none : lastingWords(nowMs - waitingSinceMs)],
        [words.ready, count('ready')],
        [words.talking, count('talking')],
      ]}
    />
  )
}

function Today({ day }: { readonly day: FloorDay | undefined }) {
  if (!day)
    return (
      <section className="card" aria-label={words.today}>
        <h2>{words.today}</h2>
        <p className="quiet">{words.noDay}</p>
      </section>
    )
  return (
    <FigureCard
      name={words.today}
      figures={[
        [words.calls, day.calls],
        [words.reachedOf(percent(day.target, 1)), percent(day.reached, day.wanted)],
        [words.soon(day.soonMs), percent(day.soon, day.reached)],
        [words.median, words.seconds(day.medianMs)],
        [words.p95, words.seconds(day.p95Ms)],
      ]}
    />
  )
}

function Places({ floor: { places } }: { readonly floor: ToFloorPage }) {
  return (
    <section className="card wide" aria-label={words.map}>
      <h2>{words.map}</h2>
      <PlaceMap places={places} />
    </section>
  )
}

function Seats({ floor: { seats, nowMs } }: { readonly floor: ToFloorPage }) {
  return (
    <section className="card wide" aria-label={words.seats}>
      <h2>{words.seats}</h2>
      <Table
        head={[words.seats, words.state, words.since]}
        rows={seats.map(({ display, state, sinceMs }) => [
          display,
          stateWords(state),
          lastingWords(nowMs - sinceMs),
        ])}
        none={words.noSeats}
      />
    </section>
  )
}

function Hours({ day }: { readonly day: FloorDay }) {
  const key = JSON.stringify(day.hours)
  const colours = useColours()
  const option = useMemo(() => hoursOption(day, colours), [key, colours])
  return (
    <section className="card wide" aria-label={words.hours}>
      <h2>{words.hours}</h2>
      <Chart option={option} name={words.hours} height="18rem" />
      <Table
        head={[words.hour, words.wanted, words.got, words.median]}
        rows={day.hours.map(({ hour, wanted, reached, medianMs }) => [
          hour,
          wanted,
          reached,
          words.seconds(medianMs),
        ])}
        none={words.noDay}
      />
    </section>
  )
}

function Table({
  head,
  rows,
  none,
}: {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly none: string
}) {
  if (rows.length === 0) return <p className="quiet">{none}</p>
  return (
    <table>
      <thead>
        <tr>
          {head.map(one => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr key={first}>
            <th scope="row">{first}</th>
            {rest.map((value, column) => (
              <td key={head[column + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

showPage(
  { 'zh-CN': '话务监控', en: 'Floor' },
  <SignedIn roles={['supervisor']}>{signed => <FloorPage {...signed} />}</SignedIn>,
)
