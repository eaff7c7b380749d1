import { monotonicMs } from '../../foundation/index.ts'
import { type Codec, silenceOf, tableBetween } from '../codec.ts'
import { codecOf } from '../codecs.ts'
import type { TalkRecorded, TalkRecorder, TalkSpan } from '../port.ts'
import { sampleRate } from '../sound.ts'
import {
  channels,
  loudnessOf,
  peaksChunk,
  samplesInPeak,
  sizeTalkHeader,
  talkHeader,
  writePeaks,
} from '../talk-file.ts'
import type { FrameListener, Leg } from './leg.ts'
import { createPieceFile, givePiece, type PieceFile, pieceBytes, takePiece } from './pieces.ts'

const frameSamples = 160
const frameBytes = frameSamples * channels
const frameMs = (frameSamples / sampleRate) * 1000
/** Of 12 s; doubled as a conversation outgrows them. */
const firstPeaks = 256

/**
 * Keeps a conversation as the citizen's leg has it: on the left what they say, on the right what they hear. It begins with
 * the first 20 ms in which somebody hears them or they hear somebody, and ends with the last; while they are alone between
 * the two, with music or waiting for another agent, both channels are silent and the time runs on, as it does in a pause.
 */
export function createTalkRecorder(
  leg: Pick<Leg, 'hears' | 'heardBy'>,
  path: string,
  title: string,
  isPausedAtFirst: boolean,
  onLost: () => void,
): TalkRecorder & { readonly listen: FrameListener } {
  let codec: Codec | undefined
  let table: Uint8Array | undefined
  let spoken: string | undefined
  let silence = 0
  let header: Buffer | undefined
  let file: PieceFile | undefined
  let piece: Uint8Array | undefined
  let filled = 0
  let frames = 0
  /** Frames up to the last in which somebody was there. */
  let framesTogether = 0
  let beganAtMs: number | undefined
  let loudness: Uint8Array | undefined
  let peaks = new Uint8Array(firstPeaks)
  let peaksFilled = 0
  let isPaused = isPausedAtFirst
  let hasEnded = false
  let kind: TalkSpan['kind'] | undefined
  let kindFrom = 0
  const spans: TalkSpan[] = []
  const lost: { readonly kind: 'lost'; readonly fromMs: number; untilMs: number }[] = []
  let end!: () => void
  const ended = new Promise<void>(resolve => {
    end = resolve
  })

  const become = (next: TalkSpan['kind'] | undefined, frame: number) => {
    if (next === kind) return
    if (kind) spans.push({ kind, fromMs: kindFrom * frameMs, untilMs: frame * frameMs })
    kind = next
    kindFrom = frame
  }
  const begin = (name: Codec['name']) => {
    codec = codecOf(name)
    spoken = name
    silence = silenceOf(codec)
    loudness = loudnessOf(codec)
    header = talkHeader(name, title)
    file = createPieceFile(path, header, sizeTalkHeader, silence, end)
    beganAtMs = monotonicMs()
  }
  const flush = (sound: Uint8Array, bytes: number) => {
    const most = Math.ceil(bytes / (samplesInPeak * channels)) * channels
    if (peaksFilled + most > peaks.length) {
      const larger = new Uint8Array(peaks.length * 2)
      larger.set(peaks)
      peaks = larger
    }
    const before = peaksFilled
    peaksFilled += writePeaks(sound, bytes, loudness!, peaks, before)
    if (file!.add(sound, bytes)) return
    onLost()
    peaks.fill(0, before, peaksFilled)
    const fromMs = (frames - bytes / frameBytes) * frameMs
    const untilMs = frames * frameMs
    const last = lost.at(-1)
    if (last?.untilMs === fromMs) last.untilMs = untilMs
    else lost.push({ kind: 'lost', fromMs, untilMs })
  }

  const finish = async (): Promise<TalkRecorded> => {
    await ended
    hasEnded = true
    if (!file || !header) return { durationMs: 0, spans: [] }
    become(undefined, framesTogether)
    // What came after the last word is not kept; a part of it may be on the disk by now.
    const onDisk = frames - filled / frameBytes
    const left = Math.max(0, framesTogether - onDisk) * frameBytes
    frames = Math.max(onDisk, framesTogether)
    if (piece && left > 0) flush(piece, left)
    else if (piece) givePiece(piece)
    piece = undefined
    const dataBytes = framesTogether * frameBytes
    const behind = peaksChunk(
      peaks.subarray(0, Math.ceil((framesTogether * frameSamples) / samplesInPeak) * channels),
    )
    const { length } = header
    const { written, failure } = await file.finish(async handle => {
      await handle.truncate(length + dataBytes)
      await handle.write(behind, 0, behind.length, length + dataBytes)
      sizeTalkHeader(header!, dataBytes, behind.length)
      await handle.write(header!, 0, length, 0)
    })
    const durationMs = (failure === undefined ? framesTogether : written / frameBytes) * frameMs
    const inOrder = [...spans, ...lost].sort((one, other) => one.fromMs - other.fromMs)
    const kept = inOrder.filter(({ fromMs, untilMs }) => untilMs > fromMs && fromMs < durationMs)
    return { durationMs, beganAtMs, spans: kept, cutBy: failure }
  }

  return {
    end,
    done: finish(),
    pause(now) {
      isPaused = now
    },
    listen(codecName, heard, said) {
      if (hasEnded) return
      const isHeard = leg.heardBy.length > 0
      const hears = leg.hears.length > 0
      const isTogether = isHeard || hears
      if (!codec) {
        if (!isTogether) return
        begin(codecName)
      }
      if (codecName !== spoken) {
        spoken = codecName
        table = codecName === codec!.name ? undefined : tableBetween(codecOf(codecName), codec!)
      }
      piece ??= takePiece()
      const now = isPaused ? 'paused' : isTogether ? undefined : 'alone'
      if (now !== kind) become(now, frames)
      interleave(piece, filled, now === undefined && isHeard ? heard : undefined, 0, table, silence)
      interleave(piece, filled, now === undefined && hears ? said : undefined, 1, table, silence)
      filled += frameBytes
      frames++
      if (isTogether) framesTogether = frames
      if (filled < pieceBytes) return
      const full = piece
      piece = undefined
      filled = 0
      flush(full, pieceBytes)
    },
  }
}

function interleave(
  piece: Uint8Array,
  from: number,
  frame: Uint8Array | undefined,
  channel: 0 | 1,
  table: Uint8Array | undefined,
  silence: number,
): void {
  let place = from + channel
  if (!frame) for (let at = 0; at < frameSamples; at++, place += channels) piece[place] = silence
  else if (table)
    for (let at = 0; at < frameSamples; at++, place += channels) piece[place] = table[frame[at]!]!
  else for (let at = 0; at < frameSamples; at++, place += channels) piece[place] = frame[at]!
}
