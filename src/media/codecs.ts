import { type Codec, decode } from './codec.ts'
import { pcma } from './codecs/pcma.ts'
import { pcmu } from './codecs/pcmu.ts'
import type { CodecName } from './port.ts'

export const codecs: readonly Codec[] = [pcma, pcmu]

export function codecOf(name: CodecName): Codec {
  return codecs.find(codec => codec.name === name) ?? pcma
}

/** The codec of a static payload type; undefined for any other payload. */
export function codecOfPayload(payloadType: number): Codec | undefined {
  for (const codec of codecs) if (codec.payloadType === payloadType) return codec
  return undefined
}

/** Linear 16-bit samples of G.711, one a byte. */
export function linearOf(name: CodecName, payload: Uint8Array): Int16Array {
  return decode(codecOf(name), payload)
}
