import { Button } from 'react-aria-components'
import type { SessionShown } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { words } from './words.ts'

/** Where somebody is signed in, a line each. @param own the one that shows this, which is left by signing out */
export function SessionList({
  sessions,
  own,
  end,
}: {
  readonly sessions: readonly SessionShown[]
  readonly own?: string
  readonly end: (id: string) => void
}) {
  if (sessions.length === 0) return <p>{words.none}</p>
  return (
    <ul>
      {sessions.map(({ id, device, address, beganAtMs, usedAtMs }) => (
        <li key={id}>
          <strong>{device === '' ? words.unknownDevice : device}</strong>
          {id === own && <span>{words.here}</span>}
          <span className="quiet">{address}</span>
          <span className="quiet">{words.since(cityTime(beganAtMs))}</span>
          <span className="quiet">{words.used(cityTime(usedAtMs))}</span>
          {id !== own && (
            <Button
              className="button"
              aria-label={words.endOne(device, cityTime(beganAtMs))}
              onPress={() => end(id)}
            >
              {words.end}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
