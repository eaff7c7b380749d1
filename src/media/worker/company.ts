import { wantSound } from './hearing.ts'
import type { FrameListener, Leg } from './leg.ts'
import { repeatFrom, stopPlay } from './speaking.ts'

/** Hands both sides of every tick to `listener`, until taken off. */
export function listenTo(leg: Leg, listener: FrameListener): () => void {
  leg.listeners.add(listener)
  wantAsNeeded(leg)
  return () => {
    leg.listeners.delete(listener)
    wantAsNeeded(leg)
  }
}

/** Lets two legs hear each other, whatever they were doing before. */
export function joinLegs(one: Leg, other: Leg): void {
  for (const leg of [one, other]) {
    partLeg(leg)
    stopPlay(leg.speaking, 'stopped')
  }
  face(one, other)
  face(other, one)
}

/** Ends the bridge that this leg is in, if any, for both. */
export function partLeg(leg: Leg): void {
  if (!leg.partner) return
  face(leg.partner, undefined)
  face(leg, undefined)
}

function face(leg: Leg, partner: Leg | undefined): void {
  leg.partner = partner
  // Whoever was silent while somebody talked to them begins anew, and so does who is talked to now.
  leg.hearing.isAlive = true
  repeatFrom(leg.speaking, partner?.hearing)
  wantAsNeeded(leg)
}

function wantAsNeeded(leg: Leg): void {
  wantSound(leg.hearing, leg.partner !== undefined || leg.listeners.size > 0)
}
