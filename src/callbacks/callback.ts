import type { Calendar } from '../city/index.ts'
import type { Id } from '../foundation/index.ts'
import type { CallbackEnd, CallbackState, CallbackView } from './api.ts'
import { callbackMoves } from './callback-state.ts'
import { fault } from './faults.ts'
import type { CallbackHappening, Loss, NumberProof, Try, Unwilling } from './happening.ts'
import { quietUntil } from './night.ts'
import type { CallbackRules } from './rules.ts'

export type CallbackId = Id<'back'>

/** A callback in its present state; its row holds everything but the losses. */
export type Callback = {
  readonly id: CallbackId
  readonly seq: number
  readonly state: CallbackState
  readonly end?: CallbackEnd
  /** In E.164 if possible; empty if unknown. */
  readonly number: string
  readonly proof: NumberProof
  readonly unwilling?: Unwilling
  readonly invitedAtMs: number
  readonly owedAtMs: number
  /** The limit of the first attempt, by which keeping is judged; absent without a number to ring. */
  readonly promisedAtMs?: number
  /** The time by which they were told that they would be rung; absent if none was told. */
  readonly toldAtMs?: number
  readonly yellowAtMs: number
  readonly redAtMs: number
  readonly notBeforeMs?: number
  readonly warned?: 'yellow' | 'red'
  readonly losses: readonly Loss[]
  readonly elder: boolean
  readonly language: string
  readonly called: string
  readonly tries: readonly Try[]
  readonly takenBy?: string
  readonly takenAtMs?: number
  /** When its holder loses it; absent while they talk. */
  readonly leaseUntilMs?: number
  /** They talked with us since they were last rung or lost, and what came of it was not said. */
  readonly hasTalked: boolean
  readonly order?: string
  readonly endedAtMs?: number
}

type When = {
  readonly atMs: number
  readonly by: string
  readonly rules: Pick<CallbackRules, 'takenMs' | 'ringingMs'>
}

/** The fields of a callback that nobody holds. */
const free = { takenBy: undefined, takenAtMs: undefined, leaseUntilMs: undefined } as const

/** Applies an event. @throws Fault `callback-history` if it cannot happen in this state */
export function happened(
  before: Callback,
  happening: CallbackHappening,
  { atMs, by, rules }: When,
): Callback {
  const state = callbackMoves[before.state][happening.kind]
  if (state === undefined)
    throw fault(
      'callback-history',
      'callback',
      `${happening.kind} while it is ${before.state}`,
      'a move of the table',
    )
  const after: Callback = { ...before, state, seq: before.seq + 1 }
  switch (happening.kind) {
    case 'lost-again':
      return {
        ...after,
        invitedAtMs: Math.min(before.invitedAtMs, happening.invitedAtMs),
        elder: before.elder || happening.elder,
        toldAtMs: earlier(before.toldAtMs, happening.toldAtMs),
        hasTalked: false,
        ...(happening.due && { notBeforeMs: undefined, warned: undefined, ...happening.due }),
      }
    case 'told':
      return { ...after, toldAtMs: happening.toldAtMs }
    case 'moved':
      return {
        ...after,
        number: happening.number,
        proof: happening.proof,
        ...(happening.due && { warned: undefined, promisedAtMs: happening.due.redAtMs, ...happening.due }),
      }
    case 'unwilling':
      return { ...after, unwilling: happening.why }
    case 'taken':
      return { ...after, takenBy: by, takenAtMs: atMs, leaseUntilMs: atMs + rules.takenMs }
    case 'given-back':
      return {
        ...after,
        ...free,
        hasTalked: before.hasTalked && !happening.isMissed,
        tries: happening.isSpared ? before.tries.slice(0, -1) : before.tries,
      }
    case 'rung': {
      const leaseUntilMs = atMs + rules.ringingMs
      return { ...after, hasTalked: false, tries: [...before.tries, { atMs, by }], leaseUntilMs }
    }
    case 'not-rung':
      return { ...after, ...free, tries: before.tries.slice(0, -1) }
    case 'unanswered': {
      const { notBeforeMs, yellowAtMs, redAtMs } = happening
      const leaseUntilMs = atMs + rules.takenMs
      return { ...after, leaseUntilMs, warned: undefined, notBeforeMs, yellowAtMs, redAtMs }
    }
    case 'met':
      return { ...after, hasTalked: true, takenBy: happening.seat ?? before.takenBy, leaseUntilMs: undefined }
    case 'parted':
      return { ...after, leaseUntilMs: atMs + rules.takenMs }
    case 'nobody': {
      const { notBeforeMs, yellowAtMs, redAtMs } = happening
      const tries = before.state === 'taken' ? [...before.tries, { atMs, by }] : before.tries
      return {
        ...after,
        ...free,
        hasTalked: false,
        warned: undefined,
        tries,
        notBeforeMs,
        yellowAtMs,
        redAtMs,
      }
    }
    case 'warned':
      return { ...after, warned: happening.light }
    case 'closed': {
      const { end, order, isTry } = happening
      const tries = isTry ? [...before.tries, { atMs, by }] : before.tries
      return { ...after, end, order, tries, endedAtMs: atMs }
    }
    case 'forgotten':
      return { ...after, end: 'forgotten', number: '', proof: 'withheld', losses: [] }
    default:
      return after
  }
}

/** The earliest promised time holds. */
const earlier = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)

/** Whether somebody vouches for the number; otherwise it may be a stranger's. */
const isVouched = (proof: NumberProof) => proof !== 'keyed' && proof !== 'unproved'

const proofs: readonly NumberProof[] = ['withheld', 'incomplete', 'keyed', 'unproved', 'rang-us']
/** Whether one proof is stronger than the other: a later call can prove a number that was only stated before. */
export const isBetterProof = (one: NumberProof, other: NumberProof) =>
  proofs.indexOf(one) > proofs.indexOf(other)

/**
 * Whether there is a number that can be rung. If not, a person looks for it, and no promise counts as kept or
 * missed.
 */
export const hasNumber = ({ number, proof }: Pick<Callback, 'number' | 'proof'>) =>
  number !== '' && proof !== 'incomplete' && proof !== 'withheld'

/** How often they may be rung in all. */
export const mostTries = ({ proof }: Pick<Callback, 'proof'>, rules: CallbackRules) =>
  isVouched(proof) ? rules.tries : Math.min(rules.keyedTries, rules.tries)

/** Who may ring, and why: a machine rings numbers that rang us; a person, those that were only keyed or stated. */
export function ringingOf({
  number,
  proof,
  unwilling,
  losses,
  hasTalked,
}: Pick<Callback, 'number' | 'proof' | 'unwilling' | 'losses' | 'hasTalked'>): CallbackView['ringing'] {
  if (number === '') return { by: 'nobody', because: 'withheld' }
  // The city does not ring such numbers, whatever was asked. An incomplete number is reported as such instead.
  if (unwilling === 'out-of-reach' && proof !== 'incomplete') return { by: 'nobody', because: unwilling }
  // Somebody who wants no calls of ours, or none about their order, but then asks for this callback, wants it.
  const isAsked = losses.some(({ reason }) => reason === 'asked' || reason === 'message')
  if (unwilling && !isAsked) return { by: 'nobody', because: unwilling }
  if (proof === 'incomplete' || proof === 'withheld') return { by: 'nobody', because: proof }
  if (unwilling) return { by: 'person', because: unwilling }
  if (!isVouched(proof)) return { by: 'person', because: proof }
  // None can tell but by asking whether they were served.
  return hasTalked ? { by: 'person', because: 'talked' } : { by: 'anyone', because: proof }
}

export const lightOf = ({ state, yellowAtMs, redAtMs }: Callback, nowMs: number) =>
  state === 'closed' || nowMs < yellowAtMs ? 'green' : nowMs < redAtMs ? 'yellow' : 'red'

/** The view for pages, programs and the terminal. */
export function viewOf(
  callback: Callback,
  {
    rules,
    calendar,
    nowMs,
  }: { readonly rules: CallbackRules; readonly calendar: Calendar; readonly nowMs: number },
): CallbackView {
  const { id, state, end, number, invitedAtMs, owedAtMs, losses, elder, language, called, tries } = callback
  const isClosed = state === 'closed'
  return {
    id,
    state,
    end,
    number,
    ringing: ringingOf(callback),
    invitedAtMs: Math.round(invitedAtMs),
    owedAtMs,
    dueAtMs: isClosed ? undefined : callback.redAtMs,
    toldAtMs: callback.toldAtMs,
    light: lightOf(callback, nowMs),
    quietUntilMs: isClosed ? undefined : quietUntil(callback, nowMs, rules, calendar),
    notBeforeMs: isClosed ? undefined : callback.notBeforeMs,
    reasons: [...new Set(losses.map(({ reason }) => reason))],
    losses: losses.map(({ message, ...loss }) => ({
      ...loss,
      hasMessage: message !== undefined,
      hasVoice: message === undefined ? undefined : loss.hasVoice,
    })),
    elder,
    language,
    called,
    tries,
    triesLeft: isClosed ? 0 : Math.max(0, mostTries(callback, rules) - tries.length),
    takenBy: callback.takenBy,
    takenAtMs: callback.takenAtMs,
    order: callback.order,
    endedAtMs: callback.endedAtMs,
  }
}
