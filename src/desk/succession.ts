import { type Clock, sleep } from '../foundation/index.ts'
import type { Frame } from '../media/index.ts'
import { type Call, provedCaller } from '../telephony/index.ts'
import type { QueueStore } from './queue-store.ts'
import type { DeskVisit } from './visit.ts'
import { isWaiting, type Visits } from './visits.ts'

/** DESIGN: no microphone is without any noise for this long, and a telephone that lost its network sends nothing. */
const listenMs = 2_000

/** Where no packet came, all samples of a frame are the same. */
const isSound = ({ direction, payload }: Frame) =>
  direction === 'heard' && payload.some(sample => sample !== payload[0])

type Dependencies = {
  readonly clock: Clock
  readonly visits: Pick<Visits, 'all' | 'isHere' | 'swap'>
  readonly store: Pick<QueueStore, 'waiting' | 'leave'>
  /** Puts a caller back into the queue, at the place of the INVITE that counts. */
  readonly enterAgain: (visit: DeskVisit) => Promise<unknown>
  /** Told who has taken another's place, and that place from 1. */
  readonly onTaken: (visit: DeskVisit, place: number) => void
}

/**
 * A caller who was cut off without a hangup and rings again finds an older call of theirs before them, with nobody
 * at it. If nothing is heard on the older call, the two change places; another telephone behind the number of one
 * PBX speaks, and keeps its own. The older call is not ended, since a muted telephone may send nothing.
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

  /** A caller has come to the queue. */
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
