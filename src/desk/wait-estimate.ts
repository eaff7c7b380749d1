/** How many of the last values are kept. */
const remembered = 200
/** Fewer values tell nothing. */
const fewest = 10
/** DESIGN: a shorter wait needs no number, and a longer one cannot be estimated. */
const leastMinutes = 2
const mostMinutes = 60

/** As it is told, rounded up; undefined where that would not help. */
export function toldMinutes(waitMs: number): number | undefined {
  const minutes = Math.ceil(waitMs / 60_000)
  return minutes < leastMinutes || minutes > mostMinutes ? undefined : minutes
}

export type WaitFigures = {
  /** Callers who were told an estimate, and those of them who were answered: only then is the error known. */
  readonly told: number
  readonly measured: number
  /** Error of the first estimate told, over the last callers; absent before there is one. */
  readonly medianErrorMs?: number
  readonly p90ErrorMs?: number
}

/**
 * An honest estimate of the wait: seats come free at the rate of the last conversations, times the seats that may
 * serve the caller now, and those ahead give up at the rate of the last who waited. With `k` to go, `f` seats
 * coming free a second and each who waits giving up at the rate `g`, the queue ahead is gone after `ln(1 + g k / f)
 * / g`, which is `k / f` where nobody gives up. Its error is measured on everyone who was told.
 */
export function createWaitEstimate() {
  const handling = createRecent()
  const givenUp = createRecent()
  const waited = createRecent()
  const errors = createRecent()
  let told = 0
  let measured = 0

  /** Rate at which each waiting caller gives up, per ms. */
  const givingUp = () => (waited.mean() === 0 ? 0 : givenUp.mean() / waited.mean())

  return {
    /** How long a seat had a caller, from the ring until it was ready again. */
    handled: (ms: number) => handling.add(ms),
    /** How long a caller was in the queue when they left it. */
    left(how: 'answered' | 'gave-up', waitedMs: number) {
      givenUp.add(how === 'gave-up' ? 1 : 0)
      waited.add(waitedMs)
    },

    /** The mean of the last conversations; undefined while too little is known. */
    handlingMs: () => (handling.count() < fewest ? undefined : handling.mean()),

    /** How long until `place` callers have been answered or are gone; undefined while too little is known. */
    waitMs(place: number, seats: number): number | undefined {
      if (seats === 0 || handling.count() < fewest) return undefined
      const plainMs = (place * handling.mean()) / seats
      const rate = givingUp()
      return rate === 0 ? plainMs : Math.log1p(rate * plainMs) / rate
    },

    told: () => void told++,
    /** A caller who was told an estimate has been answered. */
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
    /** 0 when there is none. */
    mean: () => (values.length === 0 ? 0 : sum / values.length),
    quantile: (share: number) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)],
  }
}
