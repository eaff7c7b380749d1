import { createHash } from 'node:crypto'

/** Samples a second of all sound in this house: G.711's. */
export const sampleRate = 8000

/** Something to play: linear PCM at 8 kHz, mono, 16 bit. Same samples, same id. */
export type Sound = {
  /** SHA-256 of the samples, in hex: what workers keep their encoded copies by. */
  readonly id: string
  readonly samples: Int16Array
  readonly durationMs: number
  /** What is said in it, where it is words: for timelines, captions and the loopback line. */
  readonly text?: string
}

export function soundOf(samples: Int16Array, text?: string): Sound {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return {
    id: createHash('sha256').update(bytes).digest('hex'),
    samples,
    durationMs: (samples.length / sampleRate) * 1000,
    text,
  }
}
