import { linearOf } from '../media/index.ts'
import type { SoundFrame } from './recognizer.ts'

/** Detects whether a recognizer has stalled, from the sound it was given since it last reported anything. */
export type StallWatch = {
  /** Notes that the recognizer was given this frame. */
  gave(frame: SoundFrame, nowMs: number): void
  /** Notes that the recognizer reported something. */
  spoke(nowMs: number): void
  /** Why the recognizer counts as stalled; undefined while it does not. */
  reason(nowMs: number): string | undefined
}

/**
 * Silence needs no answer, but speech does within a time that a caller tolerates. Loud sound alone proves nothing (a dog, a
 * television), so several seconds of it are required.
 */
const noGreetingMs = 10_000
const noAnswerMs = 10_000
const loudEnoughMs = 4_000
/** Mean square of a frame at -38 dBov; telephone speech is about 10 to 20 dB louder. */
const loudPower = 32_768 ** 2 * 10 ** -3.8

export function createStallWatch(): StallWatch {
  let firstMs: number | undefined
  let spokeMs: number | undefined
  let loudMs = 0
  return {
    gave(frame, nowMs) {
      firstMs ??= nowMs
      if (isLoud(frame)) loudMs += 20
    },
    spoke(nowMs) {
      spokeMs = nowMs
      loudMs = 0
    },
    reason(nowMs) {
      if (firstMs === undefined) return undefined
      if (spokeMs === undefined)
        return nowMs - firstMs > noGreetingMs ? `no greeting within ${noGreetingMs} ms` : undefined
      const isLate = nowMs - spokeMs > noAnswerMs && loudMs > loudEnoughMs
      return isLate ? `${loudMs} ms of sound without a word` : undefined
    },
  }
}

function isLoud({ codec, payload }: SoundFrame): boolean {
  const samples = linearOf(codec, payload)
  let power = 0
  for (const sample of samples) power += sample * sample
  return power / samples.length > loudPower
}
