import type { Gap, SoundFrame } from './recognizer.ts'

/** A frame that is kept: its own copy of the payload. */
export type KeptFrame = SoundFrame & { readonly atMs: number }

export const frameMs = 20
/** What a tap hands over is 160 bytes (or words, on a line without sound); what is longer than this is neither. */
const mostBytes = 8000

/** Sound on its way to a recognizer, in order; never more than a bounded stretch of it. */
export type Intake = {
  push(frame: SoundFrame, atMs: number): void
  /** The oldest frame; before it the gap, when older ones had to go. */
  take(): Gap | KeptFrame | undefined
  readonly size: number
}

/** @param most frames that may wait: 10 s when absent, which outlasts a new connection to a service. */
export function createIntake(most = 500): Intake {
  const waiting: KeptFrame[] = []
  let gap: Gap | undefined

  return {
    push({ codec, payload }, atMs) {
      if (payload.length === 0 || payload.length > mostBytes || !Number.isFinite(atMs)) return
      // A copy even of a Buffer, whose slice would be a view.
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
