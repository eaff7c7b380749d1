import type { Gap, SoundFrame } from './recognizer.ts'

/** A buffered frame, with its own copy of the payload. */
export type KeptFrame = SoundFrame & { readonly atMs: number }

export const frameMs = 20
/** A tap hands over 160 bytes, or words on a line without sound. Anything longer than this is neither. */
const mostBytes = 8000

/** A bounded buffer of sound on its way to a recognizer. */
export type Intake = {
  push(frame: SoundFrame, atMs: number): void
  /** Takes the oldest frame, or first a gap if older frames were dropped. */
  take(): Gap | KeptFrame | undefined
  readonly size: number
}

/** @param most the most frames that may wait; by default 10 s, long enough for a new connection to a service */
export function createIntake(most = 500): Intake {
  const waiting: KeptFrame[] = []
  let gap: Gap | undefined

  return {
    push({ codec, payload }, atMs) {
      if (payload.length === 0 || payload.length > mostBytes || !Number.isFinite(atMs)) return
      // Copy explicitly: the slice of a Buffer would be a view.
      waiting.push({ codec, payload: new Uint8Array(payload), atMs })
      const dropped = waiting.length > most ? waiting.shift() : undefined
      if (!dropped) return
      gap = {
        kind: 'gap',
        reason: 'slow',
        fromMs: gap?.fromMs ?? dropped.atMs,
        toMs: dropped.atMs + frameMs,
        frames: (gap?.frames ?? 0) + 1,
      }
    },
    take() {
      const first = gap
      gap = undefined
      return first ?? waiting.shift()
    },
    get size() {
      return waiting.length
    },
  }
}
