/**
 * What a page hears, in order and in time: frames wait here just long enough to bridge the unevenness of their
 * arrival. A connection over TCP loses nothing but may stand still and then bring everything at once; the wait grows
 * when sound runs out, and shrinks, by playing a little faster, when for a while more was waiting than needed.
 */
export type Playout = {
  push(frame: Float32Array): void
  /** Told by `pull` once all that was pushed before it has been taken. */
  mark(name: string): void
  /** Forgets what waits; the marks among it count as reached. */
  clear(): void
  /** Fills `out` with the next samples. @returns the marks that were reached. */
  pull(out: Float32Array): readonly string[]
  /** Samples that wait. */
  depth(): number
  /** Samples that are to wait, as of now. */
  target(): number
}

const frameSamples = 160
const leastWait = 2 * frameSamples
/** 200 ms: beyond that people speak into each other. */
const mostWait = 10 * frameSamples
/** After so many samples with too much in hand, some are left out. */
const lookSamples = 8000
/** A piece that is left out, faded from what is before it to what is after: 10 ms. */
const piece = 80
const fadeOut = 0.7

export function createPlayout(): Playout {
  let waiting: Float32Array[] = []
  let at = 0
  let depth = 0
  let target = leastWait
  let isPlaying = false
  let marks: { readonly name: string; after: number }[] = []
  let least = Number.POSITIVE_INFINITY
  let looked = 0
  let last = 0
  let sinceUnderrun = 0

  const next = (): number => {
    const frame = waiting[0]!
    const sample = frame[at++]!
    if (at === frame.length) {
      waiting.shift()
      at = 0
    }
    depth--
    for (const mark of marks) mark.after--
    return sample
  }
  /** Plays two pieces in the time of one. */
  const hurry = () => {
    const before = Float32Array.from({ length: piece }, next)
    const after = Float32Array.from({ length: piece }, next)
    const mixed = before.map((sample, index) => sample + ((after[index]! - sample) * index) / piece)
    const rest = waiting[0]?.subarray(at)
    waiting = [mixed, ...(rest ? [rest, ...waiting.slice(1)] : [])]
    at = 0
    depth += piece
    for (const mark of marks) mark.after += piece
  }
  const adapt = (samples: number) => {
    least = Math.min(least, depth)
    looked += samples
    sinceUnderrun += samples
    if (looked < lookSamples / 10) return
    if (least > target + 2 * frameSamples) {
      hurry()
      looked = 0
      least = Number.POSITIVE_INFINITY
    } else if (looked >= lookSamples) {
      if (sinceUnderrun > 10 * lookSamples && target > leastWait) target -= frameSamples / 2
      looked = 0
      least = Number.POSITIVE_INFINITY
    }
  }

  return {
    push(frame) {
      waiting.push(frame)
      depth += frame.length
    },
    mark(name) {
      marks.push({ name, after: depth })
    },
    clear() {
      waiting = []
      at = 0
      depth = 0
      isPlaying = false
      for (const mark of marks) mark.after = 0
    },
    pull(out) {
      if (!isPlaying && depth >= target) isPlaying = true
      for (let index = 0; index < out.length; index++) {
        if (isPlaying && depth === 0) {
          isPlaying = false
          target = Math.min(mostWait, target + frameSamples)
          sinceUnderrun = 0
        }
        last = isPlaying ? next() : last * fadeOut
        out[index] = last
      }
      if (isPlaying) adapt(out.length)
      const reached = marks.filter(({ after }) => after <= 0)
      if (reached.length > 0) marks = marks.filter(({ after }) => after > 0)
      return reached.map(({ name }) => name)
    },
    depth: () => depth,
    target: () => target,
  }
}
