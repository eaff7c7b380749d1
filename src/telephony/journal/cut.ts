import { type CallerPlace, type CallFact, cutPlaces } from '../api.ts'
import type { TimedFact } from '../journal.ts'
import { placeAfter } from '../place.ts'

/** Where somebody was when their call was cut off: their process died, or had to stop. */
export type CutPlace = (typeof cutPlaces)[number]
export type CutCalls = Readonly<Record<CutPlace, number>>

export type Cut = Extract<CallFact, { kind: 'cut' }>

/** As much of a call's way as one has to know to say where it is cut off. */
export type Trace = {
  readonly place: CallerPlace | undefined
  /** Words are recorded until the flow goes on. */
  readonly leavesWords: boolean
}

export const nowhere: Trace = { place: undefined, leavesWords: false }

export const traceAfter = ({ place, leavesWords }: Trace, fact: CallFact): Trace => ({
  place: placeAfter(place, fact),
  leavesWords: fact.kind === 'recording' || (leavesWords && fact.kind !== 'flow' && fact.kind !== 'queued'),
})

/** What is written of a call that is cut off; undefined of a seat's leg, which is nobody's place. */
export function cutAt({ place, leavesWords }: Trace): Cut | undefined {
  if (!place) return undefined
  if (place.at === 'flow')
    return { kind: 'cut', at: leavesWords ? 'message' : 'flow', flow: place.flow, state: place.state }
  return { kind: 'cut', at: place.at }
}

export const cutOf = (facts: readonly CallFact[]): Cut | undefined => cutAt(facts.reduce(traceAfter, nowhere))

/** What ends a call whose process died. */
export const died: Extract<CallFact, { kind: 'ended' }> = {
  kind: 'ended',
  by: 'failure',
  reason: 'process-died',
}

const isDeath = (fact: CallFact) => fact.kind === 'ended' && fact.reason === died.reason

/**
 * A call whose node was taken for dead, as it was: what that node had on its disk came after another had judged by the
 * facts that it knew, and overtakes the judgement. Where no end is among it, the call was cut off at its last fact.
 */
export function asItWas(facts: readonly TimedFact[]): readonly TimedFact[] {
  const deathAt = facts.findIndex(({ fact }) => isDeath(fact))
  if (deathAt < 0 || deathAt === facts.length - 1) return facts
  const known = facts.filter(({ fact }) => fact.kind !== 'cut' && !isDeath(fact))
  const last = known.at(-1)
  if (!last || known.some(({ fact }) => fact.kind === 'ended')) return known
  const cut = cutOf(known.map(({ fact }) => fact))
  return [...known, ...[...(cut ? [cut] : []), died].map(fact => ({ atMs: last.atMs, fact }))]
}

export const countCuts = (cuts: readonly { readonly at: CutPlace }[]): CutCalls => {
  const count = (place: CutPlace) => cuts.filter(({ at }) => at === place).length
  return Object.fromEntries(cutPlaces.map(place => [place, count(place)])) as CutCalls
}

/** Each place in words, in Chinese and in English. */
export const cutWords: Readonly<Record<CutPlace, readonly [zh: string, en: string]>> = {
  queue: ['排队', 'in the queue'],
  offered: ['正在转接', 'being put through'],
  talking: ['通话中', 'talking'],
  held: ['保持中', 'on hold'],
  outside: ['已转出', 'handed over'],
  message: ['留言中', 'leaving a message'],
  flow: ['语音导航中', 'in a flow'],
  ringing: ['未接通', 'not answered yet'],
}

/** Who was on the line when the process before this one died, for a person; empty where nobody was. */
export function cutText(cuts: CutCalls): string {
  const some = cutPlaces.filter(place => cuts[place] > 0)
  if (some.length === 0) return ''
  const zh = some.map(place => `${cutWords[place][0]} ${cuts[place]}`).join('、')
  const en = some.map(place => `${cuts[place]} ${cutWords[place][1]}`).join(', ')
  return `上次中断时的来电：${zh} / cut off when the last run died: ${en}`
}
