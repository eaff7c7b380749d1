import './ending.css'
import { Button } from 'react-aria-components'
import type { IncidentView } from '../../incidents/api.ts'
import { cityTime } from '../city.ts'
import { type ActsOnIncidents, useIncidents } from './use-incidents.ts'
import { words } from './words.ts'

const longerMinutes = [30, 120] as const

/** By how much longer it goes on. */
export function Prolong({
  incident: { id, untilMs },
  change,
}: {
  readonly incident: IncidentView
  readonly change: ActsOnIncidents['change']
}) {
  return longerMinutes.map(minutes => (
    <Button
      key={minutes}
      className="button"
      onPress={() => change(id, { untilMs: untilMs + minutes * 60_000 })}
    >
      {words.prolong(minutes)}
    </Button>
  ))
}

/** Asks whether what is about to end by itself is over indeed: a text that stops too early brings its calls back. */
export function EndingSoon({
  asked: { incidents, change, end },
}: {
  readonly asked: ReturnType<typeof useIncidents>
}) {
  const soon = incidents?.filter(({ endsSoon }) => endsSoon) ?? []
  if (soon.length === 0) return null
  return (
    <section className="card ending" aria-labelledby="ending" role="alert">
      <h2 id="ending">{words.endingSoon}</h2>
      <ul>
        {soon.map(incident => (
          <li key={incident.id}>
            <p>
              <strong lang="zh-CN">{incident.words['zh-CN']}</strong>{' '}
              <span className="quiet">{words.until(cityTime(incident.untilMs))}</span>
            </p>
            <div className="acts">
              <Prolong incident={incident} change={change} />
              <Button className="button" onPress={() => end(incident.id)}>
                {words.over}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The same where supervisors are all day. */
export function IncidentsToAsk() {
  return <EndingSoon asked={useIncidents()} />
}
