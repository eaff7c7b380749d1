import { type FileHandle, open } from 'node:fs/promises'
import type { Codec } from './codec.ts'
import { codecOf, codecs } from './codecs.ts'
import type { CodecName } from './port.ts'
import { sampleRate } from './sound.ts'

/**
 * The file of a conversation: a WAV file of two channels of G.711 as it went over the line, a byte a sample (RIFF,
 * "Multimedia Programming Interface and Data Specifications 1.0", Microsoft and IBM 1991; format tags 6 and 7 of RFC 2361).
 *
 *     RIFF | fmt | fact | LIST INFO: what it is, and who is on which channel | data | jtpk: peaks, once it is whole
 *
 * Its header has one length, so that sizes are written over: after each piece it is true of what lies there.
 */

export const channels = 2
/** A peak of each channel for so many samples: 100 ms. */
export const samplesInPeak = sampleRate / 10

const tags: Readonly<Record<CodecName, number>> = { PCMA: 6, PCMU: 7 }
const whoIsWhere =
  'left / 左: the citizen 市民; right / 右: what the citizen hears, agents and third parties 市民听到的（坐席、第三方）'
const factAt = 46

function chunk(id: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.write(id, 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

/** @param title what the file is, as a program shows it: no word of whoever is heard in it */
export function talkHeader(codec: CodecName, title: string): Buffer {
  const format = Buffer.alloc(18)
  format.writeUInt16LE(tags[codec], 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(sampleRate, 4)
  format.writeUInt32LE(sampleRate * channels, 8)
  format.writeUInt16LE(channels, 12) // bytes of one sample of each channel
  format.writeUInt16LE(8, 14)
  const named = (id: string, text: string) => chunk(id, Buffer.from(`${text}\0`))
  const info = Buffer.concat([Buffer.from('INFO'), named('INAM', title), named('ICMT', whoIsWhere)])
  const header = Buffer.concat([
    chunk('RIFF', Buffer.from('WAVE')),
    chunk('fmt ', format),
    chunk('fact', Buffer.alloc(4)),
    chunk('LIST', info),
    chunk('data', Buffer.alloc(0)),
  ])
  sizeTalkHeader(header, 0)
  return header
}

/** Says in the header how much lies behind it. @param afterData bytes of what follows the sound */
export function sizeTalkHeader(header: Buffer, dataBytes: number, afterData = 0): void {
  header.writeUInt32LE(header.length - 8 + dataBytes + afterData, 4)
  header.writeUInt32LE(dataBytes / channels, factAt)
  header.writeUInt32LE(dataBytes, header.length - 4)
}

export const peaksChunk = (peaks: Uint8Array): Buffer => chunk('jtpk', peaks)

/** How loud each byte is, 0 to 255. */
export const loudnessOf = (codec: Codec): Uint8Array =>
  Uint8Array.from(codec.toLinear, sample => Math.min(255, Math.abs(sample) >> 7))

/** Writes the peaks of interleaved sound, left and right in turn. @returns how many bytes of `into` they took */
export function writePeaks(
  sound: Uint8Array,
  bytes: number,
  loudness: Uint8Array,
  into: Uint8Array,
  at: number,
): number {
  let place = at
  const step = samplesInPeak * channels
  for (let from = 0; from < bytes; from += step) {
    const end = Math.min(bytes, from + step)
    let left = 0
    let right = 0
    for (let each = from; each < end; each += 2) {
      const one = loudness[sound[each]!]!
      const other = loudness[sound[each + 1]!]!
      if (one > left) left = one
      if (other > right) right = other
    }
    into[place++] = left
    into[place++] = right
  }
  return place - at
}

export type TalkFile = {
  readonly codec: CodecName
  /** Length of the sound, in ms. */
  readonly durationMs: number
  /** Left and right in turn, 0 to 255, each of 100 ms. */
  readonly peaks: Uint8Array
  /** It was ended as it should be: the peaks were written behind it. */
  readonly isWhole: boolean
}

/** Reads what a file says of itself; of one that was cut off, what lies there. Undefined for what is no such file. */
export async function readTalkFile(path: string): Promise<TalkFile | undefined> {
  const file = await open(path, 'r')
  try {
    return await read(file)
  } finally {
    await file.close()
  }
}

async function read(file: FileHandle): Promise<TalkFile | undefined> {
  const { size } = await file.stat()
  let at = 12
  let codec: Codec | undefined
  let dataAt = 0
  let dataBytes = 0
  const head = Buffer.alloc(10)
  while (at + 8 <= size) {
    await file.read(head, 0, 10, at)
    const id = head.toString('latin1', 0, 4)
    const bytes = head.readUInt32LE(4)
    if (id === 'fmt ') codec = codecs.find(({ name }) => tags[name] === head.readUInt16LE(8))
    else if (id === 'jtpk' && codec) {
      const peaks = Buffer.alloc(Math.min(bytes, size - at - 8))
      await file.read(peaks, 0, peaks.length, at + 8)
      return { codec: codec.name, durationMs: lengthMs(dataBytes), peaks, isWhole: true }
    } else if (id === 'data') {
      dataAt = at + 8
      dataBytes = Math.min(bytes, size - dataAt)
    }
    at += 8 + bytes + (bytes % 2)
  }
  if (!codec || dataAt === 0) return undefined
  // What was written behind the last size that the header tells is sound, too.
  dataBytes = size - dataAt - ((size - dataAt) % channels)
  const peaks = await peaksIn(file, codec, dataAt, dataBytes)
  return { codec: codec.name, durationMs: lengthMs(dataBytes), peaks, isWhole: false }
}

const lengthMs = (bytes: number) => (bytes * 1000) / (channels * sampleRate)

async function peaksIn(file: FileHandle, codec: Codec, from: number, bytes: number): Promise<Uint8Array> {
  const loudness = loudnessOf(codecOf(codec.name))
  const step = samplesInPeak * channels
  const peaks = new Uint8Array(Math.ceil(bytes / step) * channels)
  const sound = Buffer.alloc(step * 500)
  let filled = 0
  for (let at = 0; at < bytes; at += sound.length) {
    const here = Math.min(sound.length, bytes - at)
    await file.read(sound, 0, here, from + at)
    filled += writePeaks(sound, here, loudness, peaks, filled)
  }
  return peaks
}

/**
 * Mends what a crash left: its header tells all that lies there, and peaks stand behind it, so that any program plays it.
 * @returns what it is now; undefined for what is no such file
 */
export async function mendTalkFile(path: string): Promise<TalkFile | undefined> {
  const found = await readTalkFile(path)
  if (!found || found.isWhole) return found
  const file = await open(path, 'r+')
  try {
    const start = Buffer.alloc(Math.min(4096, (await file.stat()).size))
    await file.read(start, 0, start.length, 0)
    const header = start.subarray(0, start.indexOf('data', 38, 'latin1') + 8)
    const dataBytes = Math.round((found.durationMs * sampleRate) / 1000) * channels
    const behind = peaksChunk(found.peaks)
    await file.truncate(header.length + dataBytes)
    await file.write(behind, 0, behind.length, header.length + dataBytes)
    sizeTalkHeader(header, dataBytes, behind.length)
    await file.write(header, 0, header.length, 0)
    return found
  } finally {
    await file.close()
  }
}
