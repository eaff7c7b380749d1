import { setImmediate as nextTurn } from 'node:timers/promises'
import { sampleRate } from '../media/index.ts'

/** Processed in pieces, so that a long recording never blocks its thread for more than about 10 ms. */
const samplesAPiece = 16_384

/**
 * Resamples to 8 kHz with libsamplerate's windowed sinc (http://libsndfile.github.io/libsamplerate/), which removes
 * everything above 4 kHz. Medium quality gives 121 dB and is flat to 3.6 kHz; G.711 has 38 dB, and telephony ends at 3.4 kHz.
 */
export async function resampled(samples: Float32Array, samplesPerSecond: number): Promise<Float32Array> {
  if (samplesPerSecond === sampleRate) return samples
  const { default: libsamplerate } = await import('@alexanderolsen/libsamplerate-js')
  const converter = await libsamplerate.create(1, samplesPerSecond, sampleRate, {
    converterType: libsamplerate.ConverterType.SRC_SINC_MEDIUM_QUALITY,
  })
  try {
    const result = new Float32Array(Math.round((samples.length * sampleRate) / samplesPerSecond))
    // The filter looks ahead, so append silence to flush what it still holds.
    for (let read = 0, written = 0; written < result.length; read += samplesAPiece) {
      const piece = new Float32Array(samplesAPiece)
      piece.set(samples.subarray(read, read + samplesAPiece))
      const converted = converter.full(piece).subarray(0, result.length - written)
      result.set(converted, written)
      written += converted.length
      await nextTurn()
    }
    return result
  } finally {
    converter.destroy()
  }
}
