import type { Cancel, Clock } from '../../foundation/index.ts'
import { type Frame, type Measure, measure } from '../../media/index.ts'
import type { Call } from '../call.ts'
import type { Journal } from '../journal.ts'
import {
  type AmdInput,
  type AmdLimits,
  type AnsweredBy,
  amdLimits,
  beforeAmd,
  isMonologue,
  isMusic,
  judge,
  type MachineSign,
} from './amd.ts'

export type AmdOptions = {
  readonly clock: Clock
  readonly ear?: AmdEar
  readonly limits?: AmdLimits
  /** Where it is written who answered, and by what a machine was known. */
  readonly journal?: Journal
}

/** Tells sound apart; its twin tells words apart, on a line that has no sound. Of one frame it may give several. */
export type AmdEar = (frame: Frame) => readonly Measure[]

export const earForSound: AmdEar = frame => [measure(frame)]

const speaks: Measure = { levelDbov: -20 }
const quiet: Measure = { levelDbov: -60 }
const syllable = [speaks, speaks, speaks, speaks, speaks, quiet, quiet, quiet, quiet, quiet]
const beep = Array.from({ length: 25 }, (): Measure => ({ levelDbov: -20, toneHz: 1000 }))

/** For the loopback line, whose frames hold words in UTF-8: a Chinese character is a syllable, `[beep]` a beep. */
export const earForWords: AmdEar = ({ payload }) =>
  (new TextDecoder().decode(payload).match(/\[beep\]|\p{Script=Han}/gu) ?? []).flatMap(heard =>
    heard === '[beep]' ? beep : syllable,
  )

export type AmdListening = {
  /** The first verdict: `machine`, or `person` or `unsure` once it is our turn to speak, or the call is over. */
  readonly first: Promise<AnsweredBy>
  /** Aborts when it turned out to be a machine, also after we began to speak. */
  readonly machine: AbortSignal
  /** Aborts once it may be a recording, for people to judge: it talks on and on, or is a machine. */
  readonly doubt: AbortSignal
  /** What showed that nobody is there; music alone is hung up on by nobody, and is no person's answer either. */
  sign(): MachineSign | 'music' | undefined
  /** A key was pressed: a person, and nothing more to listen for. */
  proved(): void
  stop(): void
}

const frameMs = 20
const tickMs = 100
/** Frames come unevenly; what has not come by then was not sent. */
const lateMs = 200
/** A machine that has not shown itself by then records us by now. */
const longestMs = 30_000

/**
 * Listens to who beforeAmd, from now until it is settled, half a minute is over, or the call is. Time goes on by the
 * clock where no frames come: a line that suppresses silence sends none.
 */
export function listenForAnswer(
  call: Pick<Call, 'id' | 'tap' | 'signal' | 'answeredBy'>,
  options: AmdOptions,
): AmdListening {
  const { clock, ear = earForSound, limits = amdLimits, journal } = options
  const found = new AbortController()
  const doubt = new AbortController()
  let resolveFirst: (verdict: AnsweredBy) => void
  const first = new Promise<AnsweredBy>(resolve => {
    resolveFirst = resolve
  })
  const beganMs = clock.monotonicMs()
  const elapsedMs = () => clock.monotonicMs() - beganMs
  let state = beforeAmd
  let isOver = false
  let sign: MachineSign | 'music' | undefined
  const write = (who: AnsweredBy) => {
    // A network that listens itself has told that of people.
    if (who !== 'machine' && call.answeredBy) return
    journal?.write(call.id, { kind: 'answered-by', who, why: sign })
  }
  /** Between the line's time and ours. */
  let offsetMs: number | undefined
  let cancel: Cancel = () => undefined

  function take(input: AmdInput) {
    if (isOver) return
    const { state: next, verdict, sign: shown } = judge(state, input, limits)
    state = next
    sign ??= shown
    if (verdict) {
      write(verdict)
      resolveFirst(verdict)
    }
    if (verdict === 'machine') found.abort()
    if (verdict === 'machine' || isMonologue(state, limits)) doubt.abort()
    if (state.phase === 'settled') stop()
  }
  function nothingUntil(untilMs: number) {
    while (!isOver && state.atMs + frameMs <= untilMs) take({ kind: 'nothing' })
  }
  function tick() {
    nothingUntil(elapsedMs() - lateMs)
    if (elapsedMs() >= longestMs) stop()
    if (!isOver) cancel = clock.after(tickMs, tick)
  }
  function stop() {
    if (isOver) return
    isOver = true
    if (state.phase === 'speaking' && isMusic(state, limits)) sign = 'music'
    cancel()
    off()
    call.signal.removeEventListener('abort', stop)
    resolveFirst('unsure')
  }

  const off = call.tap(frame => {
    if (frame.direction !== 'heard' || isOver) return
    const frameAtMs = frame.timestamp / 8
    offsetMs ??= frameAtMs - elapsedMs()
    nothingUntil(frameAtMs - offsetMs)
    for (const heard of ear(frame)) take({ kind: 'heard', measure: heard })
  })
  call.signal.addEventListener('abort', stop, { once: true })
  cancel = clock.after(tickMs, tick)
  if (call.signal.aborted) stop()
  return {
    first,
    machine: found.signal,
    doubt: doubt.signal,
    sign: () => sign,
    proved: () => take({ kind: 'key' }),
    stop,
  }
}
