import { type Codec, tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { PlayEnd } from '../port.ts'
import type { EncodedSound } from './protocol.ts'

/** Sounds that are being played one after the other, without a gap between them. */
export type Playlist = {
  /** Request that is answered when it ends. */
  readonly ask: number
  readonly end: (how: PlayEnd) => void
  readonly tracks: readonly Uint8Array[]
  readonly isLoop: boolean
  /** Waits while nobody hears it. */
  readonly isWhole: boolean
  track: number
  at: number
}

export function createPlaylist(
  {
    sounds,
    ask = 0,
    loop = false,
    whole = false,
    end = () => undefined,
  }: {
    readonly sounds: readonly EncodedSound[]
    readonly ask?: number
    readonly loop?: boolean
    readonly whole?: boolean
    readonly end?: (how: PlayEnd) => void
  },
  codec: Codec,
): Playlist {
  const tracks = sounds
    .filter(({ bytes }) => bytes.length > 0)
    .map(sound => recoded(sound.bytes, codecOf(sound.codec), codec))
  return { ask, end, tracks, isLoop: loop, isWhole: whole, track: 0, at: 0 }
}

/** The same in another codec: what a re-INVITE can ask for in the middle of a prompt. */
export function recodePlaylist(list: Playlist, from: Codec, to: Codec): Playlist {
  return { ...list, tracks: list.tracks.map(track => recoded(track, from, to)) }
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

function recoded(bytes: Uint8Array, from: Codec, to: Codec): Uint8Array {
  if (from === to) return bytes
  const table = tableBetween(from, to)
  return Uint8Array.from(bytes, byte => table[byte]!)
}
