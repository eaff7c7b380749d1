import type { Log } from '../foundation/index.ts'
import type { PlayEnd, Sound } from '../media/index.ts'
import type { VoiceLanguage } from '../speech/index.ts'
import type { Call, CallFact, CallId } from '../telephony/index.ts'
import type { CaptionLine } from './api.ts'
import { type CallCaptions, type CaptionDependencies, createCallCaptions } from './call-captions.ts'
import { type CallFigures, type CaptionFigures, createCaptionFigures } from './figures.ts'
import type { Change } from './line.ts'
import { type CitizenCode, createPasses, type Passes } from './passes.ts'

/** A call that is over, as it is kept. */
export type EndedCaptions = {
  readonly call: CallId
  readonly startedAtMs: number
  readonly lines: readonly CaptionLine[]
  readonly figures: CallFigures
}

export type CaptionsOptions = Omit<CaptionDependencies, 'figures'> & {
  readonly language?: VoiceLanguage
  /** A captioned call is over: its transcript may be kept, where somebody asked for captions. */
  readonly onEnded?: (ended: EndedCaptions, isAsked: boolean) => void
}

/** Told as it happens; what is thrown costs the call nothing. */
export type CaptionWatcher = {
  readonly onChange: (call: CallCaptions, change: Change) => void
  readonly onStatus: (call: CallCaptions) => void
}

/** Who says what, when, on which screen: of every call that is up. */
export type Captions = {
  /** A call has come, or was answered by whom we rang. Its text begins here, whether anybody reads it or not. */
  begin(call: Call): CallCaptions
  of(call: CallId): CallCaptions | undefined
  /**
   * Captions on, with the code that a citizen reads them by. Undefined for a call that is not up.
   * @param isAsked false where nobody asked for them, and a screen of ours shows them all the same
   */
  turnOn(call: CallId, isAsked?: boolean): CitizenCode | undefined
  /** From now on nothing that people say in a call is kept of it, or again all; live captions go on. */
  withhold(call: CallId, isWithheld: boolean): void
  plays(call: Call, sounds: readonly Sound[], playing: Promise<PlayEnd>): void
  /** The house would say this, and has no voice: it can be read all the same. */
  cannotSay(call: Call, texts: readonly string[]): void
  happens(call: CallId, fact: CallFact): void
  /** A seat was rung for a call and has answered. */
  meets(call: CallId, seatCall: Call): void
  watch(watcher: CaptionWatcher): void
  /**
   * Listens to a caller who waits, and tells once, when what they have said or typed of late is what is looked for: that may
   * be now, or never.
   * @param isIt of their words, without what is withheld
   */
  whenSaid(call: CallId, isIt: (words: string) => boolean, tell: () => void): void
  readonly passes: Passes
  readonly figures: CaptionFigures
  /** Calls up, and those of them with captions on. */
  size(): { readonly calls: number; readonly on: number }
}

export function createCaptions(options: CaptionsOptions): Captions {
  const { clock, log, language = 'zh-CN', onEnded } = options
  const figures = createCaptionFigures()
  const calls = new Map<CallId, CallCaptions>()
  const watchers: CaptionWatcher[] = []
  const soughtIn = new Map<CallId, Sought>()
  const passes = createPasses(clock, how => {
    if (how === 'wrong') figures.counts.wrongCodes++
    else figures.counts.turnedAway++
  })

  const finish = (captions: CallCaptions) => {
    const { call, transcript, isOn } = captions
    calls.delete(call.id)
    passes.end(call.id)
    soughtIn.delete(call.id)
    const { lines, shown, rewritten } = transcript.figures
    if (!isOn) return
    figures.counts.lines += lines
    figures.counts.shown += shown
    figures.counts.rewritten += rewritten
    const ended = {
      call: call.id,
      startedAtMs: call.invitedAtMs,
      lines: captions.keepable().filter(({ text }) => text !== ''),
      figures: captions.figures(),
    }
    onEnded?.(ended, captions.isAsked)
  }

  const tellAll = (tell: (watcher: CaptionWatcher) => void, log: Log) => {
    for (const watcher of watchers) {
      try {
        tell(watcher)
      } catch {
        log.error({}, 'a reader of captions failed')
      }
    }
  }

  const look = (captions: CallCaptions) => {
    const sought = soughtIn.get(captions.call.id)
    if (!sought?.isIt(wordsOf(captions.keepable()))) return
    soughtIn.delete(captions.call.id)
    sought.tell()
  }

  return {
    begin(call) {
      const known = calls.get(call.id)
      if (known) return known
      const made: CallCaptions = createCallCaptions(
        call,
        language,
        { ...options, figures },
        {
          onChange(change) {
            if (change.line.who === 'citizen') look(made)
            tellAll(watcher => watcher.onChange(made, change), log)
          },
          onStatus: () => tellAll(watcher => watcher.onStatus(made), log),
        },
      )
      calls.set(call.id, made)
      return made
    },
    of: call => calls.get(call),
    turnOn(call, isAsked) {
      const captions = calls.get(call)
      if (!captions) return undefined
      captions.turnOn(isAsked)
      return passes.ofCall(call)
    },
    withhold: (call, isWithheld) => calls.get(call)?.withhold(isWithheld),
    plays: (call, sounds, playing) => calls.get(call.id)?.plays(sounds, playing),
    cannotSay: (call, texts) => calls.get(call.id)?.cannotSay(texts),
    happens(call, fact) {
      const captions = calls.get(call)
      if (!captions) return
      captions.happens(fact)
      if (fact.kind === 'ended') finish(captions)
    },
    meets: (call, seatCall) => calls.get(call)?.meets(seatCall),
    watch: watcher => void watchers.push(watcher),
    whenSaid(call, isIt, tell) {
      const captions = calls.get(call)
      if (!captions) return
      soughtIn.set(call, { isIt, tell })
      captions.hearWaiting()
      look(captions)
    },
    passes,
    figures,
    size: () => ({
      calls: calls.size,
      on: [...calls.values()].filter(({ isOn }) => isOn).length,
    }),
  }
}

type Sought = { readonly isIt: (words: string) => boolean; readonly tell: () => void }

/** As much as is looked through at each word that is added. */
const latestWords = 400

const wordsOf = (lines: readonly CaptionLine[]) =>
  lines
    .filter(({ who, kind }) => who === 'citizen' && (kind === 'speech' || kind === 'typed'))
    .map(({ text }) => text)
    .join('。')
    .slice(-latestWords)
