import type { Cancel, Clock } from '../foundation/index.ts'
import type { PlayEnd, Sound } from '../media/index.ts'
import { onsetsOf } from './prompt-pace.ts'
import type { Transcript } from './transcript.ts'

export type PromptDependencies = {
  readonly clock: Clock
  readonly transcript: Transcript
  /** Ms since the INVITE. */
  readonly nowMs: () => number
  /** Whether somebody reads along; otherwise a prompt costs two changes and no timer. */
  readonly isRead: () => boolean
}

/** A prompt on its way through the call. */
export type PromptLine = {
  /** Somebody reads along from now on: shows what has been heard so far. */
  show(): void
}

/** Lets the exact text of what is played appear in step with its sound; what a key cut off was not said. */
export function followPrompt(
  sounds: readonly Sound[],
  playing: Promise<PlayEnd>,
  { clock, transcript, nowMs, isRead }: PromptDependencies,
): PromptLine {
  const startedMs = nowMs()
  const { text, onsets } = scoreOf(sounds)
  let cancel: Cancel = () => undefined
  let isOver = false
  const id = transcript.add({
    who: 'system',
    kind: 'prompt',
    text: '',
    settled: false,
    startMs: startedMs,
    endMs: startedMs,
  })
  const heardBy = (elapsedMs: number) =>
    text.slice(0, onsets.findLast(({ atMs }) => atMs <= elapsedMs)?.end ?? 0)

  const show = () => {
    cancel()
    if (isOver) return
    // Timers may ring a fraction early: what is due within the next ms is shown now.
    const elapsedMs = nowMs() - startedMs + 1
    transcript.change(id, { text: heardBy(elapsedMs), endMs: nowMs() })
    const next = onsets.find(({ atMs }) => atMs > elapsedMs)
    if (next) cancel = clock.after(next.atMs - elapsedMs + 1, show)
  }
  const settle = (end: PlayEnd) => {
    cancel()
    isOver = true
    const heard = end === 'finished' ? text : heardBy(nowMs() - startedMs)
    const cut = heard === '' || heard === text ? heard : `${heard.trimEnd()}…`
    transcript.change(id, { text: cut, settled: true, endMs: nowMs() })
  }
  /** The sound broke off, and nobody cut it off: whoever reads has the whole of it. */
  const breakOff = () => {
    cancel()
    isOver = true
    transcript.change(id, { text, unspoken: true, settled: true, endMs: nowMs() })
  }
  if (isRead()) show()
  playing.then(settle, breakOff)
  return { show }
}

/** Sounds that follow one another without a pause are one text. */
function scoreOf(sounds: readonly Sound[]) {
  let text = ''
  let atMs = 0
  const onsets = sounds.flatMap(sound => {
    const before = text.length
    const part = onsetsOf(sound.text ?? '', sound.durationMs, atMs)
    text += sound.text ?? ''
    atMs += sound.durationMs
    return part.map(onset => ({ ...onset, end: onset.end + before }))
  })
  return { text, onsets }
}
