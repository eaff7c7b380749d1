import { keyOfEvent } from './keys.ts'
import type { Key } from './port.ts'
import type { RtpFields } from './rtp.ts'
import { type EventFields, readEventPayload } from './telephone-event.ts'

/**
 * Presses of keys, told in the telephone-events of one other end. RFC 4733, section 2.2.1, gives all packets of a press
 * one timestamp; phones stamp each packet anew, or every press alike. So the order of packets (sequence numbers), the
 * end bit, the marker and the duration are asked as well: a press is a run of packets of one event, without a pause that
 * a finger could have made and without a beginning after an end.
 */
export type KeyMemory = {
  readonly presses: readonly Press[]
  next: number
  /** The press that began last, in the order of sending. */
  latest: Press | undefined
}

/** What is known of a press by the packets of it that came. */
type Press = {
  ssrc: number
  event: number
  /** Sequence numbers of its first packet and of its last. */
  first: number
  last: number
  /** Of the last packet. */
  timestamp: number
  duration: number
  /** Timestamps between which the key was down. */
  from: number
  until: number
  isEnded: boolean
  hasOnlyEnds: boolean
  /** A phone that marks more than the first packet of a press tells nothing by it. */
  markers: number
  heardMs: number
}

const remembered = 32
/** No event: a place in the memory that is free. */
const forgotten = -1
/** A packet that comes so long after its time, or by so many numbers, is of a sender that counts anew. */
const latestMs = 2000
const mostLate = 500
/** 40 ms down and 40 ms of pause are the least that a receiver must tell apart (ITU-T Q.24, table A-1). */
const samplesPerMs = 8
const leastPause = 40 * samplesPerMs
const leastPeriodMs = 80
const leastPeriod = leastPeriodMs * samplesPerMs
/** Ends are repeated, and some wait a tenth of a second between: from here on it is another press of a phone that marks all. */
const longestBetweenEndsMs = 200
/** The beginning of another press would have been among more. */
const mostLostInRow = 2
/** Durations have 16 bits; one that falls from near their end has wrapped (a key held 8 s by a phone without segments). */
const nearWrap = 0xf000
const afterWrap = 0x1000

export function createKeyMemory(): KeyMemory {
  const blank = (): Press => ({
    ssrc: 0,
    event: forgotten,
    first: 0,
    last: 0,
    timestamp: 0,
    duration: 0,
    from: 0,
    until: 0,
    isEnded: false,
    hasOnlyEnds: false,
    markers: 0,
    heardMs: Number.NEGATIVE_INFINITY,
  })
  return { presses: Array.from({ length: remembered }, blank), next: 0, latest: undefined }
}

/** Filled by each packet anew. */
const told: EventFields = { event: 0, isEnd: false, duration: 0 }

/** The key that a packet of events names, if it is one. */
export const keyIn = (packet: Uint8Array, fields: RtpFields): Key | undefined =>
  keyOfEvent(packet[fields.payloadStart]!)

/**
 * Whether this packet is the first to tell of its press: each press is heard once, whatever is lost, repeated or late,
 * and at any of its packets, so that a caller need not lift the finger before something happens.
 * @param nowMs monotonic.
 */
export function beginsPress(
  memory: KeyMemory,
  fields: RtpFields,
  packet: Uint8Array,
  nowMs: number,
): boolean {
  readEventPayload(packet, fields.payloadStart, told)
  const { ssrc, sequence } = fields
  for (let at = 0; at < remembered; at++) {
    const press = memory.presses[at]!
    if (press.ssrc !== ssrc && goesOnElsewhere(press, fields, nowMs)) return moveTo(press, fields, nowMs)
    const isWithin = ahead(sequence, press.first) >= 0 && ahead(sequence, press.last) <= 0
    if (press.event !== told.event || !isWithin || !isRecent(press, ssrc, nowMs)) continue
    if (!isNumberedAnew(press, fields, nowMs)) return keep(press, fields, nowMs)
    press.event = forgotten
  }
  let before = nearest(memory, fields, nowMs, 'before')
  const after = nearest(memory, fields, nowMs, 'after')
  // After a silence, or a new beginning of its numbers, a press is compared with the one before it all the same.
  if (!before && !after && memory.latest?.ssrc === ssrc) before = memory.latest
  if (before && isOf(before, fields, nowMs)) return keep(before, fields, nowMs)
  if (after && leadsTo(after, fields)) return keep(after, fields, nowMs)
  // Two keys that are down at once, whose packets alternate.
  const ownBefore = nearest(memory, fields, nowMs, 'before', told.event)
  if (isBeside(ownBefore, before, fields, nowMs) && isOf(ownBefore, fields, nowMs, 2 * mostLostInRow))
    return keep(ownBefore, fields, nowMs)
  const ownAfter = nearest(memory, fields, nowMs, 'after', told.event)
  if (isBeside(ownAfter, after, fields, nowMs) && leadsTo(ownAfter, fields))
    return keep(ownAfter, fields, nowMs)
  const press = begin(memory, fields, nowMs)
  if (!after) memory.latest = press
  return true
}

const isRecent = (press: Press, ssrc: number, nowMs: number) =>
  press.ssrc === ssrc && nowMs - press.heardMs <= latestMs

/** The press whose packets lie next to this one by number; of that event alone, if one is named. */
function nearest(
  { presses }: KeyMemory,
  { ssrc, sequence }: RtpFields,
  nowMs: number,
  side: 'before' | 'after',
  event?: number,
): Press | undefined {
  let found: Press | undefined
  for (let at = 0; at < remembered; at++) {
    const press = presses[at]!
    if (!isRecent(press, ssrc, nowMs) || (event !== undefined && press.event !== event)) continue
    const isBefore = ahead(sequence, press.last) > 0
    const until = ahead(press.first, sequence)
    if (side === 'before' ? !isBefore : isBefore || until <= 0 || until >= mostLate) continue
    const isNearer =
      !found || (side === 'before' ? ahead(press.last, found.last) > 0 : ahead(press.first, found.first) < 0)
    if (isNearer) found = press
  }
  return found
}

/**
 * Whether a packet may be of a press though one of another key lies between them: their numbers cross already, or only the one
 * bears this timestamp, or so little time has passed that no finger let go, pressed another key and was back.
 */
const isBeside = (
  own: Press | undefined,
  other: Press | undefined,
  { timestamp }: RtpFields,
  nowMs: number,
): own is Press =>
  own !== undefined &&
  other !== undefined &&
  own !== other &&
  (nowMs - own.heardMs < leastPeriodMs ||
    (ahead(own.last, other.first) > 0 && ahead(other.last, own.first) > 0) ||
    (own.timestamp === timestamp && other.timestamp !== timestamp))

/** Whether a press goes on under another source: a gateway that changes its SSRC counts and stamps on. */
const goesOnElsewhere = (press: Press, { sequence, timestamp }: RtpFields, nowMs: number) =>
  press.event === told.event &&
  timestamp === press.timestamp &&
  nowMs - press.heardMs < leastPeriodMs &&
  ahead(sequence, press.last) > 0 &&
  ahead(sequence, press.last) <= mostLostInRow

function moveTo(press: Press, fields: RtpFields, nowMs: number): false {
  press.ssrc = fields.ssrc
  press.first = fields.sequence
  return keep(press, fields, nowMs)
}

/** Whether a packet that bears the number of one of an ended press begins another: a phone may count each from 0. */
const isNumberedAnew = (press: Press, { marker, timestamp }: RtpFields, nowMs: number) =>
  marker &&
  press.isEnded &&
  nowMs - press.heardMs >= leastPeriodMs &&
  distance(timestamp, press.until) >= leastPause

/** Whether a packet that was sent after the last known one of a press is of that press still. */
function isOf(
  press: Press,
  { marker, sequence, timestamp }: RtpFields,
  nowMs: number,
  mostLost = mostLostInRow,
): boolean {
  if (press.event !== told.event) return false
  const step = distance(timestamp, press.timestamp)
  const pause = distance(timestamp, press.until)
  // No finger is so fast.
  const isAtOnce = nowMs - press.heardMs < leastPeriodMs
  const isNext = isAtOnce && !marker && ahead(sequence, press.last) <= mostLost
  if (press.isEnded) {
    if (!told.isEnd) return false
    const isMarkedAnew =
      marker &&
      (press.markers === 1 ? !(isAtOnce && press.hasOnlyEnds) : nowMs - press.heardMs >= longestBetweenEndsMs)
    if (step === 0) return !isMarkedAnew
    return isNext || (step >= -leastPeriod && pause < leastPause)
  }
  if (step === 0) return told.isEnd || !isDurationReset(press.duration)
  return isNext || (step >= -leastPeriod && pause < (marker ? leastPause : leastPeriod))
}

const isDurationReset = (before: number) =>
  told.duration < before && !(before > nearWrap && told.duration < afterWrap)

/** Whether a packet that was sent before the first known one of a press, and came after it, is of that press. */
function leadsTo(press: Press, { timestamp }: RtpFields): boolean {
  if (press.event !== told.event || (told.isEnd && !press.hasOnlyEnds)) return false
  const step = distance(press.from, timestamp)
  return step === 0 || (step >= -leastPeriod && step - told.duration < leastPause)
}

function begin(memory: KeyMemory, fields: RtpFields, nowMs: number): Press {
  const { ssrc, sequence, timestamp, marker } = fields
  const press = memory.presses[memory.next]!
  memory.next = (memory.next + 1) % remembered
  press.ssrc = ssrc
  press.event = told.event
  press.first = sequence
  press.from = timestamp
  press.until = (timestamp + told.duration) >>> 0
  press.isEnded = told.isEnd
  press.hasOnlyEnds = told.isEnd
  press.markers = marker ? 1 : 0
  press.heardMs = nowMs
  endWith(press, fields)
  return press
}

/** Takes a packet to its press. @returns false: it tells of nothing new. */
function keep(press: Press, fields: RtpFields, nowMs: number): false {
  const { sequence, timestamp, marker } = fields
  const order = ahead(sequence, press.last)
  const isNewest = order > 0 || order < -mostLate
  const isOldest = isNewest ? order < 0 : ahead(sequence, press.first) < 0
  if (isNewest) endWith(press, fields)
  if (isOldest) {
    press.first = sequence
    press.from = timestamp
  }
  if (marker && (isNewest || isOldest)) press.markers++
  const until = (timestamp + told.duration) >>> 0
  if (distance(until, press.until) > 0) press.until = until
  press.isEnded ||= told.isEnd
  press.hasOnlyEnds &&= told.isEnd
  press.heardMs = nowMs
  return false
}

function endWith(press: Press, { sequence, timestamp }: RtpFields): void {
  press.last = sequence
  press.timestamp = timestamp
  press.duration = told.duration
}

/** How far one sequence number is ahead of another, in 16 bits that wrap. */
function ahead(one: number, other: number): number {
  return ((one - other) << 16) >> 16
}

/** The same of timestamps, in 32 bits. */
function distance(one: number, other: number): number {
  return (one - other) | 0
}
