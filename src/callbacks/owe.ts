import { selectCaller } from '../callers/index.ts'
import { newId } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'
import { type CallId, type Home, isFullNumber, normaliseNumber, selectFacts } from '../telephony/index.ts'
import { type Callback, hasNumber, isBetterProof } from './callback.ts'
import { cutOff, houseActor, limitsFrom } from './decide.ts'
import type { Hand, HandDependencies } from './hand.ts'
import type { CallbackHappening, ContactAgreed, Loss, NumberProof, Unwilling } from './happening.ts'
import { type CallStory, type StoryLoss, storyOf } from './loss.ts'
import {
  deleteCallback,
  insertLoss,
  knownReasons,
  lockCallback,
  lockOwed,
  moveLosses,
  selectCallback,
} from './store.ts'

export type OweDependencies = HandDependencies & {
  readonly hand: Hand
  readonly home: Home
  /**
   * Why a number is not to be rung, as far as other rooms know.
   * @param order the caller's latest order, if it is being made in this transaction and cannot be read yet
   */
  unwilling(queries: Queries, number: string, order?: ContactAgreed): Promise<Unwilling | undefined>
}

const house = houseActor.person

/**
 * Derives callbacks from calls' facts: each caller who was not served has a row. Reading the same facts again
 * changes nothing.
 */
export function createOwe({ hand, home, rules, calendar, clock, unwilling }: OweDependencies) {
  async function owe(tx: Queries, calls: readonly CallId[]): Promise<void> {
    const facts = await selectFacts(tx, calls)
    const known = await knownReasons(tx, calls)
    // In the same order on every node, so that no two deadlock.
    for (const call of calls.toSorted()) {
      const story = storyOf(facts.get(call) ?? [], rules.abandonedMs)
      if (story) await take(tx, call, story, known.get(call) ?? new Set())
    }
  }

  async function take(
    tx: Queries,
    call: CallId,
    story: CallStory,
    known: ReadonlySet<string>,
  ): Promise<void> {
    // One after the other: the latest number given is the one to ring, and messages differ by their path.
    for (const loss of story.losses) await add(tx, call, story, loss, known)
    if (story.callback) await met(tx, story.callback)
    if (story.isServed) await closeServed(tx, call, story)
  }

  /**
   * Updates the callback that a call served: they are talking, or the outcome is to be entered, or they were cut
   * off and are still owed it.
   */
  async function met(
    tx: Queries,
    { id, seat, metAtMs, over }: NonNullable<CallStory['callback']>,
  ): Promise<void> {
    const found = await lockCallback(tx, id)
    if (!found || found.state === 'open' || found.state === 'closed') return
    const { state, tries, takenAtMs = 0, leaseUntilMs } = found
    // It has been given to another call since.
    if (metAtMs < Math.max(takenAtMs, tries.at(-1)?.atMs ?? 0)) return
    const isTheirs = state === 'talking' && found.takenBy === seat
    const happenings: CallbackHappening[] = isTheirs ? [] : [{ kind: 'met', seat }]
    if (over && over !== 'parted') happenings.push(cutOff(found, rules, over === 'missed'))
    else if (over && (state !== 'talking' || leaseUntilMs === undefined)) happenings.push({ kind: 'parted' })
    await hand.write(tx, found, happenings, house)
  }

  async function add(
    tx: Queries,
    call: CallId,
    story: CallStory,
    loss: StoryLoss,
    known: ReadonlySet<string>,
  ) {
    const { number, proof } = numberOf(story, loss, home)
    // Without a number to ring or a message to hear there is nothing to do; the call is in the journal.
    if (number === '' && loss.message === undefined) return
    const { ofNumber, ofCall } = await lockOwed(tx, { number, call })
    // The call was read before, and its callback is closed.
    if (known.has(loss.reason) && !ofCall) return
    const { reason, atMs, message, hasVoice } = loss
    const { invitedAtMs } = story
    const lost: Loss = { call, reason, atMs, invitedAtMs, message, hasVoice }
    const met = ofNumber ?? ofCall
    if (!met) return begin(tx, { number, proof, story, lost, toldAtMs: loss.toldAtMs })
    if (ofNumber && ofCall && ofNumber.id !== ofCall.id) await merge(tx, call, ofCall, ofNumber)
    await insertLoss(tx, met.id, lost)
    const happenings: CallbackHappening[] = []
    // An incomplete number never replaces one that can be rung.
    const isOther =
      met.number !== number && number !== '' && (hasNumber({ number, proof }) || !hasNumber(met))
    const limits = (of: Pick<Callback, 'number' | 'proof'>) =>
      limitsFrom(Math.round(atMs), { rules, calendar }, invitedAtMs, limitOf(of))
    if (isOther || isBetterProof(proof, met.proof)) {
      const isFirst = !hasNumber(met) && hasNumber({ number, proof })
      happenings.push({ kind: 'moved', number, proof, due: isFirst ? limits({ number, proof }) : undefined })
    }
    if (isOther) {
      const why = await unwilling(tx, number)
      if (why !== met.unwilling) happenings.push({ kind: 'unwilling', why })
    }
    if (!met.losses.some(one => one.call === call && one.reason === reason))
      happenings.push({
        kind: 'lost-again',
        reason,
        invitedAtMs: lost.invitedAtMs,
        elder: story.isElder,
        toldAtMs: loss.toldAtMs,
        due: rests(met, atMs) ? limits(met) : undefined,
      })
    // If all losses are of this call, the time told in it is the one that its caller heard.
    else if (met.losses.every(one => one.call === call)) {
      const toldAtMs = firstTold(story)
      if (toldAtMs !== met.toldAtMs) happenings.push({ kind: 'told', toldAtMs })
    }
    await hand.write(tx, met, happenings, house)
  }

  async function begin(
    tx: Queries,
    {
      number,
      proof,
      story,
      lost,
      toldAtMs,
    }: {
      readonly number: string
      readonly proof: NumberProof
      readonly story: CallStory
      readonly lost: Loss
      readonly toldAtMs?: number
    },
  ): Promise<void> {
    // What is known of a number applies only if it is proved.
    const marks = number === '' || proof === 'unproved' ? undefined : await selectCaller(tx, number)
    const owedAtMs = Math.round(lost.atMs)
    const limitMs = limitOf({ number, proof })
    const limits = limitsFrom(owedAtMs, { rules, calendar }, lost.invitedAtMs, limitMs)
    const callback: Callback = {
      id: newId('back', clock.now()),
      seq: 0,
      state: 'open',
      number,
      proof,
      unwilling: number === '' ? undefined : await unwilling(tx, number),
      invitedAtMs: lost.invitedAtMs,
      owedAtMs,
      promisedAtMs: hasNumber({ number, proof }) ? limits.redAtMs : undefined,
      toldAtMs,
      ...limits,
      losses: [lost],
      elder: story.isElder || marks?.elder === true,
      language: marks?.language ?? story.language,
      called: story.called,
      tries: [],
      hasTalked: false,
    }
    await hand.begin(tx, callback, lost, house)
  }

  const limitOf = (of: Pick<Callback, 'number' | 'proof'>) => (hasNumber(of) ? rules.limitMs : rules.findMs)

  /** The caller gave another number that already has a callback: it takes over this call's losses. */
  async function merge(tx: Queries, call: CallId, from: Callback, to: Callback): Promise<void> {
    await moveLosses(tx, call, to.id)
    const left = await selectCallback(tx, from.id)
    if (left?.losses.length === 0) await deleteCallback(tx, from.id)
  }

  /**
   * Closes the callback of somebody who rang and talked with a person. A caller who only claims the number does not
   * close its owner's callback.
   */
  async function closeServed(tx: Queries, call: CallId, { number, isProved }: CallStory): Promise<void> {
    const { ofNumber, ofCall } = await lockOwed(tx, { number: normaliseNumber(number, home), call })
    const isTheirs = isProved || ofNumber?.proof === 'unproved'
    for (const one of new Set([isTheirs ? ofNumber : undefined, ofCall]))
      if (one) await hand.write(tx, one, [{ kind: 'closed', end: 'rang-again' }], house)
  }

  return owe
}

/** The earliest time that they were told. */
function firstTold({ losses }: CallStory): number | undefined {
  const times = losses.flatMap(({ toldAtMs }) => toldAtMs ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** An attempt before this call reached nobody, and the next is not due yet. */
const rests = ({ tries, notBeforeMs }: Callback, atMs: number) =>
  notBeforeMs !== undefined && notBeforeMs > atMs && (tries.at(-1)?.atMs ?? 0) < atMs

/** A name that a switchboard shows instead of a number cannot be rung. */
const proofOfShown = (shown: string, isProved: boolean): NumberProof => {
  if (shown === '') return 'withheld'
  if (!/^\+?\d+$/.test(shown)) return 'incomplete'
  return isProved ? 'rang-us' : 'unproved'
}

/** The number to ring: the one they gave, if it differs from the one shown and can be rung. */
function numberOf(
  { number: caller, isProved }: CallStory,
  { number: given }: StoryLoss,
  home: Home,
): { readonly number: string; readonly proof: NumberProof } {
  const shown = normaliseNumber(caller, home)
  const keyed = given === undefined || given === caller ? shown : normaliseNumber(given, home)
  const isShown = keyed === shown || (!isFullNumber(keyed) && isFullNumber(shown))
  if (isShown) return { number: shown, proof: proofOfShown(shown, isProved) }
  return { number: keyed, proof: isFullNumber(keyed) ? 'keyed' : 'incomplete' }
}
