import { type Clock, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Call } from '../telephony/index.ts'
import { hearsMusic, notNow, type PartyName, type PartyState, rowsOf } from './party-state.ts'

export type PartiesOptions = {
  readonly call: Call
  readonly leg: Call
  /** Played, over and over, to whoever is on hold. */
  readonly music: Sound
  readonly clock: Clock
  readonly log: Log
}

/** Rows are a message to one worker; one that takes longer will not come. */
const bridgeMs = 2_000

/** @throws Fault `bridge-failed` */
export function bridgeLegs(clock: Clock, call: Call, leg: Call): Promise<void> {
  return withDeadline(clock, bridgeMs, call.bridge(leg), noBridge)
}

const noBridge = () => notNow(`no bridge within ${bridgeMs} ms`, 'bridge-failed')

export async function hangUp(call: Call, log: Log): Promise<void> {
  try {
    await call.hangup()
  } catch (error) {
    log.warn({ call: call.id, reason: reasonOf(error) }, 'hanging up failed')
  }
}

type Held = 'caller' | 'third'

/** The legs of one conversation, each of which hears what its state draws: those in its row, or music. */
export function createParties({ call, leg, music, clock, log }: PartiesOptions) {
  const legs: Partial<Record<PartyName, Call>> = { caller: call, seat: leg }
  const playing = new Map<Held, AbortController>()

  const stopMusic = (party: Held) => {
    playing.get(party)?.abort()
    playing.delete(party)
  }
  const playMusic = (party: Held) => {
    const to = legs[party]
    if (!to || playing.has(party)) return
    const stop = new AbortController()
    playing.set(party, stop)
    to.play([music], { loop: true, signal: stop.signal }).catch((error: unknown) => {
      log.warn({ call: to.id, reason: reasonOf(error) }, 'no music on hold')
    })
  }

  return {
    of: (party: PartyName) => legs[party],
    /** Another leg is in it from now on, or none. */
    put(party: 'aside' | 'third' | 'supervisor', other: Call | undefined) {
      legs[party] = other
      if (!other && party === 'third') stopMusic(party)
    },
    /** Rows and music as the state draws them: told in one breath, so that they hold from one 20 ms on. @throws Fault `bridge-failed` */
    async arrange(state: PartyState): Promise<void> {
      const rows = rowsOf(state)
      const names = Object.keys(legs) as PartyName[]
      const told = names.map(name => legs[name]?.listenTo(rows[name].flatMap(one => legs[one] ?? [])))
      for (const party of ['caller', 'third'] as const) {
        if (hearsMusic(state, party)) playMusic(party)
        else stopMusic(party)
      }
      await withDeadline(clock, bridgeMs, Promise.all(told), noBridge)
    },
    /** The seat is not there to be heard for a moment. */
    leaveAlone: () => playMusic('caller'),
    silence() {
      for (const party of [...playing.keys()]) stopMusic(party)
    },
  }
}
