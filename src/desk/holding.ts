import type { Clock } from '../foundation/index.ts'

/** Between a node's taking the desk and its knowing what seats are: a caller is offered to none of them wrongly for long. */
const everyMs = 1_000

/**
 * Nodes that share a database take turns at the desk: whoever has it owns what is written of seats, in `seats` and in
 * `seat_states`. The others write nothing, since a seat that is idle in their memory talks in another's.
 */
export function watchHolding({
  clock,
  holds,
  onTaken,
  onLost,
}: {
  readonly clock: Clock
  readonly holds: () => boolean
  /** What another wrote meanwhile is newer than what is known here. */
  readonly onTaken: () => void
  readonly onLost: () => void
}): { close(): void } {
  let held = holds()
  const look = () => {
    stop = clock.after(everyMs, look)
    const isHeld = holds()
    if (isHeld === held) return
    held = isHeld
    if (isHeld) onTaken()
    else onLost()
  }
  let stop = clock.after(everyMs, look)
  return { close: () => stop() }
}
