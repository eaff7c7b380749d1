import { tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { CodecName, PlayEnd } from '../port.ts'
import type { EncodedSound } from './protocol.ts'

/** Sounds that are being played one after the other, without a gap between them. */
export type Playlist = {
  /** Request that is answered when it ends. */
  readonly ask: number
  /**
   * Writes the next samples into `packet`, the last frame of all filled up with silence.
   * @returns whether that was the last frame.
   */
  read(frame: Uint8Array, silence: number): boolean
  end(how: PlayEnd): void
}

export function createPlaylist(
  ask: number,
  sounds: readonly EncodedSound[],
  loop: boolean,
  codec: CodecName,
  end: (how: PlayEnd) => void,
): Playlist {
  const tracks = sounds.map(sound => inCodec(sound, codec)).filter(track => track.length > 0)
  let track = 0
  let at = 0
  return {
    ask,
    end,
    read(frame, silence) {
      let filled = 0
      while (filled < frame.length && track < tracks.length) {
        const bytes = tracks[track]!
        const end = Math.min(frame.length, filled + bytes.length - at)
        while (filled < end) frame[filled++] = bytes[at++]!
        if (at < bytes.length) break
        at = 0
        track++
        if (loop && track === tracks.length) track = 0
      }
      while (filled < frame.length) frame[filled++] = silence
      return track === tracks.length
    },
  }
}

function inCodec(sound: EncodedSound, codec: CodecName): Uint8Array {
  if (sound.codec === codec) return sound.bytes
  const table = tableBetween(codecOf(sound.codec), codecOf(codec))
  return Uint8Array.from(sound.bytes, byte => table[byte]!)
}
