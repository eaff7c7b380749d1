import { sampleRate } from '../media/index.ts'
import { activeLevelDbov } from './level.ts'

/** Sound this far below the speech level counts as silence. */
const silenceBelowSpeechDb = 40
/** Silence kept at either end, so that no soft consonant is cut off. */
const kept = { beforeMs: 20, afterMs: 60 }

/** Removes the silence before the first and after the last word. Of pure silence nothing is left. */
export function trimmed(samples: Float32Array): Float32Array {
  const threshold = 10 ** ((activeLevelDbov(samples) - silenceBelowSpeechDb) / 20)
  const isHeard = (sample: number) => Math.abs(sample) > threshold
  const first = samples.findIndex(isHeard)
  if (first < 0) return new Float32Array(0)
  const last = samples.findLastIndex(isHeard)
  const samplesOf = (ms: number) => (ms * sampleRate) / 1000
  return samples.subarray(Math.max(0, first - samplesOf(kept.beforeMs)), last + 1 + samplesOf(kept.afterMs))
}
