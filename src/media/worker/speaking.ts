import { randomBytes } from 'node:crypto'
import { type Codec, encode, silenceOf, tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { CodecName, Key, PlayEnd, Remote } from '../port.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../rtp.ts'
import { eventPayloadBytes } from '../telephone-event.ts'
import { toneOf } from '../tones.ts'
import { createKeySending } from './key-sending.ts'
import { createPlaylist, type Playlist } from './playlist.ts'
import type { EncodedSound } from './protocol.ts'

const frameSamples = 160

/** Where bridged sound comes from: the frame of this tick, in that codec. */
export type Source = { readonly codec: CodecName; frame(tick: number): Uint8Array }

/**
 * What goes out on one port. Something is sent every 20 ms, silence while there is nothing to say: NATs stay open, the
 * other end's media timer stays quiet and its jitter buffer in step, so that the next prompt begins without a flaw. It
 * costs what a prompt costs, which is what the machine is sized for anyway.
 */
export type Speaking = {
  readonly ssrc: number
  /** RTP timestamp of a tick. */
  timestampAt(tick: number): number
  connect(remote: Remote): void
  play(ask: number, sounds: readonly EncodedSound[], loop: boolean, end: (how: PlayEnd) => void): void
  /** Ends what plays; with an ask only if that is what plays. */
  stopPlay(how: PlayEnd, ask?: number): void
  sendKey(key: Key): void
  bridge(source: Source | undefined): void
  /** The packet of this tick, to be sent before the next is asked for; none while nothing may be sent. */
  packet(tick: number): Buffer | undefined
  /** The 20 ms of sound in the last packet. */
  readonly said: Uint8Array
  /** The packet is on its way: what ended with it has been heard out. */
  sent(): void
}

type Saying = 'silence' | 'sound' | 'bridge' | 'tone'

export function createSpeaking(): Speaking {
  const packet = Buffer.alloc(rtpHeaderBytes + frameSamples)
  const keyPacket = Buffer.alloc(rtpHeaderBytes + eventPayloadBytes)
  const frame = packet.subarray(rtpHeaderBytes)
  const random = randomBytes(10)
  const ssrc = random.readUInt32BE(0)
  const firstTimestamp = random.readUInt32BE(4)
  let sequence = random.readUInt16BE(8)
  let remote: Remote | undefined
  let codec: Codec = codecOf('PCMA')
  let silence = silenceOf(codec)
  let playlist: Playlist | undefined
  const tones: Playlist[] = []
  let source: Source | undefined
  let table: Uint8Array | undefined
  let saying: Saying | undefined
  let hasEnded = false
  const keysOut = createKeySending()

  const timestampAt = (tick: number) => (firstTimestamp + tick * frameSamples) >>> 0

  const fromBridge = (bridged: Uint8Array) => {
    if (table) for (let at = 0; at < frameSamples; at++) frame[at] = table[bridged[at]!]!
    else for (let at = 0; at < frameSamples; at++) frame[at] = bridged[at]!
  }

  const numbered = (ready: Buffer): Buffer | undefined => {
    if (!remote?.send) return undefined
    sequence = (sequence + 1) & 0xffff
    return ready
  }

  /** Fills the frame from whoever has the word. */
  const fill = (tick: number): Saying => {
    if (tones[0]) {
      if (tones[0].read(frame, silence)) tones.shift()
      return 'tone'
    }
    if (playlist) {
      hasEnded = playlist.read(frame, silence)
      return 'sound'
    }
    if (source) {
      fromBridge(source.frame(tick))
      return 'bridge'
    }
    if (saying !== 'silence') frame.fill(silence)
    return 'silence'
  }

  const stopPlay = (how: PlayEnd, ask?: number) => {
    if (!playlist || (ask !== undefined && playlist.ask !== ask)) return
    const stopped = playlist
    playlist = undefined
    saying = undefined
    hasEnded = false
    stopped.end(how)
  }

  const bridge = (from: Source | undefined) => {
    source = from
    table = from && from.codec !== codec.name ? tableBetween(codecOf(from.codec), codec) : undefined
  }

  return {
    ssrc,
    timestampAt,
    bridge,
    stopPlay,

    connect(next) {
      remote = next
      codec = codecOf(next.codec)
      silence = silenceOf(codec)
      saying = undefined
      bridge(source)
    },

    play(ask, sounds, loop, end) {
      stopPlay('stopped')
      playlist = createPlaylist(ask, sounds, loop, codec.name, end)
    },

    sendKey(key) {
      if (remote?.eventPayloadType !== undefined) keysOut.add(key)
      else {
        const sound = { codec: codec.name, bytes: encode(codec, toneOf(key)) }
        tones.push(createPlaylist(0, [sound], false, codec.name, () => undefined))
      }
    },

    packet(tick) {
      if (!remote) return undefined
      const timestamp = timestampAt(tick)
      if (remote.eventPayloadType !== undefined && keysOut.next(timestamp)) {
        frame.fill(silence)
        saying = undefined
        writeRtpHeader(keyPacket, keysOut.marker, remote.eventPayloadType, sequence, keysOut.timestamp, ssrc)
        keysOut.writePayload(keyPacket, rtpHeaderBytes)
        return numbered(keyPacket)
      }
      const before = saying
      saying = fill(tick)
      // The marker says where a spurt of talk begins (RFC 3551, section 4.1).
      const marker = saying !== before && (saying !== 'silence' || before === undefined)
      writeRtpHeader(packet, marker, codec.payloadType, sequence, timestamp, ssrc)
      return numbered(packet)
    },

    sent() {
      if (!hasEnded) return
      hasEnded = false
      stopPlay('finished')
    },

    said: frame,
  }
}
