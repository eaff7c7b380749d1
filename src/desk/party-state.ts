import { Fault } from '../foundation/index.ts'
import type { Supervising, TalkPhase } from './api.ts'

export type TalkMove =
  | 'hold'
  | 'resume'
  | 'move'
  | 'call'
  | 'consult'
  | 'brief'
  | 'swap'
  | 'join'
  | 'hold-third'
  | 'drop'

/**
 * Where a conversation can go from where it is, between a caller, the seat that has them, and a third whom the seat asks in; a move that is not named cannot be made there.
 *
 * ```mermaid
 * stateDiagram-v2
 *   talking --> held : hold
 *   talking --> moving : move
 *   talking --> calling : call
 *   held --> talking : resume
 *   held --> moving : move
 *   moving --> talking : resume
 *   moving --> held : hold
 *   calling --> consulting : consult
 *   calling --> briefing : brief
 *   calling --> talking : drop
 *   briefing --> joined : join
 *   briefing --> talking : drop
 *   consulting --> swapped : swap
 *   consulting --> joined : join
 *   consulting --> talking : drop
 *   swapped --> consulting : swap
 *   swapped --> joined : join
 *   swapped --> talking : drop
 *   joined --> consulting : hold
 *   joined --> swapped : hold-third
 *   joined --> talking : drop
 * ```
 *
 * - talking: the caller and the seat.
 * - held: the caller hears music, the seat nothing.
 * - moving: as held, while somebody else is rung for the caller. Until they answer the caller still has this seat.
 * - calling: the two talk on, while a third is rung.
 * - briefing: the two talk on, while the hotline tells the third what is known.
 * - consulting: the seat and the third talk, the caller hears music.
 * - swapped: the caller and the seat talk, the third hears music.
 * - joined: all three.
 */
export const talkMoves: Readonly<Record<TalkPhase, Readonly<Partial<Record<TalkMove, TalkPhase>>>>> = {
  talking: { hold: 'held', move: 'moving', call: 'calling' },
  held: { resume: 'talking', move: 'moving' },
  moving: { resume: 'talking', hold: 'held' },
  calling: { consult: 'consulting', brief: 'briefing', drop: 'talking' },
  briefing: { join: 'joined', drop: 'talking' },
  consulting: { swap: 'swapped', join: 'joined', drop: 'talking' },
  swapped: { swap: 'consulting', join: 'joined', drop: 'talking' },
  joined: { hold: 'consulting', 'hold-third': 'swapped', drop: 'talking' },
}

export type PartyName = 'caller' | 'seat' | 'third' | 'supervisor'

export type PartyState = {
  readonly phase: TalkPhase
  /** Whom nobody hears; they hear all the same. */
  readonly muted: ReadonlySet<'caller' | 'third'>
  readonly supervising?: Supervising
}

export const firstState: PartyState = { phase: 'talking', muted: new Set() }

/** @throws Fault `not-now` */
export function stateAfter(state: PartyState, move: TalkMove): PartyState {
  const phase = talkMoves[state.phase][move]
  if (!phase) throw notNow(`${move} while ${state.phase}`)
  const isAlone = move === 'drop'
  return {
    ...state,
    phase,
    muted: isAlone ? new Set([...state.muted].filter(one => one !== 'third')) : state.muted,
  }
}

/** Whether a third is there, to be heard or to wait. */
export const hasThird = ({ phase }: PartyState) => thirdIsHere.has(phase)
const thirdIsHere: ReadonlySet<TalkPhase> = new Set(['briefing', 'consulting', 'swapped', 'joined'])

/** Who talks with each other: the others hear music, or what the hotline says to them. */
const together: Readonly<Record<TalkPhase, readonly PartyName[]>> = {
  talking: ['caller', 'seat'],
  held: ['seat'],
  moving: ['seat'],
  calling: ['caller', 'seat'],
  briefing: ['caller', 'seat'],
  consulting: ['seat', 'third'],
  swapped: ['caller', 'seat'],
  joined: ['caller', 'seat', 'third'],
}

export type Rows = Readonly<Record<PartyName, readonly PartyName[]>>

/**
 * Who hears whom: the one matrix by which the media worker mixes. Everybody hears those of the same company who may be
 * heard, and never themselves; hold and consulting are who is in it, mute, listening and whispering who is heard of it.
 */
export function rowsOf({ phase, muted, supervising }: PartyState): Rows {
  const company = together[phase]
  const isHeardBy = (speaker: PartyName, listener: PartyName) =>
    speaker === 'supervisor'
      ? supervising === 'speaking' || (supervising === 'whispering' && listener === 'seat')
      : speaker === 'seat' || !muted.has(speaker)
  const all: readonly PartyName[] = supervising ? [...company, 'supervisor'] : company
  const rowOf = (listener: PartyName) =>
    all.includes(listener) ? all.filter(one => one !== listener && isHeardBy(one, listener)) : []
  return {
    caller: rowOf('caller'),
    seat: rowOf('seat'),
    third: rowOf('third'),
    supervisor: rowOf('supervisor'),
  }
}

/** Who is left with music: on hold, and not spoken to by the hotline. */
export const hearsMusic = ({ phase }: PartyState, party: 'caller' | 'third'): boolean =>
  !together[phase].includes(party) && !(party === 'third' && phase === 'briefing')

export const notNow = (found: string, code = 'not-now') =>
  new Fault({ code, place: 'conversation', found, expected: 'a caller and a seat that talk' })
