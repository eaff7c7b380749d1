import './current.css'
import { useEffect, useState } from 'react'
import type { PublicIncident } from '../../incidents/api.ts'
import { cityTime } from '../city.ts'
import { ask } from '../house/house.ts'
import { areaOf, spoken, words } from './words.ts'

const everyMs = 60_000

/** What is wrong in the city now, for whoever has a page open; nothing is shown when there is nothing. */
export function CurrentIncidents() {
  const [incidents, setIncidents] = useState<readonly PublicIncident[]>([])
  useEffect(() => {
    const leaving = new AbortController()
    // A page that cannot ask shows what it knew: a call is no further away.
    const read = () =>
      ask('GET /current-incidents', {}, leaving.signal).then(
        answer => setIncidents(answer.incidents),
        () => undefined,
      )
    void read()
    const timer = setInterval(() => void read(), everyMs)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [])
  if (incidents.length === 0) return null
  return (
    <section className="card current-incidents" aria-labelledby="current-incidents">
      <h2 id="current-incidents">{words.known}</h2>
      <ul>
        {incidents.map(({ id, words: said, area, untilMs }) => (
          <li key={id}>
            <strong lang={spoken(said) === said['zh-CN'] ? 'zh-CN' : 'en'}>{spoken(said)}</strong>{' '}
            <span className="quiet">
              {areaOf(area)} · {words.until(cityTime(untilMs))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
