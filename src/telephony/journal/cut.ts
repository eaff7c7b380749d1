import { type CallerPlace, type CallFact, cutPlaces } from '../api.ts'
import { placeAfter } from '../whereabouts.ts'

/** Where somebody was when their call was cut off by the death of its process. */
export type CutPlace = (typeof cutPlaces)[number]
export type CutCalls = Readonly<Record<CutPlace, number>>

/** What is known of a call that was cut off; undefined of a seat's leg, which is nobody's place. */
export function cutOf(facts: readonly CallFact[]): Extract<CallFact, { kind: 'cut' }> | undefined {
  let place: CallerPlace | undefined
  let leavesWords = false
  for (const fact of facts) {
    place = placeAfter(place, fact)
    // Words are recorded until the flow goes on.
    if (fact.kind === 'recording') leavesWords = true
    else if (fact.kind === 'flow' || fact.kind === 'queued') leavesWords = false
  }
  if (!place) return undefined
  if (place.at === 'flow')
    return { kind: 'cut', at: leavesWords ? 'message' : 'flow', flow: place.flow, state: place.state }
  return { kind: 'cut', at: place.at }
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
