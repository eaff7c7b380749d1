/** Something that is known of the last so many; the oldest goes. */
const remembered = 200
/** Too few say nothing. */
const fewest = 10
/** DESIGN: a shorter wait needs no number; of a longer one nobody knows. */
const leastMinutes = 2
const mostMinutes = 60

export type WaitFigures = {
  /** Callers who were told an estimate, and of those, who were answered: only then is the error known. */
  readonly told: number
  readonly measured: number
  /** Of the last ones, how far what they were first told was from what it was; absent before there is one. */
  readonly medianErrorMs?: number
  readonly p90ErrorMs?: number
}

/**
 * An honest estimate of the wait: the k-th in the queue is answered when k seats have come free, less those ahead who
 * give up. Seats come free at the rate of the last conversations, times the seats that may serve the caller now; the
 * share of those who give up is that of the last who left the queue. Its error is measured on everyone who was told.
 */
export function createWaitEstimate() {
  const handling = createRecent()
  const givenUp = createRecent()
  const errors = createRecent()
  let told = 0
  let measured = 0

  return {
    /** A seat had a caller for so long, from the ring until it was ready again. */
    handled: (ms: number) => handling.add(ms),
    /** A caller left the queue. */
    left: (how: 'answered' | 'gave-up') => givenUp.add(how === 'gave-up' ? 1 : 0),

    /** In whole minutes, rounded up; undefined when nothing is known that would help. */
    minutes(place: number, seats: number): number | undefined {
      if (seats === 0 || handling.count() < fewest) return undefined
      const ahead = 1 + (place - 1) * (1 - givenUp.mean())
      const ms = (ahead * handling.mean()) / seats
      const minutes = Math.ceil(ms / 60_000)
      return minutes < leastMinutes || minutes > mostMinutes ? undefined : minutes
    },

    told: () => void told++,
    /** Who was told has been answered. */
    measured(errorMs: number) {
      measured++
      errors.add(Math.abs(errorMs))
    },
    figures: (): WaitFigures => ({
      told,
      measured,
      medianErrorMs: errors.quantile(0.5),
      p90ErrorMs: errors.quantile(0.9),
    }),
  }
}
export type WaitEstimate = ReturnType<typeof createWaitEstimate>

function createRecent() {
  const values: number[] = []
  let sum = 0
  return {
    add(value: number) {
      values.push(value)
      sum += value
      if (values.length > remembered) sum -= values.shift() ?? 0
    },
    count: () => values.length,
    /** 0 of nothing. */
    mean: () => (values.length === 0 ? 0 : sum / values.length),
    quantile: (share: number) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)],
  }
}
