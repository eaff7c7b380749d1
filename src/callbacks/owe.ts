import { selectCaller } from '../callers/index.ts'
import { newId } from '../foundation/index.ts'
import type { Queries } from '../storage/index.ts'
import { type CallId, type Home, isFullNumber, normaliseNumber, selectFacts } from '../telephony/index.ts'
import { type Callback, hasNumber, isBetterProof, mostTries } from './callback.ts'
import { houseActor, limitsFrom } from './decide.ts'
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
   * @param order the latest of theirs, where it is made in this transaction and cannot be read yet
   */
  unwilling(queries: Queries, number: string, order?: ContactAgreed): Promise<Unwilling | undefined>
}

const house = houseActor.person

/** Reads calls by what is known of them: whoever was not served has a row. Reading the same again changes nothing. */
export function createOwe({ hand, home, rules, calendar, clock, unwilling }: OweDependencies) {
  async function owe(tx: Queries, calls: readonly CallId[]): Promise<void> {
    const facts = await selectFacts(tx, calls)
    const known = await knownReasons(tx, calls)
    // In one order on every node, so that two of them never wait for each other.
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
    // The latest number that they gave is the one to ring, and a message is told by its path.
    for (const loss of story.losses) await add(tx, call, story, loss, known)
    if (story.callback) await met(tx, story.callback)
    if (story.isServed) await closeServed(tx, call, story)
  }

  /** Whoever is owed it talks with us; or did, and what came of it is to be said; or was cut off, and is owed it still. */
  async function met(
    tx: Queries,
    { id, seat, metAtMs, over }: NonNullable<CallStory['callback']>,
  ): Promise<void> {
    const found = await lockCallback(tx, id)
    if (!found || found.state === 'open' || found.state === 'closed') return
    const { state, tries, takenAtMs = 0, leaseUntilMs } = found
    // Another call has it by now.
    if (metAtMs < Math.max(takenAtMs, tries.at(-1)?.atMs ?? 0)) return
    const isTheirs = state === 'talking' && found.takenBy === seat
    const happenings: CallbackHappening[] = isTheirs ? [] : [{ kind: 'met', seat }]
    const isSpared = tries.length >= mostTries(found, rules)
    if (over === 'cut-off') happenings.push({ kind: 'given-back', isSpared })
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
    // Nobody can be rung, and there is nothing to hear: the journal has the call.
    if (number === '' && loss.message === undefined) return
    const { ofNumber, ofCall } = await lockOwed(tx, { number, call })
    // It was read before, and what was owed for it is closed.
    if (known.has(loss.reason) && !ofCall) return
    const { reason, atMs, message, hasVoice } = loss
    const { invitedAtMs } = story
    const lost: Loss = { call, reason, atMs, invitedAtMs, message, hasVoice }
    const met = ofNumber ?? ofCall
    if (!met) return begin(tx, { number, proof, story, lost, toldAtMs: loss.toldAtMs })
    if (ofNumber && ofCall && ofNumber.id !== ofCall.id) await merge(tx, call, ofCall, ofNumber)
    await insertLoss(tx, met.id, lost)
    const happenings: CallbackHappening[] = []
    // A number with digits missing takes nobody's place who can be rung.
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
    // What this call alone was told is what its caller heard.
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
    // What is known of a number is for whoever proves to have it.
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
    }
    await hand.begin(tx, callback, lost, house)
  }

  const limitOf = (of: Pick<Callback, 'number' | 'proof'>) => (hasNumber(of) ? rules.limitMs : rules.findMs)

  /** The caller gave another number, to which we owe a callback already: that one takes over what this call lost. */
  async function merge(tx: Queries, call: CallId, from: Callback, to: Callback): Promise<void> {
    await moveLosses(tx, call, to.id)
    const left = await selectCallback(tx, from.id)
    if (left?.losses.length === 0) await deleteCallback(tx, from.id)
  }

  /** They rang, talked with a person, and need no call any more; whoever only says that it was they takes nobody's from them. */
  async function closeServed(tx: Queries, call: CallId, { number, isProved }: CallStory): Promise<void> {
    const { ofNumber, ofCall } = await lockOwed(tx, { number: normaliseNumber(number, home), call })
    const isTheirs = isProved || ofNumber?.proof === 'unproved'
    for (const one of new Set([isTheirs ? ofNumber : undefined, ofCall]))
      if (one) await hand.write(tx, one, [{ kind: 'closed', end: 'rang-again' }], house)
  }

  return owe
}

/** By when they heard that they are rung, the first of all that they were told. */
function firstTold({ losses }: CallStory): number | undefined {
  const times = losses.flatMap(({ toldAtMs }) => toldAtMs ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Nobody was reached there before this, and it is not time yet to ring again. */
const rests = ({ tries, notBeforeMs }: Callback, atMs: number) =>
  notBeforeMs !== undefined && notBeforeMs > atMs && (tries.at(-1)?.atMs ?? 0) < atMs

/** A name that a switchboard shows in the place of a number rings nobody. */
const proofOfShown = (shown: string, isProved: boolean): NumberProof => {
  if (shown === '') return 'withheld'
  if (!/^\+?\d+$/.test(shown)) return 'incomplete'
  return isProved ? 'rang-us' : 'unproved'
}

/** Whom to ring: what they gave, where it is another number than the one that the call showed, and can be rung. */
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
