import { wavHeader } from '../media/index.ts'
import { wavFault } from './faults.ts'

/** The contents of a WAV file: samples from -1 to 1, all channels mixed to one. */
export type Wav = { readonly samples: Float32Array; readonly samplesPerSecond: number }

type Encoding = { readonly bytes: number; read(view: DataView, offset: number): number }

const pcm16: Encoding = { bytes: 2, read: (view, offset) => view.getInt16(offset, true) / 32_768 }
/** PCM encodings by format tag (1 for integers, 3 for IEEE floats, RFC 2361) and bits per sample. */
const encodings: Readonly<Record<string, Encoding>> = {
  '1/8': { bytes: 1, read: (view, offset) => (view.getUint8(offset) - 128) / 128 },
  '1/16': pcm16,
  '1/24': {
    bytes: 3,
    read: (view, offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 8_388_608,
  },
  '1/32': { bytes: 4, read: (view, offset) => view.getInt32(offset, true) / 2_147_483_648 },
  '3/32': { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
}
const extensible = 0xfffe

/**
 * Reads a RIFF WAVE file of PCM at any rate and with any number of channels.
 * @param place a path, named in the fault
 * @throws Fault `wav-unreadable` saying what was found
 */
export function parseWav(bytes: Uint8Array, place: string): Wav {
  const { encoding, channels, samplesPerSecond, data } = describe(bytes, place)
  const view = viewOf(bytes)
  const frameBytes = encoding.bytes * channels
  const samples = new Float32Array(Math.floor(data.length / frameBytes))
  for (let frame = 0; frame < samples.length; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++)
      sum += encoding.read(view, data.start + frame * frameBytes + channel * encoding.bytes)
    samples[frame] = sum / channels
  }
  return { samples, samplesPerSecond }
}

/** The same as 16 bit samples; those of a 16 bit file are taken unchanged. @throws as `parseWav` */
export function parsePcm16(bytes: Uint8Array, place: string): Int16Array {
  const { encoding, channels, data } = describe(bytes, place)
  if (encoding !== pcm16 || channels !== 1) return toPcm16(parseWav(bytes, place).samples)
  const samples = new Int16Array(Math.floor(data.length / 2))
  new Uint8Array(samples.buffer).set(bytes.subarray(data.start, data.start + samples.byteLength))
  return samples
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Finds how samples are encoded in a file, and where they are. @throws Fault `wav-unreadable` */
function describe(bytes: Uint8Array, place: string) {
  const refuse = (found: string, expected: string) => wavFault(place, found, expected)
  const view = viewOf(bytes)
  const tagAt = (offset: number) => String.fromCharCode(...bytes.subarray(offset, offset + 4))

  if (bytes.length < 12 || tagAt(0) !== 'RIFF' || tagAt(8) !== 'WAVE')
    throw refuse(`${bytes.length} bytes that do not begin as RIFF WAVE`, 'a WAV file')

  const chunks = new Map<string, { start: number; size: number }>()
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true)
    chunks.set(tagAt(at), { start: at + 8, size })
    at += 8 + size + (size % 2)
  }
  const format = chunks.get('fmt ')
  const data = chunks.get('data')
  if (!format || format.size < 16 || format.start + 16 > bytes.length)
    throw refuse('no fmt chunk', 'one of 16 bytes or more')
  if (!data) throw refuse('no data chunk', 'samples')
  if (data.start + data.size > bytes.length)
    throw refuse(`${bytes.length - data.start} bytes of samples`, `${data.size}, as its header says`)

  const tag = view.getUint16(format.start, true)
  const isLong = tag === extensible && format.size >= 26 && format.start + 26 <= bytes.length
  const kind = isLong ? view.getUint16(format.start + 24, true) : tag
  const channels = view.getUint16(format.start + 2, true)
  const samplesPerSecond = view.getUint32(format.start + 4, true)
  const bits = view.getUint16(format.start + 14, true)
  const encoding = encodings[`${kind}/${bits}`]
  if (!encoding)
    throw refuse(`format ${kind} with ${bits} bits a sample`, 'PCM of 8, 16, 24 or 32 bits, or 32 bit float')
  if (channels === 0) throw refuse('no channels', 'at least one')
  if (samplesPerSecond < 4000 || samplesPerSecond > 192_000)
    throw refuse(`${samplesPerSecond} samples a second`, '4000 to 192000')

  if (data.size < encoding.bytes * channels) throw refuse('no samples', 'at least one')
  return { encoding, channels, samplesPerSecond, data: { start: data.start, length: data.size } }
}

/** Converts samples from -1 to 1 to 16 bit; samples read from 16 bit come back unchanged. */
export function toPcm16(samples: Float32Array): Int16Array {
  const result = new Int16Array(samples.length)
  for (let at = 0; at < samples.length; at++)
    result[at] = Math.max(-32_768, Math.min(32_767, Math.round(samples[at]! * 32_768)))
  return result
}

/** Converts 16 bit samples to -1 to 1. */
export const fromPcm16 = (samples: Int16Array): Float32Array =>
  Float32Array.from(samples, sample => sample / 32_768)

/** A WAV file of 16 bit mono PCM. */
export function writeWav(samples: Int16Array, samplesPerSecond: number): Uint8Array {
  const header = wavHeader(1, samples.byteLength, samplesPerSecond)
  const bytes = new Uint8Array(header.length + samples.byteLength)
  bytes.set(header)
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), header.length)
  return bytes
}
