import { tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { CodecName, PlayEnd } from '../port.ts'
import type { EncodedSound } from './protocol.ts'

/** Sounds that are being played one after the other, without a gap between them. */
export type Playlist = {
  /** Request that is answered when it ends. */
  readonly ask: number
  readonly end: (how: PlayEnd) => void
  readonly tracks: readonly Uint8Array[]
  readonly isLoop: boolean
  track: number
  at: number
}

export function createPlaylist(
  ask: number,
  sounds: readonly EncodedSound[],
  isLoop: boolean,
  codec: CodecName,
  end: (how: PlayEnd) => void,
): Playlist {
  const tracks = sounds.map(sound => inCodec(sound, codec)).filter(track => track.length > 0)
  return { ask, end, tracks, isLoop, track: 0, at: 0 }
}

/** Writes the next samples into `frame`, and silence where they end within it. @returns whether they have ended. */
export function readPlaylist(list: Playlist, frame: Uint8Array, silence: number): boolean {
  const { tracks } = list
  let filled = 0
  while (filled < frame.length && list.track < tracks.length) {
    const bytes = tracks[list.track]!
    const start = list.at - filled
    const end = Math.min(frame.length, bytes.length - start)
    for (; filled < end; filled++) frame[filled] = bytes[start + filled]!
    list.at = start + filled
    if (list.at < bytes.length) break
    list.at = 0
    list.track++
    if (list.isLoop && list.track === tracks.length) list.track = 0
  }
  for (; filled < frame.length; filled++) frame[filled] = silence
  return list.track === tracks.length
}

function inCodec(sound: EncodedSound, codec: CodecName): Uint8Array {
  if (sound.codec === codec) return sound.bytes
  const table = tableBetween(codecOf(sound.codec), codecOf(codec))
  return Uint8Array.from(sound.bytes, byte => table[byte]!)
}
