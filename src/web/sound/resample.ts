/** Sound at another rate: each sample is a sum of those around it, weighted by a sinc in a Hann window. */
export type Resampler = {
  /** What comes out for these samples, and for what they complete of the ones before. */
  run(input: Float32Array): Float32Array
}

/** Zero crossings on either side: 12 leave nothing to be heard of what lies above half the lower rate. */
const crossings = 12
/** Of the lower rate's half, what passes: G.711 carries speech up to 3.4 kHz. */
const passes = 0.92
const tableSteps = 256

/** The weights, by distance in zero crossings; the same for every page's every resampler. */
const table = Float32Array.from({ length: crossings * tableSteps + 2 }, (_, at) => {
  const x = at / tableSteps
  if (x >= crossings) return 0
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / crossings))
})

export function createResampler(fromHz: number, toHz: number): Resampler {
  const step = fromHz / toHz
  const cutoff = (passes * Math.min(fromHz, toHz)) / fromHz
  const reach = Math.ceil(crossings / cutoff)
  let kept = new Float32Array(reach)
  /** Where the next sample to come out lies among those kept. */
  let place = reach

  return {
    run(input) {
      const all = new Float32Array(kept.length + input.length)
      all.set(kept)
      all.set(input, kept.length)
      const out = new Float32Array(Math.max(0, Math.ceil((all.length - reach - place) / step)))
      for (let at = 0; at < out.length; at++, place += step) out[at] = sampleAt(all, place, cutoff, reach)
      const done = Math.max(0, Math.floor(place) - reach)
      kept = all.slice(done)
      place -= done
      return out
    },
  }
}

function sampleAt(samples: Float32Array, place: number, cutoff: number, reach: number): number {
  const first = Math.ceil(place - reach)
  let sum = 0
  for (let at = Math.max(0, first); at < place + reach && at < samples.length; at++) {
    const distance = Math.abs(at - place) * cutoff * tableSteps
    const whole = Math.floor(distance)
    if (whole >= crossings * tableSteps) continue
    const low = table[whole]!
    sum += samples[at]! * (low + (table[whole + 1]! - low) * (distance - whole))
  }
  return sum * cutoff
}
