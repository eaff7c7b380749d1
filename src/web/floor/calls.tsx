import { useState } from 'react'
import type { FloorCall, ToFloorPage } from '../../http/contract.ts'
import { Table } from '../design/table.tsx'
import { Actions } from './actions.tsx'
import { Card } from './card.tsx'
import { ReadCaptions } from './read-captions.tsx'
import type { FloorAct } from './use-acts.ts'
import { lastingWords, placeWords, priorityWords, words } from './words.ts'

/** Calls that are up: who waits first, as the queue has them, then who talks, then the others. */
export function Calls({
  floor: { calls, callsUp, seats, nowMs },
  act,
}: {
  readonly floor: ToFloorPage
  readonly act: (act: FloorAct) => void
}) {
  const [read, setRead] = useState<string>()
  const seatName = (name: string | undefined) =>
    seats.find(seat => seat.name === name)?.display ?? name ?? words.none
  const ready = seats.filter(({ state }) => state === 'ready')
  const actionsFor = ({ id }: FloorCall) => [
    { id: 'head', label: words.toHead, act: () => act({ kind: 'move', call: id }) },
    ...ready.map(({ name, display }) => ({
      id: `seat ${name}`,
      label: words.toSeat(display),
      act: () => act({ kind: 'move', call: id, seat: name }),
    })),
  ]
  return (
    <Card name={words.calls} wide file={{ table: 'calls' }}>
      <Table
        caption={words.calls}
        head={words.callsHead}
        rows={calls.map(call => ({
          key: call.id,
          cells: [
            call.number || words.withheld,
            call.direction === 'in' ? words.in : words.out,
            placeWords(call.place),
            call.queuePlace ?? words.none,
            lastingWords(nowMs - (call.queuePlace === undefined ? call.placeSinceMs : call.waitingSinceMs)),
            priorityWords(call),
            seatName(call.seat),
            <div className="acts" key="acts">
              {call.queuePlace !== undefined && call.place.at === 'queue' && (
                <Actions label={words.move} of={call.number || words.withheld} actions={actionsFor(call)} />
              )}
              {call.hasCaptions && (
                <button
                  type="button"
                  className="button small"
                  aria-label={words.readOf(call.number || words.withheld)}
                  aria-expanded={read === call.id}
                  onClick={() => setRead(read === call.id ? undefined : call.id)}
                >
                  {words.read}
                </button>
              )}
            </div>,
          ],
        }))}
        none={words.noCalls}
      />
      {callsUp > calls.length && <p className="quiet">{words.moreCalls(callsUp - calls.length)}</p>}
      {read !== undefined && <ReadCaptions key={read} call={read} onClose={() => setRead(undefined)} />}
    </Card>
  )
}
