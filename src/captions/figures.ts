/** What captions came to, since the start. */
export type CaptionCounts = {
  calls: number
  lines: number
  shown: number
  rewritten: number
  typed: number
  fixes: number
  gaps: number
  gapMs: number
  deaf: number
  /** Times that another recognizer took over in a call. */
  switched: number
  /** Codes that were wrong, and pages that were sent away for too many. */
  wrongCodes: number
  turnedAway: number
  /** Messages of pages that made no sense. */
  garbage: number
}

export type Appearance = 'first' | 'final'

/** Upper bounds in ms; what the DOMAIN's targets ask lies among them: 1.5 s and 3 s. */
export const delayBounds = [50, 100, 250, 500, 1000, 1500, 2000, 3000, 5000] as const

/** How many appearances came within each bound, and in all. */
export type DelayCounts = {
  readonly within: readonly number[]
  readonly count: number
  readonly sumMs: number
}

export type CaptionFigures = {
  readonly counts: CaptionCounts
  delay(appearance: Appearance, ms: number): void
  delays(appearance: Appearance): DelayCounts
}

export function createCaptionFigures(): CaptionFigures {
  const empty = () => ({ within: delayBounds.map(() => 0), count: 0, sumMs: 0 })
  const delays = { first: empty(), final: empty() }
  return {
    counts: {
      calls: 0,
      lines: 0,
      shown: 0,
      rewritten: 0,
      typed: 0,
      fixes: 0,
      gaps: 0,
      gapMs: 0,
      deaf: 0,
      switched: 0,
      wrongCodes: 0,
      turnedAway: 0,
      garbage: 0,
    },
    delay(appearance, ms) {
      const seen = delays[appearance]
      seen.count++
      seen.sumMs += ms
      for (const [index, bound] of delayBounds.entries()) if (ms <= bound) seen.within[index]!++
    },
    delays: appearance => delays[appearance],
  }
}

/** The delays of one call, for its journal: enough of them to say how it was, never more. */
export type CallDelays = {
  put(appearance: Appearance, ms: number): void
  /** The value below which nineteen of twenty lie; undefined without any. */
  p95(appearance: Appearance): number | undefined
}

const mostSamples = 4000

export function createCallDelays(): CallDelays {
  const samples: Record<Appearance, number[]> = { first: [], final: [] }
  return {
    put(appearance, ms) {
      if (samples[appearance].length < mostSamples) samples[appearance].push(ms)
    },
    p95(appearance) {
      const sorted = samples[appearance].toSorted((one, two) => one - two)
      return sorted[Math.floor(sorted.length * 0.95)]
    },
  }
}

/** What the captions of one call came to. */
export type CallFigures = {
  readonly lines: number
  readonly shown: number
  readonly rewritten: number
  readonly gaps: number
  readonly gapMs: number
  readonly firstP95Ms?: number
  readonly finalP95Ms?: number
}
