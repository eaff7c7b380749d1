import { randomBytes } from 'node:crypto'
import { type Codec, encode, silenceOf, tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { Key, PlayEnd, Remote } from '../port.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../rtp.ts'
import { eventPayloadBytes } from '../telephone-event.ts'
import { toneOf } from '../tones.ts'
import { frameAt, type KeyHearing } from './hearing.ts'
import { createKeySending, isKeyDue, type KeySending, writeKeyPayload } from './key-sending.ts'
import { mix, mixBeneath } from './mix.ts'
import { createPlaylist, type Playlist, readPlaylist, recodePlaylist } from './playlist.ts'
import type { EncodedSound } from './protocol.ts'

const frameSamples = 160

/** Who has the word. */
type Saying = 'nothing' | 'silence' | 'sound' | 'bridge' | 'tone' | 'over'

/**
 * What goes out on one port. Something is sent every 20 ms, silence while there is nothing to say: NATs stay open, the
 * other end's media timer stays quiet and its jitter buffer in step, so that the next prompt begins without a flaw. It
 * costs what a prompt costs, which is what the machine is sized for anyway.
 */
export type Speaking = {
  readonly ssrc: number
  readonly firstTimestamp: number
  /** Rewritten for every packet; sending copies it into the kernel before the next is written. */
  readonly packet: Buffer
  readonly keyPacket: Buffer
  /** The 20 ms of sound in `packet`. */
  readonly frame: Uint8Array
  /** From the first key that was to be said on. */
  keys: KeySending | undefined
  tones: Playlist[] | undefined
  sequence: number
  remote: Remote | undefined
  codec: Codec
  playlist: Playlist | undefined
  /** Said over what plays or is bridged. */
  over: Playlist | undefined
  /** Voices are heard beneath it. */
  isBeside: boolean
  hasPlayed: boolean
  /** The only one whom they hear. */
  source: KeyHearing | undefined
  /** From the source's codec to ours where they differ. */
  table: Uint8Array | undefined
  /** All whom they hear. */
  sources: readonly KeyHearing[]
  saying: Saying
}

export function createSpeaking(): Speaking {
  const packet = Buffer.alloc(rtpHeaderBytes + frameSamples)
  const random = randomBytes(10)
  return {
    ssrc: random.readUInt32BE(0),
    firstTimestamp: random.readUInt32BE(4),
    packet,
    keyPacket: Buffer.alloc(rtpHeaderBytes + eventPayloadBytes),
    frame: packet.subarray(rtpHeaderBytes),
    keys: undefined,
    tones: undefined,
    sequence: random.readUInt16BE(8),
    remote: undefined,
    codec: codecOf('PCMA'),
    playlist: undefined,
    over: undefined,
    isBeside: false,
    hasPlayed: false,
    source: undefined,
    table: undefined,
    sources: [],
    saying: 'nothing',
  }
}

export function speakTo(speaking: Speaking, remote: Remote): void {
  const codec = codecOf(remote.codec)
  if (speaking.playlist && codec !== speaking.codec)
    speaking.playlist = recodePlaylist(speaking.playlist, speaking.codec, codec)
  if (speaking.over && codec !== speaking.codec)
    speaking.over = recodePlaylist(speaking.over, speaking.codec, codec)
  // Off hold: whoever was told half of it hears it from its beginning.
  if (remote.send && speaking.remote?.send === false && speaking.playlist?.isWhole) speaking.playlist.at = 0
  speaking.remote = remote
  speaking.codec = codec
  speaking.saying = 'nothing'
}

/** Plays, in place of what played before. */
export function startPlay(speaking: Speaking, playlist: Playlist): void {
  stopPlay(speaking, 'stopped')
  speaking.playlist = playlist
}

/** Ends what plays; with an ask only if that is what plays. */
export function stopPlay(speaking: Speaking, how: PlayEnd, ask?: number): void {
  const { playlist } = speaking
  if (!playlist || (ask !== undefined && playlist.ask !== ask)) return
  speaking.playlist = undefined
  speaking.hasPlayed = false
  speaking.saying = 'nothing'
  playlist.end(how)
}

/** Says sounds over whatever is said; nothing ends that. Beside voices they come after what is being said so. */
export function interject(speaking: Speaking, sounds: readonly EncodedSound[], isBeside: boolean): void {
  const over = createPlaylist({ sounds }, speaking.codec)
  const before = isBeside ? speaking.over : undefined
  if (before) speaking.over = { ...before, tracks: [...before.tracks, ...over.tracks] }
  else {
    speaking.over = over.tracks.length > 0 ? over : undefined
    speaking.isBeside = isBeside
  }
}

/** Says a key: as events, or as tones to an end that knows no events. */
export function sayKey(speaking: Speaking, key: Key): void {
  const { codec, remote } = speaking
  if (remote?.eventPayloadType !== undefined) {
    speaking.keys ??= createKeySending()
    speaking.keys.waiting.push(key)
  } else {
    speaking.tones ??= []
    const sound = { codec: codec.name, bytes: encode(codec, toneOf(key)) }
    speaking.tones.push(createPlaylist({ sounds: [sound] }, codec))
  }
}

/** Says on what these legs hear; with none, no more. */
export function repeatFrom(speaking: Speaking, sources: readonly KeyHearing[]): void {
  const { codec } = speaking
  const source = sources.length === 1 ? sources[0] : undefined
  speaking.source = source
  speaking.sources = sources
  speaking.table = source && source.codec !== codec ? tableBetween(source.codec, codec) : undefined
}

export function timestampAt(speaking: Speaking, tick: number): number {
  return (speaking.firstTimestamp + tick * frameSamples) >>> 0
}

/** The packet of this tick, to be sent before the next is asked for; none while nothing may be sent. */
export function packetAt(speaking: Speaking, tick: number): Buffer | undefined {
  const { remote, ssrc, keys } = speaking
  if (!remote) return undefined
  const timestamp = timestampAt(speaking, tick)
  const { sequence } = speaking
  const key = remote.eventPayloadType === undefined || !keys || !isKeyDue(keys, timestamp) ? undefined : keys
  const packet = key ? speaking.keyPacket : speaking.packet
  if (key) {
    writeRtpHeader(packet, key.frame === 1, remote.eventPayloadType!, sequence, key.timestamp, ssrc)
    writeKeyPayload(key, packet, rtpHeaderBytes)
    speaking.frame.fill(silenceOf(speaking.codec))
    speaking.saying = 'nothing'
  } else {
    const before = speaking.saying
    speaking.saying = fill(speaking, tick)
    // The marker says where a spurt of talk begins (RFC 3551, section 4.1).
    const isSpurt = speaking.saying !== before && (speaking.saying !== 'silence' || before === 'nothing')
    writeRtpHeader(
      packet,
      isSpurt,
      remote.payloadType ?? speaking.codec.payloadType,
      sequence,
      timestamp,
      ssrc,
    )
  }
  if (!remote.send) return undefined
  speaking.sequence = (sequence + 1) & 0xffff
  return packet
}

/** The packet is on its way: a play whose last samples it held is over. */
export function afterSent(speaking: Speaking): void {
  if (speaking.hasPlayed) stopPlay(speaking, 'finished')
}

function fill(speaking: Speaking, tick: number): Saying {
  const { tones, over, playlist, source, sources, frame, codec, remote } = speaking
  const tone = tones?.[0]
  if (tone) {
    if (readPlaylist(tone, frame, silenceOf(codec))) tones?.shift()
    return 'tone'
  }
  if (over) {
    if (readPlaylist(over, frame, silenceOf(codec))) speaking.over = undefined
    if (speaking.isBeside && sources.length > 0) mixBeneath(frame, sources, codec, tick)
    return 'over'
  }
  if (playlist && (remote?.send || !playlist.isWhole)) {
    speaking.hasPlayed = readPlaylist(playlist, frame, silenceOf(codec))
    return 'sound'
  }
  if (source) {
    repeat(frame, frameAt(source, tick), speaking.table)
    return 'bridge'
  }
  if (sources.length > 0) {
    mix(frame, sources, codec, tick)
    return 'bridge'
  }
  if (speaking.saying !== 'silence') frame.fill(silenceOf(codec))
  return 'silence'
}

function repeat(frame: Uint8Array, heard: Uint8Array, table: Uint8Array | undefined): void {
  if (table) for (let at = 0; at < frameSamples; at++) frame[at] = table[heard[at]!]!
  else for (let at = 0; at < frameSamples; at++) frame[at] = heard[at]!
}
