import { useState } from 'react'
import type { Shifts } from '../../planning/api.ts'
import { cityTime, zoneNote } from '../city.ts'
import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useShifts } from './use-plan.ts'
import { kindWords, lastingOf, reasonOf, words } from './words.ts'

type Person = Shifts['people'][number]

/** A row of bars for everybody who was there, midnight to midnight in the city. */
export function ShiftRows() {
  const [date, setDate] = useState('')
  const { shifts, trouble } = useShifts(date)
  return (
    <section className="card wide" aria-label={words.shifts}>
      <h2>{words.shifts}</h2>
      <div className="chosen">
        <label>
          {words.date}
          <input
            type="date"
            value={date === '' ? (shifts?.date ?? '') : date}
            onChange={event => setDate(event.target.value)}
          />
        </label>
      </div>
      <Trouble text={trouble} />
      {shifts ? <Day shifts={shifts} /> : trouble === '' && <p role="status">{words.asking}</p>}
    </section>
  )
}

const hoursMarked = [0, 6, 12, 18, 24]

function Day({ shifts }: { readonly shifts: Shifts }) {
  if (shifts.people.length === 0) return <p className="quiet">{words.nobody}</p>
  return (
    <>
      {shifts.by === 'calls' && <p className="quiet">{words.shiftsByCalls}</p>}
      <ul className="kinds" aria-hidden="true">
        {Object.entries(kindWords).map(([kind, name]) => (
          <li key={kind}>
            <span className="swatch" data-kind={kind} />
            {name}
          </li>
        ))}
      </ul>
      <div className="hours" aria-hidden="true">
        {hoursMarked.map(hour => (
          <span key={hour} style={{ insetInlineStart: `${(100 * hour) / 24}%` }}>
            {hour}
          </span>
        ))}
      </div>
      <ul className="people">
        {shifts.people.map(person => (
          <Row key={person.name} person={person} shifts={shifts} />
        ))}
      </ul>
    </>
  )
}

function Row({ person, shifts }: { readonly person: Person; readonly shifts: Shifts }) {
  const { display, workedMs, talkedMs, breakMs, spells } = person
  const dayMs = shifts.untilMs - shifts.fromMs
  const at = (ms: number) => `${(100 * (ms - shifts.fromMs)) / dayMs}%`
  const lasts = (ms: number) => `${(100 * ms) / dayMs}%`
  return (
    <li>
      <details>
        <summary>
          {display} <span>{words.times(lastingOf(workedMs), lastingOf(talkedMs), lastingOf(breakMs))}</span>
          <div className="bar" aria-hidden="true">
            {hoursMarked.map(hour => (
              <i key={hour} style={{ insetInlineStart: `${(100 * hour) / 24}%` }} />
            ))}
            {spells.map(({ kind, fromMs, untilMs }) => (
              <span
                key={`${fromMs} ${kind}`}
                data-kind={kind}
                style={{ insetInlineStart: at(fromMs), inlineSize: lasts(untilMs - fromMs) }}
              />
            ))}
          </div>
        </summary>
        <Table
          caption={display}
          head={[`${words.from}${zoneNote(shifts.fromMs)}`, words.until, words.state]}
          rows={spells.map(({ kind, reason, fromMs, untilMs }) => ({
            key: `${fromMs} ${kind}`,
            cells: [
              cityTime(fromMs, 'hour'),
              cityTime(untilMs, 'hour'),
              `${kindWords[kind]}${reasonOf(reason)}`,
            ],
          }))}
        />
      </details>
    </li>
  )
}
