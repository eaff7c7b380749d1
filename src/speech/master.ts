import { levelled } from './level.ts'
import { resampled } from './resample.ts'
import { trimmed } from './trim.ts'
import { toPcm16 } from './wav.ts'

/**
 * Turns any speech into a prompt: 8 kHz, 16 bit, levelled and without silence around it.
 * @param samples mono, -1 to 1
 */
export async function mastered(samples: Float32Array, samplesPerSecond: number): Promise<Int16Array> {
  return toPcm16(levelled(trimmed(await resampled(samples, samplesPerSecond))))
}
