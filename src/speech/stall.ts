import { linearOf } from '../media/index.ts'
import type { SoundFrame } from './recognizer.ts'

/** Tells whether a recognizer still answers, by what it was given to hear since it last said anything. */
export type StallWatch = {
  /** It was given this. */
  gave(frame: SoundFrame, nowMs: number): void
  /** It said something. */
  spoke(nowMs: number): void
  /** Why it counts as stalled; undefined while it does not. */
  reason(nowMs: number): string | undefined
}

/**
 * DESIGN. Silence needs no answer; speech does, within what a caller bears. Loud sound alone proves nothing (a dog, a
 * television), so that several seconds of it are asked for.
 */
const noGreetingMs = 10_000
const noAnswerMs = 10_000
const loudEnoughMs = 4_000
/** Mean square of a frame at -38 dBov: speech on a telephone lies some 10 to 20 dB above. */
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
