import { type Codec, silenceOf, tableBetween } from './codec.ts'

/**
 * A jitter buffer for G.711, without a clock and without a socket: a ring of samples addressed by RTP timestamp. A
 * sample is a byte, so packets of any length land where they belong, whatever their order; one that comes twice
 * writes the same bytes again; a lost one leaves a hole, filled with what was heard 20 ms before, fading.
 */
export type JitterBuffer = {
  /** Puts a payload in its place. */
  write(ssrc: number, timestamp: number, packet: Uint8Array, start: number, end: number): void
  /** Takes the next samples; being read every 20 ms is what moves its time. @returns how many truly came. */
  read(into: Uint8Array): number
  /** Samples between what was read last and the newest written: how late the listener hears. */
  depth(): number
}

const ringSamples = 8192
const frameSamples = 160
/** One frame in hand besides the one that is due: takes up to 20 ms of jitter before the first adaptation. */
const firstDepth = 2 * frameSamples
const deepest = 10 * frameSamples
/** How often it asks whether it waits longer than it must: 2 s of frames. */
const calmReads = 100
/** So many late packets in a row are a sender that started its timestamps anew. */
const lateBeforeRestart = 10
const fade = 0.5
const framesOfFade = 4

export function createJitterBuffer(codec: Codec): JitterBuffer {
  const silence = silenceOf(codec)
  const faded = tableBetween(codec, codec, fade)
  const ring = new Uint8Array(ringSamples)
  const came = new Uint8Array(ringSamples)
  const lastFrame = new Uint8Array(frameSamples).fill(silence)
  let started = false
  let source = 0
  let playhead = 0
  let newest = 0
  let lateInRow = 0
  let missedFrames = framesOfFade
  let leastAhead = Number.POSITIVE_INFINITY
  let readsSinceCheck = 0

  const start = (ssrc: number, timestamp: number) => {
    started = true
    source = ssrc
    playhead = (timestamp - (firstDepth - frameSamples)) >>> 0
    newest = timestamp
    lateInRow = 0
    leastAhead = Number.POSITIVE_INFINITY
    readsSinceCheck = 0
    came.fill(0)
  }

  /** Waits for one frame more, or one less, by holding or skipping 20 ms. */
  const shift = (samples: number) => {
    playhead = (playhead + samples) >>> 0
    leastAhead = Number.POSITIVE_INFINITY
    readsSinceCheck = 0
  }

  return {
    write(ssrc, timestamp, packet, from, end) {
      const length = end - from
      if (length > ringSamples / 4) return
      if (!started || ssrc !== source) start(ssrc, timestamp)
      let ahead = distance(timestamp, playhead)
      if (ahead + length > ringSamples / 2 || ahead < -ringSamples / 2) start(ssrc, timestamp)
      else if (ahead < 0) {
        if (++lateInRow >= lateBeforeRestart) start(ssrc, timestamp)
        else if (distance(newest, playhead) < deepest) shift(-frameSamples)
      } else lateInRow = 0
      ahead = distance(timestamp, playhead)
      if (ahead < leastAhead) leastAhead = ahead
      for (let at = Math.max(0, -ahead); at < length; at++) {
        const place = (timestamp + at) % ringSamples
        ring[place] = packet[from + at]!
        came[place] = 1
      }
      if (distance(timestamp + length, newest) > 0) newest = (timestamp + length) >>> 0
    },

    read(into) {
      if (!started) {
        into.fill(silence)
        return 0
      }
      let received = 0
      for (let at = 0; at < frameSamples; at++) {
        const place = (playhead + at) % ringSamples
        if (came[place]) {
          into[at] = ring[place]!
          came[place] = 0
          received++
        } else into[at] = missedFrames < framesOfFade ? faded[lastFrame[at]!]! : silence
        lastFrame[at] = into[at]!
      }
      missedFrames = received === 0 ? missedFrames + 1 : 0
      playhead = (playhead + frameSamples) >>> 0
      if (++readsSinceCheck >= calmReads)
        shift(leastAhead >= 2 * frameSamples && leastAhead < ringSamples ? frameSamples : 0)
      return received
    },

    depth: () => (started ? Math.max(0, distance(newest, playhead)) : 0),
  }
}

/** How far `a` is ahead of `b` in 32-bit time that wraps. */
function distance(a: number, b: number): number {
  return (a - b) | 0
}
