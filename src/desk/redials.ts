import type { Clock } from '../foundation/index.ts'

/**
 * A place that somebody lost, by a number that a trusted party vouches for. Nothing else shows that it is the same
 * person, and a number that is only claimed would give one caller the place of another.
 */
export type LostPlace = { readonly number: string; readonly sinceMs: number; readonly lostAtMs: number }

const isShown = (number: string) => /^\+?\d{3,}$/.test(number)

/**
 * Places of callers who were cut off or gave up while they waited, kept for a while: a caller who rings again from
 * the same number gets their place back. A place is given back once, so that nobody has two.
 */
export function createRedials(clock: Clock, keepMs: number) {
  const places = new Map<string, Omit<LostPlace, 'number'>>()

  const dropOld = () => {
    for (const [number, { lostAtMs }] of places) {
      if (clock.now() - lostAtMs <= keepMs) return
      places.delete(number)
    }
  }

  return {
    /** Of two that one number lost, the earlier is kept. */
    lost({ number, sinceMs, lostAtMs }: LostPlace) {
      dropOld()
      if (!isShown(number) || clock.now() - lostAtMs > keepMs) return
      const earliestMs = Math.min(sinceMs, places.get(number)?.sinceMs ?? sinceMs)
      // Goes to the end of the map, whose order is that in which entries grow too old.
      places.delete(number)
      places.set(number, { sinceMs: earliestMs, lostAtMs })
    },
    /** The INVITE from which their waiting counts; undefined where no place was kept. */
    claim(number: string): number | undefined {
      dropOld()
      const found = places.get(number)
      places.delete(number)
      return found?.sinceMs
    },
  }
}

export type Redials = ReturnType<typeof createRedials>
