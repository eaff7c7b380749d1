import type { Measure } from '../../media/index.ts'

/**
 * Signals that no person makes: the three rising tones that a network puts before an announcement that nobody can be
 * reached (special information tones, ITU-T E.180), and a fax, that calls (CNG, 1100 Hz for half a second each three and
 * a half) or answers (CED, 2100 Hz; both ITU-T T.30).
 */
export type Signal = 'sit' | 'fax'

type Run = {
  readonly hz: number
  readonly frames: number
  readonly beganMs: number
  readonly heardMs: number
}

/** A value: hearing 20 ms gives the next. */
export type SignalState = {
  readonly atMs: number
  /** The tone that sounds now. */
  readonly run?: Run
  /** How many of the three tones were heard, one right after the other, and until when. */
  readonly rising: number
  readonly risenMs: number
  /** When the last burst of a calling fax was over. */
  readonly burstMs?: number
}

export const beforeSignals: SignalState = { atMs: 0, rising: 0, risenMs: 0 }

const frameMs = 20
/** Two frames' tones are one when they are as near as this. */
const sameTone = 0.03
/** One frame at the end of a tone, or as its phase turns, is none. */
const mostOddMs = 40

const between = (low: number, high: number) => (value: number) => value >= low && value <= high
/** 950, 1400 and 1800 Hz, each 330 ± 70 ms, and what networks make of them (1776.7 Hz, 274 and 380 ms). */
const risingTones = [between(895, 1005), between(1330, 1470), between(1730, 1870)] as const
const mostRisingMs = 480
const risingMs = between(180, mostRisingMs)
/** The last is known before it is over. */
const lastRisingMs = 180
const mostGapMs = 140
/** A network begins as it answers, and we hear a moment later: of what sounds already then, the beginning is missing. */
const cutWithinMs = 100

const callingTone = between(1055, 1145)
const callingMs = between(380, 640)
const callingPauseMs = between(2_300, 3_700)
const answeringTone = between(2_050, 2_150)
const answeringMs = 1_500

/** One 20 ms step. */
export function hearSignal(
  before: SignalState,
  { toneHz }: Measure,
): { readonly state: SignalState; readonly signal?: Signal } {
  const atMs = before.atMs + frameMs
  const { run } = before
  const goesOn = run && toneHz !== undefined && Math.abs(run.hz - toneHz) <= run.hz * sameTone
  if (goesOn) {
    const frames = run.frames + 1
    const longer: Run = { ...run, frames, hz: run.hz + (toneHz - run.hz) / frames, heardMs: atMs }
    const state = { ...before, atMs, run: longer }
    return { state, signal: signalWithin(state, longer) }
  }
  if (run && toneHz === undefined && atMs - run.heardMs <= mostOddMs) return { state: { ...before, atMs } }
  const next =
    toneHz === undefined ? undefined : { hz: toneHz, frames: 1, beganMs: atMs - frameMs, heardMs: atMs }
  const { state, signal } = run
    ? ended({ ...before, atMs }, run)
    : { state: { ...before, atMs }, signal: undefined }
  return { state: { ...state, run: next }, signal }
}

/** What a tone means while it still sounds. */
function signalWithin({ rising, risenMs }: SignalState, run: Run): Signal | undefined {
  const lengthMs = run.heardMs - run.beganMs
  if (answeringTone(run.hz) && lengthMs >= answeringMs) return 'fax'
  const isLast = rising === 2 && run.beganMs - risenMs <= mostGapMs && risingTones[2](run.hz)
  return isLast && lengthMs >= lastRisingMs ? 'sit' : undefined
}

/** What a tone was, once it is over. */
function ended(state: SignalState, run: Run): { readonly state: SignalState; readonly signal?: Signal } {
  const lengthMs = run.heardMs - run.beganMs
  const follows = state.rising > 0 && run.beganMs - state.risenMs <= mostGapMs
  const isCut = run.beganMs <= cutWithinMs
  const at = follows ? state.rising : isCut && risingTones[1](run.hz) ? 1 : 0
  const isLong = isCut ? lengthMs <= mostRisingMs : risingMs(lengthMs)
  const isNext = isLong && (risingTones[at]?.(run.hz) ?? false)
  const rising = isNext ? at + 1 : isLong && risingTones[0](run.hz) ? 1 : 0
  const isBurst = callingTone(run.hz) && callingMs(lengthMs)
  const signal =
    isBurst && callingPauseMs(run.beganMs - (state.burstMs ?? Number.NEGATIVE_INFINITY)) ? 'fax' : undefined
  return {
    state: { ...state, rising, risenMs: run.heardMs, burstMs: isBurst ? run.heardMs : state.burstMs },
    signal,
  }
}
