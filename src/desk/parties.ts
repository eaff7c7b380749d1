import { type Clock, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Sound } from '../media/index.ts'
import type { Call } from '../telephony/index.ts'
import { hearsMusic, notNow, type PartyName, type PartyState, rowsOf } from './party-state.ts'

export type PartiesOptions = {
  readonly call: Call
  readonly leg: Call
  /** Played in a loop to parties on hold. */
  readonly music: Sound
  /** Words for those who talk to a seat whose network is lost; when absent they hear music alone. */
  readonly sorry?: (to: Call) => Promise<readonly Sound[]>
  readonly clock: Clock
  readonly log: Log
}

/** Rows are one message to one worker; one that takes longer will not come. */
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
/** What a party hears for a seat that is away: words and music in its place, or words over those who are there. */
type StandIn = 'alone' | 'beside'

/** The words are repeated in the music this far apart and this often; a seat that is away for longer is given up before. */
const sorryEveryMs = 20_000
const sorries = 8

/** The legs of one conversation. Each hears what the state says: the parties in its row, or music. */
export function createParties({ call, leg, music, sorry, clock, log }: PartiesOptions) {
  const legs: Partial<Record<PartyName, Call>> = { caller: call, seat: leg }
  const playing = new Map<Held, AbortController>()
  const standIns = new Map<Held, StandIn>()
  const away = new Set<PartyName>()

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

  const standIn = async (to: Call, party: Held, how: StandIn) => {
    const words = (await sorry?.(to).catch(() => [])) ?? []
    if (legs[party] !== to || standIns.get(party) !== how) return
    if (how === 'beside') return to.announce(words)
    const times = Math.ceil(sorryEveryMs / music.durationMs)
    const once = [...words, ...Array.from({ length: times }, () => music)]
    to.interject(Array.from({ length: sorries }, () => once).flat())
  }
  /** Plays over what is heard, so that a seat that is back is heard at once and no rows have to change. */
  const fillIn = (state: PartyState) => {
    const rows = rowsOf(state)
    const isLost = (one: PartyName) => one !== 'third' && away.has(one)
    for (const party of ['caller', 'third'] as const) {
      const to = legs[party]
      const isLeft = rows[party].some(isLost)
      const how = !isLeft ? undefined : rows[party].every(isLost) ? 'alone' : 'beside'
      const before = standIns.get(party)
      if (!to || how === before) continue
      if (before === 'alone') to.interject([])
      if (how) standIns.set(party, how)
      else standIns.delete(party)
      if (how) void standIn(to, party, how)
    }
  }

  return {
    of: (party: PartyName) => legs[party],
    /** Sets or removes a leg. */
    put(party: 'aside' | 'third' | 'supervisor', other: Call | undefined) {
      legs[party] = other
      if (other) return
      away.delete(party)
      if (party !== 'third') return
      stopMusic(party)
      standIns.delete(party)
    },
    /**
     * Sets rows and music for a state. All are sent together, so that they hold from the same 20 ms frame on.
     * @throws Fault `bridge-failed`
     */
    async arrange(state: PartyState): Promise<void> {
      const rows = rowsOf(state)
      const names = Object.keys(legs) as PartyName[]
      const told = names.map(name => legs[name]?.listenTo(rows[name].flatMap(one => legs[one] ?? [])))
      for (const party of ['caller', 'third'] as const) {
        if (hearsMusic(state, party)) playMusic(party)
        else stopMusic(party)
      }
      fillIn(state)
      await withDeadline(clock, bridgeMs, Promise.all(told), noBridge)
    },
    /** Their telephone sends no media, or sends again. @returns whether that is news */
    note(party: 'seat' | 'aside' | 'third', isAway: boolean, state: PartyState): boolean {
      if (away.has(party) === isAway) return false
      if (isAway) away.add(party)
      else away.delete(party)
      fillIn(state)
      return true
    },
    silence() {
      for (const party of [...playing.keys()]) stopMusic(party)
      for (const [party, how] of standIns) if (how === 'alone') legs[party]?.interject([])
      standIns.clear()
    },
  }
}
