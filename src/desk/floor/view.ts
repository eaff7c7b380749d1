import type { CallUp } from '../../telephony/index.ts'
import type { Desk } from '../desk.ts'
import { type CallQueue, headMs } from '../queue.ts'
import type { FloorCall, FloorNow } from './api.ts'

/** Calls shown at most: what a screen has room for, and what can be sent each second. */
const mostShown = 200

/** What the view of the floor is made from. */
export type FloorParts = {
  readonly desk: Pick<Desk, 'seats' | 'figures' | 'at' | 'unattended' | 'countsAhead'>
  readonly queue: CallQueue
  readonly calls: readonly CallUp[]
  readonly places: FloorNow['places']
  readonly hasCaptions: (call: string) => boolean
  /** Masks a number for the many who see it. */
  readonly mask: (number: string) => string
  readonly nowMs: number
}

export function floorNow({ desk, queue, calls, places, hasCaptions, mask, nowMs }: FloorParts): FloorNow {
  const { waiting, waitingSinceMs } = desk.figures()
  const seats = desk.seats()
  const numbers = new Map(calls.map(({ id, number }): [string, string] => [id, mask(number)]))
  return {
    nowMs,
    waiting,
    waitingSinceMs,
    seats,
    talks: seats.flatMap(({ name }) => {
      const talk = desk.at(name)
      if (!talk) return []
      const { call, reason, phase, parties } = talk
      const { third, supervisor, helpSinceMs, awaySinceMs } = parties
      const number = numbers.get(call.id) ?? ''
      return [
        {
          seat: name,
          call: call.id,
          number,
          reason,
          phase,
          third: third?.name,
          supervisor,
          helpSinceMs,
          awaySinceMs,
        },
      ]
    }),
    unattended: [...desk.unattended()].map(([call, since]) => ({
      call,
      number: numbers.get(call) ?? '',
      ...since,
    })),
    calls: inOrder(calls, queue, desk.countsAhead)
      .slice(0, mostShown)
      .map(call => ({ ...call, number: numbers.get(call.id) ?? '', hasCaptions: hasCaptions(call.id) })),
    callsUp: calls.length,
    places,
  }
}

/**
 * Waiting callers in the order of the queue, with the places that they are told; then those who talk; then the
 * others, oldest first.
 */
function inOrder(
  calls: readonly CallUp[],
  queue: CallQueue,
  countsAhead: Desk['countsAhead'],
): readonly Omit<FloorCall, 'hasCaptions' | 'number'>[] {
  const up = new Map(calls.map((call): [string, CallUp] => [call.id, call]))
  let ahead = 0
  const waiting = queue.flatMap(waits => {
    const call = up.get(waits.id)
    const queuePlace = ahead + 1
    if (countsAhead(waits)) ahead++
    if (!call) return []
    const isAtHead = waits.rankMs === headMs
    return [
      {
        ...shown(call),
        waitingSinceMs: waits.sinceMs,
        queuePlace,
        seat: call.seat ?? waits.seat,
        aheadMs: isAtHead ? undefined : Math.max(0, waits.sinceMs - waits.rankMs),
        isAtHead: isAtHead || undefined,
        skills: waits.skills,
      },
    ]
  })
  const waitingIds = new Set<string>(waiting.map(({ id }) => id))
  const others = calls.filter(({ id }) => !waitingIds.has(id))
  const isWithPerson = ({ place: { at } }: CallUp) => at !== 'flow' && at !== 'ringing'
  return [
    ...waiting,
    ...others.filter(isWithPerson).map(shown),
    ...others.filter(call => !isWithPerson(call)).map(shown),
  ]
}

const shown = ({ number: _, invitedAtMs, ...call }: CallUp) => ({
  ...call,
  waitingSinceMs: invitedAtMs,
})
