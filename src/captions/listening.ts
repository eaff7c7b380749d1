import { type Log, reasonOf } from '../foundation/index.ts'
import type { Heard, HeardWords, Recognizer, VoiceLanguage } from '../speech/index.ts'
import type { Call } from '../telephony/index.ts'
import type { CaptionLine, Speaker } from './api.ts'
import type { Appearance } from './figures.ts'
import { rewriting } from './line.ts'
import type { Transcript } from './transcript.ts'
import { eventLine, whyOf, wordsOf } from './words.ts'

export type ListeningDependencies = {
  readonly recognizer: Recognizer
  readonly language: VoiceLanguage
  readonly phrases: readonly string[]
  readonly transcript: Transcript
  /** Ms since the INVITE. */
  readonly nowMs: () => number
  readonly log: Log
  /** From a word being audible to its being in the transcript. */
  readonly onDelay: (appearance: Appearance, ms: number) => void
  readonly onGap: (ms: number) => void
  /** Another recognizer listens from now on. */
  readonly onSwitch: () => void
  /** Whether somebody listens now. */
  readonly onEar: (hears: boolean) => void
}

export type Listening = {
  stop(): void
  /** Resolves when all that was heard is in the transcript; after `stop` a recognizer may still have words to give. */
  readonly over: Promise<void>
}

/** Below it a line is shown as unsure. DESIGN: recognizers do not agree on what their figure means. */
const sureFrom = 0.5
/** Gaps of one speaker that follow this close are told as one. */
const oneGapMs = 5_000

/**
 * Turns what one leg says into lines of its speaker, from now until stopped. The sound is handed on as it comes: a
 * recognizer that is slow loses frames and not the call its time.
 */
export function listenTo(leg: Call, who: Speaker, dependencies: ListeningDependencies): Listening {
  const { recognizer, language, phrases, transcript, nowMs, log, onDelay, onGap, onSwitch, onEar } =
    dependencies
  const hearing = recognizer.listen({ language, phrases })
  /** Of utterances that are not final. */
  const open = new Map<HeardWords['id'], CaptionLine['id']>()
  let gap:
    | { readonly id: CaptionLine['id']; readonly fromMs: number; toMs: number; lostMs: number }
    | undefined
  let originMs = Number.POSITIVE_INFINITY
  let isStopped = false

  const untap = leg.tap(frame => {
    if (frame.direction !== 'heard') return
    const soundMs = frame.timestamp / 8
    // The frame that took the least time to come here tells best when sound 0 was.
    originMs = Math.min(originMs, nowMs() - soundMs)
    hearing.push(frame, originMs + soundMs)
  })

  const takeWords = ({ kind, id, text, startMs, endMs, confidence }: HeardWords) => {
    const settled = kind === 'final'
    const known = open.get(id)
    const before = known === undefined ? '' : (transcript.line(known)?.text ?? '')
    if (known === undefined && text === '') return
    if (rewriting(before, text).shown > 0) onDelay('first', nowMs() - endMs)
    if (settled) onDelay('final', nowMs() - endMs)
    const unsure = confidence !== undefined && confidence < sureFrom ? { unsure: true } : {}
    const shown = { text, settled, startMs, endMs, ...unsure }
    if (known !== undefined) transcript.change(known, shown)
    else open.set(id, transcript.add({ who, kind: 'speech', ...shown }))
    if (settled) open.delete(id)
  }

  const takeGap = (fromMs: number, toMs: number, reason: string) => {
    onGap(toMs - fromMs)
    const goesOn = gap !== undefined && fromMs - gap.toMs < oneGapMs
    const lostMs = toMs - fromMs + (goesOn ? (gap?.lostMs ?? 0) : 0)
    const detail = { seconds: Math.max(1, Math.round(lostMs / 1000)), why: whyOf(reason) }
    if (gap && goesOn) {
      transcript.change(gap.id, { ...wordsOf('gap', detail), endMs: toMs })
      gap.toMs = toMs
      gap.lostMs = lostMs
      return
    }
    const id = transcript.add({ ...eventLine('gap', fromMs, detail, who), endMs: toMs })
    gap = { id, fromMs, toMs, lostMs }
  }

  const goDeaf = (reason: string) => {
    onEar(false)
    transcript.add(eventLine('deaf', nowMs(), { why: whyOf(reason) }, who))
  }

  const take = (heard: Heard) => {
    if (heard.kind === 'gap') takeGap(heard.fromMs, heard.toMs, heard.reason)
    else if (heard.kind === 'deaf') goDeaf(heard.reason)
    else if (heard.kind === 'switched') {
      onEar(true)
      const detail = { why: whyOf(heard.reason) }
      const event = heard.from === undefined ? 'hears-again' : 'switched'
      transcript.add(eventLine(event, nowMs(), detail, who))
      onSwitch()
    } else takeWords(heard)
  }

  /** Words that never became final stay as they were last taken for. */
  const settleOpen = () => {
    for (const id of open.values()) transcript.change(id, { settled: true, unsure: true })
    open.clear()
  }

  const listen = async () => {
    try {
      for await (const heard of hearing.words) take(heard)
    } catch (error) {
      log.warn({ call: leg.id, recognizer: recognizer.name, reason: reasonOf(error) }, 'captions go deaf')
      if (!isStopped) goDeaf(reasonOf(error))
    } finally {
      settleOpen()
      untap()
    }
  }
  onEar(true)
  const over = listen()

  return {
    over,
    stop() {
      if (isStopped) return
      isStopped = true
      untap()
      hearing.close()
    },
  }
}
