import { encode } from './codec.ts'
import { codecOf } from './codecs.ts'
import type { CodecName } from './port.ts'
import type { Sound } from './sound.ts'
import type { EncodedSound } from './worker/protocol.ts'

/** Two hours of speech in one codec. */
const mostBytes = 64 * 1024 * 1024

/**
 * Sounds as they go to the line, encoded once a codec and shared with every worker: a play hands over references. What
 * was played least recently goes when there is too much; one that still plays lives on in the worker that plays it.
 */
export function createEncodedSounds(): (sound: Sound, codec: CodecName) => EncodedSound {
  const kept = new Map<string, EncodedSound>()
  let bytesKept = 0
  return (sound, codec) => {
    const name = `${codec} ${sound.id}`
    let encoded = kept.get(name)
    kept.delete(name)
    if (!encoded) {
      const bytes = new Uint8Array(new SharedArrayBuffer(sound.samples.length))
      encoded = { codec, bytes: bytes }
      encode(codecOf(codec), sound.samples, bytes)
      bytesKept += bytes.length
    }
    kept.set(name, encoded)
    for (const [oldest, { bytes }] of kept) {
      if (bytesKept <= mostBytes || oldest === name) break
      kept.delete(oldest)
      bytesKept -= bytes.length
    }
    return encoded
  }
}
