import { randomBytes } from 'node:crypto'
import { type RtpFields, rtpHeaderBytes, writeRtpHeader } from './rtp.ts'

/**
 * Text as it is typed, in RTP (RFC 4103): blocks of UTF-8 at a clock of 1000 Hz, and with each the last two once more
 * (RFC 2198), so that two packets in a row may be lost and no letter is. The payload with redundancy, oldest first:
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |1|   T140 PT   |  timestamp offset of "R2" |  "R2" block length|
 *     |1|   T140 PT   |  timestamp offset of "R1" |  "R1" block length|
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |0|   T140 PT   |  "R2", "R1" and primary text, without lengths ...
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export type TextPayloads = {
  readonly t140: number
  /** Absent: the other end takes no redundancy. */
  readonly red?: number
}

/** Packets whose text is sent again with the next one. */
export const generations = 2
/** What stands for text that was lost (RFC 4103, section 4.4). */
export const lostMark = '\ufffd'
/** The length of a block has ten bits. */
const mostBlockBytes = 1023
const redundantHeaderBytes = 4

type Block = { readonly bytes: Uint8Array; readonly timestamp: number }

/** What one end sends. */
export type TextSending = {
  readonly ssrc: number
  readonly firstTimestamp: number
  sequence: number
  /** The last blocks, oldest first; none while the line is idle. */
  before: readonly Block[]
}

export function createTextSending(random: Uint8Array = randomBytes(10)): TextSending {
  const view = new DataView(random.buffer, random.byteOffset)
  return {
    ssrc: view.getUint32(0),
    firstTimestamp: view.getUint32(4),
    sequence: view.getUint16(8),
    before: [],
  }
}

/**
 * The next packet; undefined when there is nothing to say, nor to say again.
 * @param atMs on any scale, the same for all.
 */
export function textPacket(
  sending: TextSending,
  { t140, red }: TextPayloads,
  text: string,
  atMs: number,
): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > mostBlockBytes) throw new RangeError(`${bytes.length} bytes of text in one block`)
  const { before, firstTimestamp } = sending
  if (bytes.length === 0 && before.every(block => block.bytes.length === 0)) {
    sending.before = []
    return undefined
  }
  const timestamp = (firstTimestamp + Math.round(atMs)) >>> 0
  const again = red === undefined ? [] : before
  const heads = again.length * redundantHeaderBytes + (red === undefined ? 0 : 1)
  const size = again.reduce((sum, block) => sum + block.bytes.length, bytes.length)
  const packet = new Uint8Array(rtpHeaderBytes + heads + size)
  // The marker says that text comes after a pause (RFC 4103, section 3).
  writeRtpHeader(packet, before.length === 0, red ?? t140, sending.sequence, timestamp, sending.ssrc)
  let head = rtpHeaderBytes
  let at = rtpHeaderBytes + heads
  for (const block of again) {
    const offset = (timestamp - block.timestamp) >>> 0
    packet[head++] = 0x80 | t140
    packet[head++] = offset >> 6
    packet[head++] = ((offset & 0x3f) << 2) | (block.bytes.length >> 8)
    packet[head++] = block.bytes.length
    packet.set(block.bytes, at)
    at += block.bytes.length
  }
  if (red !== undefined) packet[head] = t140
  packet.set(bytes, at)
  sending.sequence = (sending.sequence + 1) & 0xffff
  sending.before = [...before, { bytes, timestamp }].slice(-generations)
  return packet
}

/** What one end hears: each letter once, in order, and where some are lost a mark. */
export type TextHearing = {
  ssrc: number | undefined
  /** Sequence number of the last packet whose text was taken. */
  last: number
  /** Packets whose text nobody has any more. */
  lost: number
}

export const createTextHearing = (): TextHearing => ({ ssrc: undefined, last: 0, lost: 0 })

/** The text that a packet brings; undefined when it is none of these payloads, or broken. Empty when it was known. */
export function hearText(
  hearing: TextHearing,
  { t140, red }: TextPayloads,
  fields: RtpFields,
  packet: Uint8Array,
): string | undefined {
  const { payloadType, sequence, ssrc, payloadStart, payloadEnd } = fields
  const payload = packet.subarray(payloadStart, payloadEnd)
  const blocks =
    payloadType === t140
      ? [payload]
      : payloadType === red && red !== undefined
        ? blocksIn(payload, t140)
        : undefined
  if (!blocks) return undefined
  const isFirst = hearing.ssrc !== ssrc
  const ahead = isFirst ? blocks.length : (sequence - hearing.last) & 0xffff
  // Of the past: what it says came with a later one, or was given up.
  if (ahead === 0 || ahead > 0x8000) return ''
  hearing.ssrc = ssrc
  hearing.last = sequence
  const missing = Math.max(0, ahead - blocks.length)
  hearing.lost += missing
  const fresh = blocks.slice(-Math.min(ahead, blocks.length))
  return (missing > 0 ? lostMark : '') + fresh.map(block => new TextDecoder().decode(block)).join('')
}

/** Blocks oldest first, the new one last. */
function blocksIn(payload: Uint8Array, t140: number): readonly Uint8Array[] | undefined {
  const lengths: number[] = []
  let at = 0
  while ((payload[at] ?? 0) & 0x80) {
    if (at + redundantHeaderBytes > payload.length || (payload[at]! & 0x7f) !== t140) return undefined
    lengths.push(((payload[at + 2]! & 0x03) << 8) | payload[at + 3]!)
    at += redundantHeaderBytes
  }
  if (at >= payload.length || payload[at] !== t140) return undefined
  at++
  const blocks: Uint8Array[] = []
  for (const length of lengths) {
    blocks.push(payload.subarray(at, at + length))
    at += length
  }
  return at > payload.length ? undefined : [...blocks, payload.subarray(at)]
}
