import { setImmediate as nextTurn } from 'node:timers/promises'
import { sampleRate } from '../media/index.ts'

/** Worked off in pieces, so that a long recording never holds up its thread for more than some 10 ms. */
const samplesAPiece = 16_384

/**
 * What passes whole, and from where on nothing does, Hz. Telephony ends at 3,400 (ITU-T G.712); what lies between 4,000
 * and the stop folds to above 3,700.
 */
const band = { passHz: 3400, stopHz: 4300 }
/** G.711 gives 38. */
const stopDb = 86

/** Weights of the samples around each place that a sample of 8 kHz has between two of the given rate. */
type Filter = {
  readonly samplesPerSecond: number
  /** Samples to either side. */
  readonly reach: number
  /** Places between two samples: by how many the next one lies further on. */
  readonly places: number
  readonly step: number
  readonly weights: readonly Float64Array[]
}

/** Prompts come from one voice: its filter is made once. */
let lastUsed: Filter | undefined

/** Brings samples to 8 kHz by a windowed sinc, which leaves nothing of what telephony does not carry. */
export async function resampled(samples: Float32Array, samplesPerSecond: number): Promise<Float32Array> {
  if (samplesPerSecond === sampleRate) return samples
  const filter = lastUsed?.samplesPerSecond === samplesPerSecond ? lastUsed : filterFrom(samplesPerSecond)
  lastUsed = filter
  // The filter looks back before the beginning and ahead over the end.
  const padded = new Float64Array(samples.length + 2 * filter.reach + 1)
  padded.set(samples, filter.reach)
  const result = new Float32Array(Math.round((samples.length * sampleRate) / samplesPerSecond))
  for (let from = 0; from < result.length; from += samplesAPiece) {
    filterPiece(padded, result, from, Math.min(from + samplesAPiece, result.length), filter)
    await nextTurn()
  }
  return result
}

/** A plain loop, since it is most of what a prompt costs: 1.1 million products a second of speech from 22,050 Hz. */
function filterPiece(
  padded: Float64Array,
  result: Float32Array,
  from: number,
  to: number,
  { places, step, weights }: Filter,
): void {
  for (let at = from; at < to; at++) {
    const place = at * step
    const own = weights[place % places]!
    const first = Math.floor(place / places)
    let sum = 0
    for (let index = 0; index < own.length; index++) sum += own[index]! * padded[first + index]!
    result[at] = sum
  }
}

/** By Kaiser's design (A. V. Oppenheim, R. W. Schafer: Discrete-Time Signal Processing, 7.6). */
function filterFrom(samplesPerSecond: number): Filter {
  // A recording of less than 8 kHz has nothing above half its own rate, and its mirror images are to go.
  const scale = Math.min(1, samplesPerSecond / sampleRate)
  const width = ((band.stopHz - band.passHz) * scale) / samplesPerSecond
  const cutoff = ((band.stopHz + band.passHz) * scale) / samplesPerSecond
  const reach = Math.ceil((stopDb - 7.95) / (14.36 * width) / 2)
  const shape = 0.1102 * (stopDb - 8.7)
  const weightAt = (distance: number) => {
    const share = distance / reach
    if (Math.abs(share) >= 1) return 0
    const angle = Math.PI * cutoff * distance
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle
    return sinc * bessel(shape * Math.sqrt(1 - share * share))
  }
  const divisor = commonDivisor(samplesPerSecond, sampleRate)
  const places = sampleRate / divisor
  const weights = Array.from({ length: places }, (_, place) => {
    const raw = Float64Array.from({ length: 2 * reach + 1 }, (_, index) =>
      weightAt(index - reach - place / places),
    )
    const sum = raw.reduce((total, weight) => total + weight, 0)
    return raw.map(weight => weight / sum)
  })
  return { samplesPerSecond, reach, places, step: samplesPerSecond / divisor, weights }
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let sum = 1
  for (let term = 1, index = 1; term > sum * 1e-12; index++) {
    term *= (x / (2 * index)) ** 2
    sum += term
  }
  return sum
}

const commonDivisor = (one: number, other: number): number =>
  other === 0 ? one : commonDivisor(other, one % other)
