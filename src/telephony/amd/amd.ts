import type { Measure } from '../../media/index.ts'
import { beforeSignals, hearSignal, type SignalState } from './signals.ts'

/**
 * Who answers a call that we made, from the loudness of what is heard. The costs are far apart: a machine that is
 * spoken to costs a minute, an old person who is hung up on costs trust. So `machine` needs proof, every doubt is
 * `unsure`, which is spoken to, and a key is the proof of a person that nothing overrules.
 *
 *     listening -> speaking (person, or unsure) -> settled
 *         |            | a beep after a greeting
 *         '-> machine <'
 */
export type AnsweredBy = 'person' | 'machine' | 'unsure'

/** What shows a machine: a greeting without a pause, a beep after one, a steady tone, a fax, or a network's own tones (SIT). */
export type MachineSign = 'greeting' | 'beep' | 'tone' | 'fax' | 'sit'

/** Times in ms since the answer; levels in dBov. DESIGN throughout, tuned on calls made for it and held against others. */
export type AmdLimits = {
  /** Silence so long is spoken to: somebody holds the telephone and waits. */
  readonly silenceMs: number
  /** A pause so long ends what was said: it is our turn. */
  readonly pauseMs: number
  /** What goes on longer is spoken over, whatever it is. */
  readonly longestMs: number
  /** A greeting without a pause that is longer than both of these is a machine's. A Chinese one has no spaces to count: peaks of loudness are its syllables. */
  readonly greetingMs: number
  readonly greetingSyllables: number
  /** Steady sound, as music and traffic, has fewer syllables a second than speech. */
  readonly leastSyllablesPerSecond: number
  /** The level of somebody who speaks into a telephone; a television across the room is softer. */
  readonly voiceDbov: number
  /** A pause is this much below the loudest, or no more than this above the noise. */
  readonly belowLoudestDb: number
  readonly aboveNoiseDb: number
  /** How fast what is taken for noise rises, in dB a second, until the next dip. */
  readonly noiseRise: number
  /** Speech is hushed between its syllables, this much below the loudest, for such a share of its time; music and noise fill the gaps. */
  readonly hushDb: number
  readonly hushShare: number
  /** How much louder than the dip before it a syllable is. */
  readonly syllableDb: number
  readonly leastSyllableMs: number
  /** A beep: one steady tone so long, once, soon after a greeting of so many syllables that began soon, then quiet. */
  readonly beepMs: readonly [number, number]
  readonly beepAfterSyllables: number
  readonly beepWithinMs: number
  readonly quietAfterBeepMs: number
  readonly greetingBeginsMs: number
  /** One tone and nothing else for so long: a fax, or the tone of a line that is gone. */
  readonly toneMs: number
  /** A person who answers waits for a word after such a pause; a recording goes on sooner. */
  readonly turnMs: number
  /** Speech that goes on for so long without such a pause may be a recording; a person may talk like that, too. */
  readonly monologueMs: number
  /** A beep ends such a speech of so many syllables, whatever pauses are in it. */
  readonly beepAfterSpeechSyllables: number
}

export const amdLimits: AmdLimits = {
  silenceMs: 2000,
  pauseMs: 700,
  longestMs: 10_000,
  greetingMs: 7500,
  greetingSyllables: 24,
  leastSyllablesPerSecond: 2.2,
  voiceDbov: -38,
  belowLoudestDb: 22,
  aboveNoiseDb: 8,
  noiseRise: 6,
  hushDb: 20,
  hushShare: 0.08,
  syllableDb: 5,
  leastSyllableMs: 100,
  beepMs: [140, 2500],
  beepAfterSyllables: 5,
  beepWithinMs: 2500,
  quietAfterBeepMs: 800,
  greetingBeginsMs: 3000,
  toneMs: 3000,
  turnMs: 1500,
  monologueMs: 10_000,
  beepAfterSpeechSyllables: 15,
}

export type AmdInput =
  | { readonly kind: 'heard'; readonly measure: Measure }
  /** 20 ms in which nothing came. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'key' }

type Tone = { readonly hz: number; readonly beganMs: number; readonly endedMs: number }

export type AmdState = {
  readonly phase: 'listening' | 'speaking' | 'settled'
  readonly atMs: number
  readonly loudestDbov: number
  readonly noiseDbov: number
  /** What is said without a pause now: when it began, and was last heard. */
  readonly stretch?: {
    readonly beganMs: number
    readonly heardMs: number
    readonly syllables: number
    readonly hushMs: number
  }
  /** What is said without a pause in which a person would wait for a word. */
  readonly speech?: { readonly beganMs: number; readonly endedMs: number; readonly syllables: number }
  /** The first that was said, once it is over or we spoke. */
  readonly greeting?: { readonly beganMs: number; readonly endedMs: number; readonly syllables: number }
  /** The smoothed level, which way it goes, how high or low it came on that way, and when the last syllable began. */
  readonly envelopeDbov: number
  readonly isRising: boolean
  readonly turnDbov: number
  readonly syllableMs: number
  /** A tone that sounds now, and the one that may be a beep. */
  readonly tone?: Tone
  readonly beep?: Tone
  readonly tonesMs: number
  /** When a voice was last heard. */
  readonly voiceMs: number
  readonly signals: SignalState
  /** How long it was loud, and how much of that hushed as speech is. */
  readonly loudMs: number
  readonly hushedMs: number
}

export const beforeAmd: AmdState = {
  phase: 'listening',
  atMs: 0,
  loudestDbov: -96,
  noiseDbov: 0,
  envelopeDbov: -96,
  isRising: false,
  turnDbov: -96,
  syllableMs: -1000,
  tonesMs: 0,
  voiceMs: 0,
  signals: beforeSignals,
  loudMs: 0,
  hushedMs: 0,
}

const frameMs = 20
/** Of the envelope, a frame: 60 ms or so, a syllable's own movement and nothing faster. */
const smoothing = 0.4
/** Until the envelope has come up to what there is. */
const settlingMs = 100

export type Judgement = {
  readonly state: AmdState
  readonly verdict?: AnsweredBy
  /** With the verdict `machine`. */
  readonly sign?: MachineSign
}

/** One 20 ms step. Gives a verdict when it changes: at most `person` or `unsure` once, and `machine` once at the end. */
export function judge(state: AmdState, input: AmdInput, limits = amdLimits): Judgement {
  if (state.phase === 'settled') return { state }
  if (input.kind === 'key') return { state: { ...state, phase: 'settled' }, verdict: 'person' }
  const measure = input.kind === 'heard' ? input.measure : { levelDbov: -96 }
  const { state: signals, signal } = hearSignal(state.signals, measure)
  const next: AmdState = { ...hearSound(state, measure, limits), signals }
  // Who has said something may have a fax beside them, or a kitchen; what a network says of a number nobody else can.
  const sign = signal === 'sit' || (signal && syllablesIn(next) <= 2) ? signal : signOf(next, limits)
  if (sign) return { state: { ...next, phase: 'settled' }, verdict: 'machine', sign }
  if (next.phase === 'speaking') return { state: next }
  const { stretch, greeting, atMs } = next
  const speaking: AmdState = {
    ...next,
    phase: 'speaking',
    ...(stretch && !greeting ? { greeting: { ...stretch, endedMs: stretch.heardMs } } : {}),
  }
  if (greeting && atMs - greeting.endedMs >= limits.pauseMs) return { state: speaking, verdict: 'person' }
  const isSilent = !stretch && !greeting && !next.tone && atMs >= limits.silenceMs
  if (isSilent || atMs >= limits.longestMs) return { state: speaking, verdict: 'unsure' }
  return { state: next }
}

/** One 20 ms step of what is heard, without a verdict. */
export function hearSound(before: AmdState, { levelDbov, toneHz }: Measure, limits: AmdLimits): AmdState {
  const atMs = before.atMs + frameMs
  const state = hearTone({ ...before, atMs }, toneHz, limits)
  // A tone says nothing.
  if (toneHz !== undefined) return state
  const loudestDbov = Math.max(state.loudestDbov, levelDbov)
  const envelopeDbov = state.envelopeDbov + smoothing * (levelDbov - state.envelopeDbov)
  const risen = state.noiseDbov + (limits.noiseRise * frameMs) / 1000
  // The envelope begins from nothing, which is no noise.
  const noiseDbov = atMs <= settlingMs ? state.noiseDbov : Math.min(risen, envelopeDbov)
  const least = Math.max(
    limits.voiceDbov,
    loudestDbov - limits.belowLoudestDb,
    noiseDbov + limits.aboveNoiseDb,
  )
  const isVoice = atMs > settlingMs && levelDbov >= least
  const isHushed = levelDbov < loudestDbov - limits.hushDb
  const loudMs = state.loudMs + (atMs > settlingMs && levelDbov >= limits.voiceDbov ? frameMs : 0)
  const hushedMs = state.hushedMs + (isHushed ? frameMs : 0)
  const heard = countSyllable(
    { ...state, loudestDbov, noiseDbov, envelopeDbov, loudMs, hushedMs },
    isVoice,
    limits,
  )
  const { stretch } = heard
  if (isVoice) {
    const said = stretch ?? { beganMs: atMs - frameMs, syllables: 0, hushMs: 0 }
    const syllables = said.syllables + (heard.syllableMs === atMs ? 1 : 0)
    const hushMs = said.hushMs + (isHushed ? frameMs : 0)
    const speech = speechWith(heard, limits)
    return {
      ...heard,
      voiceMs: atMs,
      speech,
      stretch: { beganMs: said.beganMs, heardMs: atMs, syllables, hushMs },
    }
  }
  if (!stretch) return heard
  if (atMs - stretch.heardMs < limits.pauseMs)
    return { ...heard, stretch: { ...stretch, hushMs: stretch.hushMs + frameMs } }
  const { stretch: _, ...quiet } = heard
  return { ...quiet, greeting: heard.greeting ?? { ...stretch, endedMs: stretch.heardMs } }
}

/** A voice is heard, which goes on with what was said before, or begins anew after a person's pause. */
function speechWith({ speech, atMs, syllableMs }: AmdState, { turnMs }: AmdLimits) {
  const before = speech && atMs - speech.endedMs < turnMs ? speech : { beganMs: atMs - frameMs, syllables: 0 }
  const syllables = before.syllables + (syllableMs === atMs ? 1 : 0)
  return { beganMs: before.beganMs, endedMs: atMs, syllables }
}

/** Somebody talks on and on, as recordings do; so may a person, who is hung up on by nobody for it. */
export function isMonologue({ speech, tonesMs }: AmdState, limits = amdLimits): boolean {
  if (!speech) return false
  const lengthMs = speech.endedMs - speech.beganMs
  const least = (limits.leastSyllablesPerSecond * (lengthMs - tonesMs)) / 1000
  return lengthMs >= limits.monologueMs && speech.syllables >= least
}

/** The envelope goes in zigzag: each time that it has risen far enough from a dip, a syllable began. */
function countSyllable(state: AmdState, isVoice: boolean, limits: AmdLimits): AmdState {
  const { envelopeDbov, isRising, turnDbov, atMs, syllableMs } = state
  if (isRising) {
    const isOver = envelopeDbov <= turnDbov - limits.syllableDb
    const turn = isOver ? envelopeDbov : Math.max(turnDbov, envelopeDbov)
    return { ...state, isRising: !isOver, turnDbov: turn }
  }
  const begins = isVoice && envelopeDbov >= turnDbov + limits.syllableDb
  const counts = begins && atMs - syllableMs >= limits.leastSyllableMs
  return {
    ...state,
    isRising: begins,
    syllableMs: counts ? atMs : syllableMs,
    turnDbov: begins ? envelopeDbov : Math.min(turnDbov, envelopeDbov),
  }
}

/** Two frames' tones are one when they are as near as this. */
const sameTone = 0.03

function hearTone(state: AmdState, toneHz: number | undefined, limits: AmdLimits): AmdState {
  const { tone, atMs } = state
  if (toneHz !== undefined) {
    const goesOn = tone !== undefined && Math.abs(tone.hz - toneHz) <= tone.hz * sameTone
    const now = goesOn ? { ...tone, endedMs: atMs } : { hz: toneHz, beganMs: atMs - frameMs, endedMs: atMs }
    return { ...state, tone: now, tonesMs: state.tonesMs + (goesOn ? frameMs : 0) }
  }
  // One frame that is no tone, as at its ends, does not cut it in two.
  if (!tone || atMs - tone.endedMs <= frameMs) return state
  const { tone: _, beep, ...rest } = state
  const [shortest, longest] = limits.beepMs
  const lengthMs = tone.endedMs - tone.beganMs
  if (lengthMs < shortest) return beep ? { ...rest, beep } : rest
  // A second one, or one that does not end: an oven, a lorry, another line's tone.
  if (beep || lengthMs > longest) return { ...rest, beep: { ...tone, beganMs: Number.NEGATIVE_INFINITY } }
  return { ...rest, beep: tone }
}

const syllablesIn = ({ stretch, greeting }: AmdState) =>
  (stretch?.syllables ?? 0) + (greeting?.syllables ?? 0)

/** Sound that went on without the pauses and hushes of speech, for most of the time: a machine's music, or a room's. */
export function isMusic({ atMs, loudMs, hushedMs }: AmdState, limits = amdLimits): boolean {
  return atMs >= limits.longestMs && loudMs >= 0.85 * atMs && hushedMs < limits.hushShare * loudMs
}

function signOf(state: AmdState, limits: AmdLimits): MachineSign | undefined {
  const { atMs, stretch, greeting, beep } = state
  if (syllablesIn(state) <= 2 && state.tonesMs >= limits.toneMs) return 'tone'
  if (state.phase === 'listening' && stretch && !greeting && !beep) {
    const lengthMs = stretch.heardMs - stretch.beganMs
    if (
      stretch.beganMs <= limits.greetingBeginsMs &&
      lengthMs >= limits.greetingMs &&
      stretch.syllables >= limits.greetingSyllables &&
      stretch.syllables >= (limits.leastSyllablesPerSecond * lengthMs) / 1000 &&
      stretch.hushMs >= limits.hushShare * lengthMs
    )
      return 'greeting'
  }
  if (!beep || state.tone || atMs - beep.endedMs < limits.quietAfterBeepMs) return undefined
  const endsWithBeep = (said: AmdState['greeting'], leastSyllables: number) =>
    said !== undefined &&
    said.beganMs <= limits.greetingBeginsMs &&
    said.syllables >= leastSyllables &&
    beep.beganMs >= said.endedMs &&
    beep.beganMs - said.endedMs <= limits.beepWithinMs &&
    state.voiceMs <= beep.endedMs + 2 * frameMs
  const first = greeting ?? (stretch && { ...stretch, endedMs: stretch.heardMs })
  const isGreeting = endsWithBeep(first, limits.beepAfterSyllables)
  return isGreeting || endsWithBeep(state.speech, limits.beepAfterSpeechSyllables) ? 'beep' : undefined
}
