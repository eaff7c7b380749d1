import { type Codec, silenceOf, tableBetween } from './codec.ts'

/**
 * A jitter buffer for G.711, without a clock and without a socket: a ring of samples addressed by RTP timestamp. A
 * sample is a byte, so packets of any length land where they belong, whatever their order; one that comes twice
 * writes the same bytes again; a lost one leaves a hole, filled with what was heard 20 ms before, fading.
 */
export type JitterBuffer = {
  readonly silence: number
  readonly faded: Uint8Array
  /** Of each byte whether it is as good as silent. */
  readonly quiet: Uint8Array
  readonly ring: Uint8Array
  /** Of each place in the ring whether its sample is missing, waits, or was taken. */
  readonly state: Uint8Array
  readonly lastFrame: Uint8Array
  hasStarted: boolean
  ssrc: number
  /** Timestamp of the next sample to be taken. */
  playhead: number
  /** Timestamp after the newest sample that was taken: where the playhead was held back, nothing older is heard. */
  heardUntil: number
  /** Timestamp after the newest sample. */
  newest: number
  /** Of the packets put in, the highest. */
  sequence: number
  /** Packets in a row that were sent after the newest sample, and are stamped before it. */
  fallenInRow: number
  lateInRow: number
  framesMissed: number
  /** How far ahead of the playhead packets came, at least, since the last look at it. */
  leastAhead: number
  framesSinceLook: number
  /** Samples by which every packet came earlier than it need. */
  surplus: number
}

const ringSamples = 8192
const missing = 0
const waits = 1
const taken = 2
const frameSamples = 160
/** One frame in hand besides the one that is due: takes up to 20 ms of jitter before the first adaptation. */
const firstAhead = frameSamples
/** What is further from the playhead, either way, belongs to another stream of timestamps. */
const reach = ringSamples / 2 - 2 * frameSamples
/** 200 ms: beyond that people speak into each other, and a hole is the lesser evil. */
const mostAhead = 10 * frameSamples
/**
 * After 2 s in which every packet came two frames early, one of them is not worth its delay, nor are the others that are
 * not needed, as after a burst that made up for a standstill: those are left out of pauses, every other frame of them.
 */
const calmFrames = 100
const needlesslyAhead = 2 * frameSamples
/** Of a 16-bit sample, -46 dB of the loudest: what a line makes of a silent room. */
const quietest = 164
/** So many late packets in a row are a sender that set its timestamps anew. */
const lateBeforeRestart = 10
/** So are two in order of sending whose time is not: one may be a slip. */
const fallenBeforeRestart = 2
const fade = 0.5
const framesOfFade = 4

/** @param codec of all that will be put in. */
export function createJitterBuffer(codec: Codec): JitterBuffer {
  const silence = silenceOf(codec)
  return {
    silence,
    faded: tableBetween(codec, codec, fade),
    quiet: Uint8Array.from(codec.toLinear, sample => Number(Math.abs(sample) <= quietest)),
    ring: new Uint8Array(ringSamples),
    state: new Uint8Array(ringSamples),
    lastFrame: new Uint8Array(frameSamples).fill(silence),
    hasStarted: false,
    ssrc: 0,
    playhead: 0,
    heardUntil: 0,
    newest: 0,
    sequence: 0,
    fallenInRow: 0,
    lateInRow: 0,
    framesMissed: framesOfFade,
    leastAhead: ringSamples,
    framesSinceLook: 0,
    surplus: 0,
  }
}

/** Puts the payload between `start` and `end` of a packet in its place. */
export function putPayload(
  buffer: JitterBuffer,
  ssrc: number,
  sequence: number,
  timestamp: number,
  packet: Uint8Array,
  start: number,
  end: number,
): void {
  const length = end - start
  if (length > mostAhead) return
  if (!buffer.hasStarted || ssrc !== buffer.ssrc) begin(buffer, ssrc, sequence, timestamp)
  const { ring, state } = buffer
  const ahead = distance(timestamp, buffer.playhead)
  if (Math.abs(ahead) > reach || hasFallenBack(buffer, sequence, timestamp + length))
    begin(buffer, ssrc, sequence, timestamp)
  else if (ahead >= 0) buffer.lateInRow = 0
  else if (state[timestamp % ringSamples] === missing) beLate(buffer, ssrc, sequence, timestamp)
  const usable = distance(timestamp, buffer.playhead)
  if (usable < buffer.leastAhead) buffer.leastAhead = usable
  for (let at = Math.max(0, distance(buffer.heardUntil, timestamp)); at < length; at++) {
    const place = (timestamp + at) % ringSamples
    if (state[place] !== missing) continue
    ring[place] = packet[start + at]!
    state[place] = waits
  }
  if (distance(timestamp + length, buffer.newest) > 0) buffer.newest = (timestamp + length) >>> 0
}

/** Takes the next 160 samples; doing so every 20 ms is what moves its time. @returns how many truly came. */
export function takeFrame(buffer: JitterBuffer, into: Uint8Array): number {
  if (!buffer.hasStarted) {
    into.fill(buffer.silence)
    return 0
  }
  if (buffer.surplus > 0 && isPause(buffer)) skipFrame(buffer)
  const { ring, state, faded, lastFrame, playhead } = buffer
  const isFading = buffer.framesMissed < framesOfFade
  let received = 0
  for (let at = 0; at < frameSamples; at++) {
    const place = (playhead + at) % ringSamples
    if (state[place] === waits) {
      into[at] = ring[place]!
      state[place] = taken
      received++
    } else into[at] = isFading ? faded[lastFrame[at]!]! : buffer.silence
    lastFrame[at] = into[at]!
  }
  forget(buffer)
  buffer.framesMissed = received === 0 ? buffer.framesMissed + 1 : 0
  buffer.playhead = (playhead + frameSamples) >>> 0
  if (distance(buffer.playhead, buffer.heardUntil) > 0) buffer.heardUntil = buffer.playhead
  if (++buffer.framesSinceLook >= calmFrames) look(buffer)
  return received
}

/** Samples between what is taken next and the newest: how late the listener hears. */
export function depthOf(buffer: JitterBuffer): number {
  return buffer.hasStarted ? Math.max(0, distance(buffer.newest, buffer.playhead)) : 0
}

function begin(buffer: JitterBuffer, ssrc: number, sequence: number, timestamp: number): void {
  buffer.hasStarted = true
  buffer.ssrc = ssrc
  buffer.playhead = (timestamp - firstAhead) >>> 0
  buffer.heardUntil = buffer.playhead
  buffer.newest = timestamp
  buffer.sequence = sequence
  buffer.fallenInRow = 0
  buffer.lateInRow = 0
  buffer.state.fill(missing)
  shift(buffer, 0)
}

/** Whether the sender has set its clock back: with what was heard before still in the ring, it would not be heard. */
function hasFallenBack(buffer: JitterBuffer, sequence: number, end: number): boolean {
  const order = ((sequence - buffer.sequence) << 16) >> 16
  if (order <= 0) return false
  buffer.sequence = sequence
  buffer.fallenInRow = distance(end, buffer.newest) <= 0 ? buffer.fallenInRow + 1 : 0
  return buffer.fallenInRow >= fallenBeforeRestart
}

/** A packet came after its time: waits longer from now on, unless that is long enough, or it is a new beginning. */
function beLate(buffer: JitterBuffer, ssrc: number, sequence: number, timestamp: number): void {
  if (++buffer.lateInRow >= lateBeforeRestart) begin(buffer, ssrc, sequence, timestamp)
  else if (depthOf(buffer) < mostAhead) shift(buffer, -frameSamples)
}

/** Judges by the earliness of the packets since the last look, and begins the next. */
function look(buffer: JitterBuffer): void {
  const { leastAhead } = buffer
  shift(buffer, 0)
  if (leastAhead < needlesslyAhead || leastAhead === ringSamples) return
  buffer.surplus = leastAhead - firstAhead
  skipFrame(buffer)
}

/** What was taken half a ring ago is forgotten before its place is needed again. */
function forget({ state, playhead }: JitterBuffer): void {
  const from = (playhead + ringSamples / 2) % ringSamples
  state.fill(missing, from, from + frameSamples)
  state.fill(missing, 0, Math.max(0, from + frameSamples - ringSamples))
}

/** Whether nothing but silence comes next. */
function isPause({ ring, state, quiet, playhead }: JitterBuffer): boolean {
  for (let at = 0; at < frameSamples; at++) {
    const place = (playhead + at) % ringSamples
    if (state[place] !== waits || quiet[ring[place]!] === 0) return false
  }
  return true
}

function skipFrame(buffer: JitterBuffer): void {
  const left = buffer.surplus - frameSamples
  forget(buffer)
  shift(buffer, frameSamples)
  buffer.surplus = left >= frameSamples ? left : 0
}

/** Waits for a frame more (negative) or less, by holding or skipping it, and looks anew at how early packets come. */
function shift(buffer: JitterBuffer, samples: number): void {
  buffer.playhead = (buffer.playhead + samples) >>> 0
  buffer.leastAhead = ringSamples
  buffer.framesSinceLook = 0
  buffer.surplus = 0
}

/** How far `a` is ahead of `b` in 32-bit time that wraps. */
function distance(a: number, b: number): number {
  return (a - b) | 0
}
