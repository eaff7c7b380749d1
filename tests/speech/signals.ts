/** Test signals, and how to find them again: compared by content, not by samples. */

/** @param amplitude of full scale. */
export function sine(hz: number, samplesPerSecond: number, seconds: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(samplesPerSecond * seconds) },
    (_, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / samplesPerSecond),
  )
}

export const silence = (samplesPerSecond: number, seconds: number) =>
  new Float32Array(Math.round(samplesPerSecond * seconds))

export const joined = (...parts: readonly Float32Array[]) =>
  Float32Array.from(parts.flatMap(part => [...part]))

/** The amplitude of one frequency in a signal: a bin of its Fourier transform. */
export function amplitudeAt(hz: number, samples: Float32Array, samplesPerSecond: number): number {
  let real = 0
  let imaginary = 0
  for (const [at, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hz * at) / samplesPerSecond
    real += sample * Math.cos(angle)
    imaginary -= sample * Math.sin(angle)
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length
}

export const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
