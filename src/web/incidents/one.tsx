import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import type { IncidentEvent, IncidentView } from '../../incidents/api.ts'
import { cityTime, cityZone } from '../city.ts'
import { SteadyButton } from '../design/steady-button.tsx'
import { useNames } from '../house/names.ts'
import { Prolong } from './ending.tsx'
import { type ActsOnIncidents, useIncidentEvents } from './use-incidents.ts'
import { areaOf, words } from './words.ts'

/** One of the latest, with all that a supervisor can do about it. */
export function One({ incident, acts }: { readonly incident: IncidentView; readonly acts: ActsOnIncidents }) {
  const { id, words: said, kind, area, state, untilMs, endedAtMs, madeBy, madeAtMs, affected } = incident
  const called = useNames()
  const [isEdited, setIsEdited] = useState(false)
  const endMs = endedAtMs ?? untilMs
  return (
    <li className={state}>
      <p>
        <span className="state">{words.states[state]}</span> <strong lang="zh-CN">{said['zh-CN']}</strong>
      </p>
      {said.en !== undefined && <p lang="en">{said.en}</p>}
      <p className="quiet">
        {words.kinds[kind]} · {areaOf(area)} ·{' '}
        {state === 'over' ? words.endedAt(cityTime(endMs)) : words.until(cityTime(untilMs))} ·{' '}
        {words.by(called(madeBy))} {cityTime(madeAtMs)}
      </p>
      <p>{words.affected(affected)}</p>
      {state !== 'over' && (
        <div className="acts">
          <Prolong incident={incident} change={acts.change} />
          <Button className="button" aria-expanded={isEdited} onPress={() => setIsEdited(!isEdited)}>
            {words.edit}
          </Button>
          <SteadyButton meaning={`end ${id}`} atOnce className="button" onPress={() => acts.end(id)}>
            {words.over}
          </SteadyButton>
        </div>
      )}
      {isEdited && state !== 'over' && (
        <Edit incident={incident} change={acts.change} done={() => setIsEdited(false)} />
      )}
      <History id={id} />
    </li>
  )
}

function Edit({
  incident: { id, words: said, untilMs },
  change,
  done,
}: {
  readonly incident: IncidentView
  readonly change: ActsOnIncidents['change']
  readonly done: () => void
}) {
  const [chinese, setChinese] = useState(said['zh-CN'])
  const [english, setEnglish] = useState(said.en ?? '')
  const [end, setEnd] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const en = english.trim()
    change(
      id,
      {
        words: { 'zh-CN': chinese, en: en === '' ? undefined : en },
        untilMs: end === '' ? untilMs : instantOf(end.replace('T', ' '), cityZone),
      },
      done,
    )
  }
  return (
    <form onSubmit={send} aria-label={words.edit}>
      <TextField className="field wide" value={chinese} onChange={setChinese} isRequired maxLength={60}>
        <Label>{words.words}</Label>
        <Input lang="zh-CN" />
      </TextField>
      <TextField className="field wide" value={english} onChange={setEnglish} maxLength={160}>
        <Label>{words.english}</Label>
        <Input lang="en" />
      </TextField>
      <TextField className="field" value={end} onChange={setEnd} type="datetime-local">
        <Label>{words.newEnd}</Label>
        <Input />
      </TextField>
      <Button type="submit" className="button main">
        {words.save}
      </Button>
    </form>
  )
}

function History({ id }: { readonly id: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const events = useIncidentEvents(id, isOpen)
  const called = useNames()
  return (
    <details onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>{words.history}</summary>
      {events === undefined ? (
        <p role="status">{words.asking}</p>
      ) : (
        <ol className="events">
          {events.map(event => (
            <li key={`${event.atMs} ${event.kind}`}>
              {cityTime(event.atMs)} {words.events[event.kind]} · {called(event.by)}
              {beforeOf(event)}
            </li>
          ))}
        </ol>
      )}
    </details>
  )
}

function beforeOf({ before }: IncidentEvent): string {
  const was = [
    before.words?.['zh-CN'],
    before.words?.en,
    before.kind && words.kinds[before.kind],
    before.area && areaOf(before.area),
    before.untilMs === undefined ? undefined : words.until(cityTime(before.untilMs)),
  ].filter(Boolean)
  return was.length === 0 ? '' : ` · ${words.before(was.join('；'))}`
}
