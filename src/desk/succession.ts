import { type Clock, sleep } from '../foundation/index.ts'
import type { Frame } from '../media/index.ts'
import { type Call, provedCaller } from '../telephony/index.ts'
import type { QueueStore } from './queue-store.ts'
import type { DeskVisit } from './visit.ts'
import { isWaiting, type Visits } from './visits.ts'

/** DESIGN: so long no microphone is without any noise; of a telephone that lost its network nothing comes. */
const listenMs = 2_000

/** Where no packet came, a frame is one value throughout. */
const isSound = ({ direction, payload }: Frame) =>
  direction === 'heard' && payload.some(sample => sample !== payload[0])

type Dependencies = {
  readonly clock: Clock
  readonly visits: Pick<Visits, 'all' | 'isHere' | 'swap'>
  readonly store: Pick<QueueStore, 'waiting' | 'leave'>
  /** Back into the queue, where the INVITE that counts puts them. */
  readonly enterAgain: (visit: DeskVisit) => Promise<unknown>
  /** Told who has another's place now, from 1. */
  readonly onTaken: (visit: DeskVisit, place: number) => void
}

/**
 * Whoever was cut off without a word and rings again finds a call of theirs before them, at which nobody is. Where nothing is heard of
 * that, the two change places: another telephone behind the number of one PBX speaks, and keeps its own. The older is not put out,
 * since a telephone may be muted so that it sends nothing.
 */
export function createSuccession({ clock, visits, store, enterAgain, onTaken }: Dependencies) {
  async function isHeard(call: Call, signal: AbortSignal): Promise<boolean> {
    let heard = false
    const stop = call.tap(frame => {
      heard ||= isSound(frame)
    })
    await sleep(clock, listenMs, signal).finally(stop)
    return heard
  }

  const waits = async (...both: readonly DeskVisit[]) => {
    const queue = await store.waiting()
    return both.every(
      visit => isWaiting(visit) && queue.some(({ id, offered }) => id === visit.call.id && !offered),
    )
  }

  async function change(visit: DeskVisit, older: DeskVisit) {
    visits.swap(visit, older)
    for (const one of [visit, older]) {
      await store.leave(one.call.id)
      if (visits.isHere(one)) await enterAgain(one)
    }
    const place = (await store.waiting()).findIndex(({ id }) => id === visit.call.id) + 1
    if (place > 0) onTaken(visit, place)
  }

  /** Somebody came to the queue. */
  return async (visit: DeskVisit): Promise<void> => {
    const number = provedCaller(visit.call)
    if (number === '') return
    const older = visits
      .all()
      .filter(one => one !== visit && isWaiting(one) && one.sinceMs < visit.sinceMs)
      .find(one => provedCaller(one.call) === number)
    if (!older) return
    const gone = AbortSignal.any([visit.gone.signal, older.gone.signal])
    const heard = await isHeard(older.call, gone).catch(() => true)
    if (!heard && (await waits(visit, older))) await change(visit, older)
  }
}
