import { hearEachOther, hearNobody, hearOnly } from '../matrix.ts'
import { wantSound } from './hearing.ts'
import { type FrameListener, type Leg, repeatRow } from './leg.ts'
import { stopPlay } from './speaking.ts'

/** Hands both sides of every tick to `listener`, until taken off. */
export function listenTo(leg: Leg, listener: FrameListener): () => void {
  leg.listeners.add(listener)
  wantSound(leg.hearing)
  return () => void leg.listeners.delete(listener)
}

/** Lets two legs hear each other, whatever they were doing before. */
export function joinLegs(one: Leg, other: Leg): void {
  rearrange([one, other], () => hearEachOther(one, other))
  for (const leg of [one, other]) stopPlay(leg.speaking, 'stopped')
}

/** Lets a leg hear these and nobody else; what plays to it goes on where that is nobody. */
export function hearLegs(leg: Leg, whom: readonly Leg[]): void {
  rearrange([leg, ...whom], () => hearOnly(leg, whom))
  if (leg.hears.length > 0) stopPlay(leg.speaking, 'stopped')
}

/** Nobody hears this leg, and it hears nobody. */
export function partLeg(leg: Leg): void {
  if (leg.hears.length > 0 || leg.heardBy.length > 0) rearrange([leg], () => hearNobody(leg))
}

/** Whoever had to do with one of these, and whoever has now, goes by the rows that they have after it. */
function rearrange(legs: readonly Leg[], change: () => void): void {
  const touched = new Set(legs.flatMap(leg => [leg, ...leg.hears, ...leg.heardBy]))
  change()
  for (const leg of touched) {
    // Whoever was silent while somebody talked to them begins anew, and so does who is talked to now.
    leg.hearing.isAlive = true
    repeatRow(leg)
    if (leg.heardBy.length > 0) wantSound(leg.hearing)
  }
}
