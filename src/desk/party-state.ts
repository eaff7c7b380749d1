import { Fault, type FaultCode } from '../foundation/index.ts'
import type { Supervising, TalkPhase } from './api.ts'

export type TalkMove =
  | 'hold'
  | 'resume'
  | 'move'
  | 'call'
  | 'call-aside'
  | 'consult'
  | 'brief'
  | 'swap'
  | 'join'
  | 'hold-third'
  | 'drop'

/**
 * The phases of a conversation between a caller, the seat that has them, and a third whom the seat asks in. A move that is
 * not drawn from a phase cannot be made in it.
 *
 * ```mermaid
 * stateDiagram-v2
 *   talking --> held : hold
 *   talking --> moving : move
 *   talking --> calling : call
 *   talking --> calling : call-aside
 *   held --> talking : resume
 *   held --> moving : move
 *   held --> calling : call-aside
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
 * - moving: as held, while somebody else is rung for the caller. Until they answer, the caller still has this seat.
 * - calling: the two talk on, while a third is rung.
 * - briefing: the two talk on, while the hotline tells the third what is known.
 * - consulting: the seat and the third talk, the caller hears music.
 * - swapped: the caller and the seat talk, the third hears music.
 * - joined: all three.
 *
 * `call-aside`: the seat's own telephone rings the third by a second call (`isApart`). The caller hears music while it rings,
 * and the telephone itself changes between the two and joins them.
 */
export const talkMoves: Readonly<Record<TalkPhase, Readonly<Partial<Record<TalkMove, TalkPhase>>>>> = {
  talking: { hold: 'held', move: 'moving', call: 'calling', 'call-aside': 'calling' },
  held: { resume: 'talking', move: 'moving', 'call-aside': 'calling' },
  moving: { resume: 'talking', hold: 'held' },
  calling: { consult: 'consulting', brief: 'briefing', drop: 'talking' },
  briefing: { join: 'joined', drop: 'talking' },
  consulting: { swap: 'swapped', join: 'joined', drop: 'talking' },
  swapped: { swap: 'consulting', join: 'joined', drop: 'talking' },
  joined: { hold: 'consulting', 'hold-third': 'swapped', drop: 'talking' },
}

/** `aside`: a second call of the seat's own telephone, by which it talks to the third. */
export type PartyName = 'caller' | 'seat' | 'aside' | 'third' | 'supervisor'

export type PartyState = {
  readonly phase: TalkPhase
  /** Parties whom nobody hears; they still hear the others. */
  readonly muted: ReadonlySet<'caller' | 'third'>
  readonly supervising?: Supervising
  /** The seat's telephone has one call for each of the two. */
  readonly isApart?: boolean
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

/** Whether a third is there, in the conversation or on hold. */
export const hasThird = ({ phase }: PartyState) => thirdIsHere.has(phase)
const thirdIsHere: ReadonlySet<TalkPhase> = new Set(['briefing', 'consulting', 'swapped', 'joined'])

/** The parties who talk with each other; the others hear music, or what the hotline says to them. */
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

/**
 * The same where the telephone has one call for each: only the telephone itself carries sound from one to the
 * other.
 */
const apart: Readonly<Partial<Record<TalkPhase, readonly (readonly PartyName[])[]>>> = {
  calling: [['aside']],
  consulting: [['aside', 'third']],
  swapped: [['caller', 'seat']],
  joined: [
    ['caller', 'seat'],
    ['aside', 'third'],
  ],
}

const companiesOf = ({ phase, isApart }: PartyState): readonly (readonly PartyName[])[] =>
  (isApart ? apart[phase] : undefined) ?? [together[phase]]

export type Rows = Readonly<Record<PartyName, readonly PartyName[]>>

/**
 * Who hears whom: the one matrix by which the media worker mixes. Everybody hears the members of their own company
 * who may be heard, and never themselves. Hold and consulting decide who is in a company; mute, listening and
 * whispering decide who of it is heard.
 */
export function rowsOf(state: PartyState): Rows {
  const { muted, supervising } = state
  const companies = companiesOf(state)
  const isHeardBy = (speaker: PartyName, listener: PartyName) => {
    if (speaker === 'supervisor')
      return supervising === 'speaking' || (supervising === 'whispering' && isAgent(listener))
    return speaker === 'caller' || speaker === 'third' ? !muted.has(speaker) : true
  }
  const besideSupervisor = (company: readonly PartyName[]): readonly PartyName[] =>
    supervising && company.length > 0 ? [...company, 'supervisor'] : company
  const companyOf = (listener: PartyName) =>
    listener === 'supervisor'
      ? besideSupervisor(companies.flat())
      : besideSupervisor(companies.find(company => company.includes(listener)) ?? [])
  const rowOf = (listener: PartyName) => {
    const company = companyOf(listener)
    return company.includes(listener)
      ? company.filter(one => one !== listener && isHeardBy(one, listener))
      : []
  }
  return {
    caller: rowOf('caller'),
    seat: rowOf('seat'),
    aside: rowOf('aside'),
    third: rowOf('third'),
    supervisor: rowOf('supervisor'),
  }
}

const isAgent = (party: PartyName) => party === 'seat' || party === 'aside'

/** Whether a party is left with music: on hold, and not spoken to by the hotline. */
export const hearsMusic = (state: PartyState, party: 'caller' | 'third'): boolean =>
  !companiesOf(state).flat().includes(party) && !(party === 'third' && state.phase === 'briefing')

/**
 * The move of a telephone that has one call for each of the two, by which of them it has on hold. Undefined when
 * nothing changes: with both on hold, the conversation stays as it was.
 */
export function moveByHolds(
  { phase }: PartyState,
  holds: { readonly seat: boolean; readonly aside: boolean },
): TalkMove | undefined {
  if (holds.seat && holds.aside) return undefined
  if (phase === 'consulting') return holds.seat ? undefined : holds.aside ? 'swap' : 'join'
  if (phase === 'swapped') return holds.seat ? 'swap' : holds.aside ? undefined : 'join'
  if (phase === 'joined') return holds.seat ? 'hold' : holds.aside ? 'hold-third' : undefined
  return undefined
}

export const notNow = (found: string, code: FaultCode = 'not-now') =>
  new Fault({ code, place: 'conversation', found, expected: 'a caller and a seat that talk' })
