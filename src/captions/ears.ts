import type { Log } from '../foundation/index.ts'
import type { Recognizer, VoiceLanguage } from '../speech/index.ts'
import type { Call } from '../telephony/index.ts'
import { type CallFigures, type CaptionFigures, createCallDelays } from './figures.ts'
import { type Listening, listenTo } from './listening.ts'
import type { Transcript } from './transcript.ts'

/**
 * Who listens: `off` while captions are not on; `idle` while nobody talks with the caller; `none` where the house has no
 * recognizer; `deaf` when it broke.
 */
export type EarState = 'off' | 'idle' | 'listening' | 'deaf' | 'none'

/** Who of one call is listened to, each leg by itself, and how well. */
export type Ears = {
  /** Listens to a leg from now on, in the language that is spoken by now; nobody does without a recognizer. */
  listen(leg: Call, who: 'citizen' | 'seat' | 'third'): void
  stop(leg: Call['id']): void
  /** @param but listens on to this leg alone */
  stopAll(but?: Call['id']): void
  state(): Exclude<EarState, 'off'>
  /** Resolves when all that was heard up to now is in the transcript, once nobody is listened to. */
  heardOut(): Promise<unknown>
  figures(): Pick<CallFigures, 'gaps' | 'gapMs' | 'firstP95Ms' | 'finalP95Ms'>
}

export type EarsOptions = {
  /** Absent: what people say is not turned into text. */
  readonly recognizer: Recognizer | undefined
  readonly phrases: readonly string[]
  readonly language: () => VoiceLanguage
  readonly transcript: Transcript
  /** Ms since the INVITE. */
  readonly nowMs: () => number
  readonly log: Log
  /** Of all calls. */
  readonly figures: CaptionFigures
  readonly onState: () => void
}

export function createEars(options: EarsOptions): Ears {
  const { recognizer, phrases, transcript, nowMs, log, figures } = options
  const delays = createCallDelays()
  const listening = new Map<Call['id'], Listening>()
  const hears = new Map<Call['id'], boolean>()
  const heard: Promise<void>[] = []
  let gaps = 0
  let gapMs = 0

  const stop = (id: Call['id']) => {
    listening.get(id)?.stop()
    listening.delete(id)
    hears.delete(id)
  }

  return {
    listen(leg, who) {
      if (!recognizer || listening.has(leg.id)) return
      const started = listenTo(leg, who, {
        recognizer,
        language: options.language(),
        phrases,
        transcript,
        nowMs,
        log,
        onDelay(appearance, ms) {
          delays.put(appearance, ms)
          figures.delay(appearance, ms)
        },
        onGap(ms) {
          gaps++
          gapMs += ms
          figures.counts.gaps++
          figures.counts.gapMs += ms
        },
        onSwitch() {
          figures.counts.switched++
        },
        onEar(isHeard) {
          if (!isHeard) figures.counts.deaf++
          hears.set(leg.id, isHeard)
          options.onState()
        },
      })
      listening.set(leg.id, started)
      heard.push(started.over)
    },
    stop,
    stopAll(but) {
      for (const id of [...listening.keys()]) if (id !== but) stop(id)
    },
    state() {
      if (!recognizer) return 'none'
      if (listening.size === 0) return 'idle'
      return [...hears.values()].includes(false) ? 'deaf' : 'listening'
    },
    heardOut: () => Promise.all(heard),
    figures() {
      const [first, final] = [delays.p95('first'), delays.p95('final')]
      return {
        gaps,
        gapMs: Math.round(gapMs),
        firstP95Ms: first === undefined ? undefined : Math.round(first),
        finalP95Ms: final === undefined ? undefined : Math.round(final),
      }
    },
  }
}
