import { type Codec, silenceOf, tableBetween } from './codec.ts'

/**
 * A jitter buffer for G.711, without a clock and without a socket: a ring of samples addressed by RTP timestamp. A
 * sample is a byte, so packets of any length land where they belong, whatever their order; one that comes twice
 * writes the same bytes again; a lost one leaves a hole, filled with what was heard 20 ms before, fading.
 */
export type JitterBuffer = {
  readonly silence: number
  readonly faded: Uint8Array
  readonly ring: Uint8Array
  /** 1 where a sample came and was not yet taken. */
  readonly came: Uint8Array
  readonly lastFrame: Uint8Array
  hasStarted: boolean
  ssrc: number
  /** Timestamp of the next sample to be taken. */
  playhead: number
  /** Timestamp after the newest sample. */
  newest: number
  lateInRow: number
  framesMissed: number
  /** How far ahead of the playhead packets came, at least, since the last look at it. */
  leastAhead: number
  framesSinceLook: number
}

const ringSamples = 8192
const frameSamples = 160
/** One frame in hand besides the one that is due: takes up to 20 ms of jitter before the first adaptation. */
const firstAhead = frameSamples
/** 200 ms: beyond that people speak into each other, and a hole is the lesser evil. */
const mostAhead = 10 * frameSamples
/** After 2 s in which every packet came two frames early, one of them is not worth its delay. */
const calmFrames = 100
const needlesslyAhead = 2 * frameSamples
/** So many late packets in a row are a sender that set its timestamps anew. */
const lateBeforeRestart = 10
const fade = 0.5
const framesOfFade = 4

/** @param codec of all that will be put in. */
export function createJitterBuffer(codec: Codec): JitterBuffer {
  const silence = silenceOf(codec)
  return {
    silence,
    faded: tableBetween(codec, codec, fade),
    ring: new Uint8Array(ringSamples),
    came: new Uint8Array(ringSamples),
    lastFrame: new Uint8Array(frameSamples).fill(silence),
    hasStarted: false,
    ssrc: 0,
    playhead: 0,
    newest: 0,
    lateInRow: 0,
    framesMissed: framesOfFade,
    leastAhead: ringSamples,
    framesSinceLook: 0,
  }
}

/** Puts the payload between `start` and `end` of a packet in its place. */
export function putPayload(
  buffer: JitterBuffer,
  ssrc: number,
  timestamp: number,
  packet: Uint8Array,
  start: number,
  end: number,
): void {
  const length = end - start
  if (length > mostAhead) return
  if (!buffer.hasStarted || ssrc !== buffer.ssrc) begin(buffer, ssrc, timestamp)
  let ahead = distance(timestamp, buffer.playhead)
  if (Math.abs(ahead) > ringSamples / 2) begin(buffer, ssrc, timestamp)
  else if (ahead >= 0) buffer.lateInRow = 0
  else if (++buffer.lateInRow >= lateBeforeRestart) begin(buffer, ssrc, timestamp)
  else if (depthOf(buffer) < mostAhead) shift(buffer, -frameSamples)
  ahead = distance(timestamp, buffer.playhead)
  if (ahead < buffer.leastAhead) buffer.leastAhead = ahead
  const { ring, came } = buffer
  for (let at = Math.max(0, -ahead); at < length; at++) {
    const place = (timestamp + at) % ringSamples
    ring[place] = packet[start + at]!
    came[place] = 1
  }
  if (distance(timestamp + length, buffer.newest) > 0) buffer.newest = (timestamp + length) >>> 0
}

/** Takes the next 160 samples; doing so every 20 ms is what moves its time. @returns how many truly came. */
export function takeFrame(buffer: JitterBuffer, into: Uint8Array): number {
  if (!buffer.hasStarted) {
    into.fill(buffer.silence)
    return 0
  }
  const { ring, came, faded, lastFrame, playhead } = buffer
  const isFading = buffer.framesMissed < framesOfFade
  let received = 0
  for (let at = 0; at < frameSamples; at++) {
    const place = (playhead + at) % ringSamples
    if (came[place]) {
      into[at] = ring[place]!
      came[place] = 0
      received++
    } else into[at] = isFading ? faded[lastFrame[at]!]! : buffer.silence
    lastFrame[at] = into[at]!
  }
  buffer.framesMissed = received === 0 ? buffer.framesMissed + 1 : 0
  buffer.playhead = (playhead + frameSamples) >>> 0
  if (++buffer.framesSinceLook >= calmFrames) {
    const isCalm = buffer.leastAhead >= needlesslyAhead && buffer.leastAhead < ringSamples
    shift(buffer, isCalm ? frameSamples : 0)
  }
  return received
}

/** Samples between what is taken next and the newest: how late the listener hears. */
export function depthOf(buffer: JitterBuffer): number {
  return buffer.hasStarted ? Math.max(0, distance(buffer.newest, buffer.playhead)) : 0
}

function begin(buffer: JitterBuffer, ssrc: number, timestamp: number): void {
  buffer.hasStarted = true
  buffer.ssrc = ssrc
  buffer.playhead = (timestamp - firstAhead) >>> 0
  buffer.newest = timestamp
  buffer.lateInRow = 0
  buffer.came.fill(0)
  shift(buffer, 0)
}

/** Waits for a frame more (negative) or less, by holding or skipping it, and looks anew at how early packets come. */
function shift(buffer: JitterBuffer, samples: number): void {
  buffer.playhead = (buffer.playhead + samples) >>> 0
  buffer.leastAhead = ringSamples
  buffer.framesSinceLook = 0
}

/** How far `a` is ahead of `b` in 32-bit time that wraps. */
function distance(a: number, b: number): number {
  return (a - b) | 0
}
