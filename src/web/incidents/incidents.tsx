import './incidents.css'
import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import { type IncidentKind, incidentKinds } from '../../incidents/api.ts'
import { cityZone } from '../city.ts'
import { showPage } from '../design/page.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { EndingSoon } from './ending.tsx'
import { One } from './one.tsx'
import { useIncidents } from './use-incidents.ts'
import { words } from './words.ts'

function IncidentsPage() {
  const asked = useIncidents()
  const { incidents, trouble, isMade, make } = asked
  return (
    <div className="incidents">
      {trouble !== undefined && (
        <p className="trouble" role="alert">
          {words.refused(trouble)}
        </p>
      )}
      <EndingSoon asked={asked} />
      <MakeKnown make={make} isMade={isMade && trouble === undefined} />
      <section className="card" aria-labelledby="latest">
        <h2 id="latest">{words.latest}</h2>
        {incidents === undefined ? <p role="status">{words.asking}</p> : null}
        {incidents?.length === 0 ? <p className="quiet">{words.nothing}</p> : null}
        <ul>
          {incidents?.map(one => (
            <One key={one.id} incident={one} acts={asked} />
          ))}
        </ul>
      </section>
    </div>
  )
}

const empty = { kind: 'water' as IncidentKind, words: '', english: '', place: '', end: '' }

function MakeKnown({ make, isMade }: Pick<ReturnType<typeof useIncidents>, 'make' | 'isMade'>) {
  const [given, setGiven] = useState(empty)
  const [lacksEnd, setLacksEnd] = useState(false)
  const set = (change: Partial<typeof empty>) => setGiven({ ...given, ...change })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const untilMs = given.end === '' ? Number.NaN : instantOf(given.end.replace('T', ' '), cityZone)
    setLacksEnd(Number.isNaN(untilMs))
    if (Number.isNaN(untilMs)) return
    const en = given.english.trim()
    const said = { 'zh-CN': given.words, en: en === '' ? undefined : en }
    make({ words: said, kind: given.kind, area: { place: given.place.trim() }, untilMs }, () =>
      setGiven(empty),
    )
  }
  return (
    <section className="card" aria-labelledby="make">
      <h2 id="make">{words.make}</h2>
      <form onSubmit={send}>
        <div className="field">
          <label htmlFor="kind">{words.kind}</label>
          <select
            id="kind"
            value={given.kind}
            onChange={event => {
              const kind = incidentKinds.find(one => one === event.target.value)
              if (kind) set({ kind })
            }}
          >
            {incidentKinds.map(kind => (
              <option key={kind} value={kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
        <TextField
          className="field wide"
          value={given.words}
          onChange={text => set({ words: text })}
          isRequired
          maxLength={60}
        >
          <Label>{words.words}</Label>
          <Input lang="zh-CN" placeholder="望京停水，预计18点恢复" />
        </TextField>
        <TextField
          className="field wide"
          value={given.english}
          onChange={english => set({ english })}
          maxLength={160}
        >
          <Label>{words.english}</Label>
          <Input lang="en" />
        </TextField>
        <TextField
          className="field"
          value={given.place}
          onChange={place => set({ place })}
          isRequired
          maxLength={40}
        >
          <Label>{words.place}</Label>
          <Input />
        </TextField>
        <div className="field">
          <label htmlFor="end">{words.end}</label>
          <input
            id="end"
            type="datetime-local"
            value={given.end}
            aria-invalid={lacksEnd}
            aria-describedby={lacksEnd ? 'end-missing' : undefined}
            onChange={event => set({ end: event.target.value })}
          />
          {lacksEnd && (
            <p id="end-missing" className="trouble" role="alert">
              {words.endMissing}
            </p>
          )}
        </div>
        <Button type="submit" className="button main">
          {words.publish}
        </Button>
        {isMade && <p role="status">{words.published}</p>}
      </form>
    </section>
  )
}

showPage({ 'zh-CN': '突发情况', en: 'Known incidents' }, <SignedIn>{() => <IncidentsPage />}</SignedIn>)
