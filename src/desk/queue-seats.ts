import type { Seat } from './seat.ts'
import type { QueueSeat } from './skills.ts'

/**
 * The seats that take calls as the queue sees them, also while they have a call. The list is replaced only when
 * something that the queue asks about changes: three hundred seats change a million times a day.
 */
export function createQueueSeats() {
  const seats = new Map<string, QueueSeat>()
  let list: readonly QueueSeat[] | undefined

  return {
    all: (): readonly QueueSeat[] => {
      list ??= [...seats.values()]
      return list
    },
    /** @param seat undefined once it is removed */
    follow(name: string, seat: Seat | undefined) {
      const before = seats.get(name)
      const next = seat && queueSeatOf(seat)
      if (before && next && isSame(before, next)) return
      if (next) seats.set(name, next)
      else if (!seats.delete(name)) return
      list = undefined
    },
  }
}

const queueSeatOf = ({ name, skills, turn, state, standing, isLeading }: Seat): QueueSeat | undefined =>
  standing.kind === 'calls' ? { name, skills, turn, isReady: state === 'ready', isLeading } : undefined

const isSame = (one: QueueSeat, other: QueueSeat) =>
  one.isReady === other.isReady &&
  one.isLeading === other.isLeading &&
  one.turn === other.turn &&
  one.skills === other.skills
