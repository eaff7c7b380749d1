/**
 * The fixed header of an RTP packet (RFC 3550, section 5.1), read and written in place: one record is filled again
 * and again, so that a packet costs no allocation.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                           timestamp                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           synchronization source (SSRC) identifier            |
 *     +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *     |  CC contributing sources, 4 bytes each                        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |  X: profile word, length in words, and as many words          |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const rtpHeaderBytes = 12

export type RtpFields = {
  marker: boolean
  payloadType: number
  /** 16 bits, wraps. */
  sequence: number
  /** 32 bits, wraps; in samples. */
  timestamp: number
  ssrc: number
  /** Where the payload begins and ends in the packet; padding is not part of it. */
  payloadStart: number
  payloadEnd: number
}

export function emptyRtpFields(): RtpFields {
  return {
    marker: false,
    payloadType: 0,
    sequence: 0,
    timestamp: 0,
    ssrc: 0,
    payloadStart: rtpHeaderBytes,
    payloadEnd: rtpHeaderBytes,
  }
}

/** Reads a header into `fields`. False when this is no RTP packet; `fields` is then not to be looked at. */
export function readRtp(packet: Uint8Array, fields: RtpFields): boolean {
  if (packet.length < rtpHeaderBytes || packet[0]! >> 6 !== 2) return false
  let start = rtpHeaderBytes + (packet[0]! & 0x0f) * 4
  if (packet[0]! & 0x10) {
    if (packet.length < start + 4) return false
    start += 4 + ((packet[start + 2]! << 8) | packet[start + 3]!) * 4
  }
  const padding = packet[0]! & 0x20 ? packet[packet.length - 1]! : 0
  const end = packet.length - padding
  if (start > end || (packet[0]! & 0x20 && padding === 0)) return false
  fields.marker = packet[1]! >> 7 === 1
  fields.payloadType = packet[1]! & 0x7f
  fields.sequence = (packet[2]! << 8) | packet[3]!
  fields.timestamp = uint32At(packet, 4)
  fields.ssrc = uint32At(packet, 8)
  fields.payloadStart = start
  fields.payloadEnd = end
  return true
}

/** Writes the 12 bytes of a header without contributing sources or extension. */
export function writeRtpHeader(
  packet: Uint8Array,
  marker: boolean,
  payloadType: number,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[0] = 0x80
  packet[1] = (marker ? 0x80 : 0) | payloadType
  packet[2] = sequence >> 8
  packet[3] = sequence
  writeUint32At(packet, 4, timestamp)
  writeUint32At(packet, 8, ssrc)
}

function uint32At(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

function writeUint32At(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}
