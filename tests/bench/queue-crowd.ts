import { openDesk } from '../../src/desk/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { createParty } from '../support/queue-day.ts'
import { percentile, type Row } from './row.ts'

const crowd = 1_500
const rounds = 200
const staff = 300

/** So many wait and are told their places; one seat after the other comes free. */
export async function ringsSoon(): Promise<Row> {
  let rung: () => void = () => undefined
  let leg = createParty(0, 'out')
  const desk = await openDesk({
    clock: systemClock,
    log: silentLog,
    realm: 'jieting',
    music: soundOfMark('low', 1_000),
    leaseMs: 15_000,
    wrapUpMs: 60_000,
    restMs: 10_000,
    capacity: 10_000,
    journal: { write: () => undefined },
    callSeat: () => Promise.reject(new Error('nobody rings here')),
    async ringSeat() {
      rung()
      return leg.call
    },
  })
  for (let at = 0; at < staff; at++)
    desk.addSeat({ name: `s${at}`, display: 's', contact: 'sip:s@127.0.0.1:5090' })
  const callers = Array.from({ length: crowd + rounds }, (_, at) =>
    createParty(Date.now() - 60_000 + at, 'in'),
  )
  const onPlace = () => undefined
  for (const { call } of callers) void desk.queue(call, { reason: 'bench', onPlace })
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    // Not at the instant at which places are told, and at it.
    await new Promise(resolve => setTimeout(resolve, 7))
    leg = createParty(Date.now(), 'out')
    const beganMs = performance.now()
    const ring = new Promise<void>(resolve => {
      rung = resolve
    })
    desk.setReady(`s${round}`)
    await ring
    times.push(performance.now() - beganMs)
  }
  for (const { end } of callers) end('them')
  await desk.close()
  return {
    what: `${crowd} waiting and a seat comes free: its phone is asked to ring`,
    figure: `p50 ${percentile(times, 0.5)} ms, p99 ${percentile(times, 0.99)} ms`,
    target: 'p99 20 ms',
    method: `${rounds} seats of ${staff}, one after the other, on the desk itself while it tells places; to the line’s door`,
  }
}
