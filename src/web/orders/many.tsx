import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { OrderAct } from '../../http/contract.ts'
import { useOwnPeople } from './people.ts'
import { useManyActs } from './use-many.ts'
import { words } from './words.ts'

/** What is done with all chosen orders at once: each is decided and written by itself, and what is refused is said. */
export function Many({
  chosen,
  whenDone,
}: {
  readonly chosen: ReadonlySet<string>
  /** With those that stay chosen, since they were refused. */
  readonly whenDone: (refused: readonly string[]) => void
}) {
  const people = useOwnPeople()
  const [person, setPerson] = useState('')
  const { done, of, refused, run } = useManyActs()
  const isRunning = of !== undefined && done < of
  const act = async (act: OrderAct) => whenDone(await run([...chosen], act))
  const why = [...new Set(refused.values())]
  return (
    <div className="many">
      <span role="status">{isRunning ? words.allDone(done, of) : words.selected(chosen.size)}</span>
      <Button
        className="button main"
        isDisabled={isRunning || chosen.size === 0}
        onPress={() => void act({ do: 'sign' })}
      >
        {words.signAll}
      </Button>
      <label>
        {words.person}{' '}
        <select value={person} onChange={event => setPerson(event.target.value)}>
          <option value="">{words.nobody}</option>
          {people.map(([name, called]) => (
            <option key={name} value={name}>
              {called}
            </option>
          ))}
        </select>
      </label>
      <Button
        className="button"
        isDisabled={isRunning || chosen.size === 0}
        onPress={() => void act({ do: 'assign', person: person === '' ? undefined : person })}
      >
        {words.assignAll}
      </Button>
      {why.length > 0 && !isRunning && (
        <p className="trouble" role="alert">
          {why
            .map(one => words.allRefused([...refused.values()].filter(other => other === one).length, one))
            .join('；')}
        </p>
      )}
    </div>
  )
}
