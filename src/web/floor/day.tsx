import { useState } from 'react'
import type { CallbackCounts, DeskAct, FloorDates, FloorDay, LostCallView } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { Figures } from '../design/figures.tsx'
import { Table } from '../design/table.tsx'
import { useNames } from '../house/names.ts'
import { Card } from './card.tsx'
import { Hours } from './hours.tsx'
import { Levels } from './levels.tsx'
import { useDay } from './use-day.ts'
import { actDetail, actName, flowWords, lastingWords, percent, words } from './words.ts'

/** What today came to, or other days; figures of today are told live. */
export function Day({ today }: { readonly today: FloorDay | undefined }) {
  const [dates, setDates] = useState<FloorDates>({})
  const { day, lost, acts, callbacks } = useDay(dates, today)
  const name = dates.from === undefined ? words.today : [dates.from, dates.to].filter(Boolean).join(' – ')
  return (
    <>
      <Dates dates={dates} onChange={setDates} />
      <Card name={name} wide file={{ table: 'figures', dates }}>
        {day ? <Answered day={day} /> : <p className="quiet">{words.noDay}</p>}
      </Card>
      <Card name={words.levels} wide>
        {day && <Levels day={day} />}
      </Card>
      {callbacks && <Callbacks counts={callbacks} />}
      {day && day.hours.length > 0 && <Hours day={day} dates={dates} />}
      <Lost calls={lost ?? []} dates={dates} />
      <Outgoing outgoing={day?.outgoing ?? []} dates={dates} />
      <Acts acts={acts ?? []} dates={dates} />
    </>
  )
}

function Dates({
  dates,
  onChange,
}: {
  readonly dates: FloorDates
  readonly onChange: (dates: FloorDates) => void
}) {
  const { from = '', to = '' } = dates
  const choose = (from: string, to: string) =>
    onChange(from === '' ? {} : { from, to: to === '' || to < from ? undefined : to })
  return (
    <div className="wide chosen">
      <label>
        {words.dateFrom}
        <input type="date" value={from} onChange={event => choose(event.target.value, to)} />
      </label>
      <label>
        {words.dateTo}
        <input
          type="date"
          value={to}
          min={from}
          disabled={from === ''}
          onChange={event => choose(from, event.target.value)}
        />
      </label>
      <button type="button" className="button" disabled={from === ''} onClick={() => onChange({})}>
        {words.today}
      </button>
    </div>
  )
}

function Answered({ day }: { readonly day: FloorDay }) {
  return (
    <Figures
      figures={[
        [words.callsIn, day.calls],
        [words.reachedOf(percent(day.target, 1)), percent(day.reached, day.wanted)],
        [words.soonOfWanted(day.soonMs), percent(day.soon, day.wanted)],
        [words.soonOfReached(day.soonMs), percent(day.soon, day.reached)],
        [words.median, words.seconds(day.medianMs)],
        [words.p95, words.seconds(day.p95Ms)],
        [words.longest, words.seconds(day.longestMs)],
        [words.gotNone, day.lost],
        [words.deferred, day.deferred],
        [words.menuFree, percent(day.menuFree, day.menuKnown)],
      ]}
    />
  )
}

function Callbacks({
  counts: { owed, late, toFind, made, kept, missed, toldKept, toldMissed },
}: {
  readonly counts: CallbackCounts
}) {
  return (
    <Card name={words.callbacks} wide>
      <Figures
        figures={[
          [words.owed, owed],
          [words.late, late],
          [words.toFind, toFind],
          [words.made, made],
          [words.kept, kept],
          [words.keptNot, missed],
          [words.keptShare, percent(kept, kept + missed)],
          [words.toldShare, percent(toldKept, toldKept + toldMissed)],
        ]}
      />
    </Card>
  )
}

function Lost({ calls, dates }: { readonly calls: readonly LostCallView[]; readonly dates: FloorDates }) {
  return (
    <Card name={words.lostCalls} wide file={{ table: 'lost', dates }}>
      <Table
        caption={words.lostCalls}
        head={words.lostHead}
        rows={calls.map(({ id, invitedAtMs, number, waitedMs, why, flow, cameBack }) => ({
          key: id,
          cells: [
            cityTime(invitedAtMs),
            number || words.withheld,
            lastingWords(waitedMs),
            words.lostWhy[why],
            flowWords(flow),
            cameBack ? words.yes : words.no,
          ],
        }))}
        none={words.noLost}
      />
    </Card>
  )
}

function Outgoing({
  outgoing,
  dates,
}: {
  readonly outgoing: FloorDay['outgoing']
  readonly dates: FloorDates
}) {
  return (
    <Card name={words.outgoing} file={{ table: 'outgoing', dates }}>
      <Table
        caption={words.outgoing}
        head={words.outgoingHead}
        rows={outgoing.map(({ flow, calls, answered, reached }) => ({
          key: flow,
          cells: [flow === '' ? words.byPerson : flowWords(flow), calls, answered, reached],
        }))}
        none={words.noOutgoing}
      />
    </Card>
  )
}

function Acts({ acts, dates }: { readonly acts: readonly DeskAct[]; readonly dates: FloorDates }) {
  const called = useNames()
  return (
    <Card name={words.acts} file={{ table: 'acts', dates }}>
      <Table
        caption={words.acts}
        head={words.actsHead}
        rows={acts.map(({ atMs, by, act, seat, detail }, index) => ({
          key: `${atMs} ${index}`,
          cells: [
            cityTime(atMs),
            called(by),
            actName(act),
            seat === undefined ? words.none : called(seat),
            actDetail({ act, seat, detail }),
          ],
        }))}
        none={words.noActs}
      />
    </Card>
  )
}
