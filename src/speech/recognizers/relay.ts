import { type Cancel, type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { frameMs, type KeptFrame } from '../hearing-intake.ts'
import { createOutlet } from '../hearing-outlet.ts'
import {
  type Gap,
  type HeardWords,
  type Hearing,
  type HearingFailure,
  hearingFailures,
  type ListenOptions,
  type Recognizer,
} from '../recognizer.ts'

/** Figures of one recognizer in a relay. */
export type EarFigures = {
  readonly name: string
  /** The number of speakers that it listens to now. */
  readonly listening: number
  /** The number of failed hearings by reason. */
  readonly failures: Readonly<Record<HearingFailure, number>>
  /** Whether it failed recently and is not used for now. */
  readonly rests: boolean
}

export type Relay = Recognizer & { figures(): readonly EarFigures[] }

/** A recognizer that failed rests this long, and twice as long after each further failure until it hears a word. One speaker tries it first. */
const firstRestMs = 5_000
const longestRestMs = 60_000
/** A recognizer tried when none was left is announced once it hears a word, or has not failed for this long. */
const trialMs = 5_000
/** Up to 10 s of sound without final words is kept for the next recognizer. */
const mostKept = 500

/** A recognizer and what is known of it across calls. */
type Ear = {
  readonly recognizer: Recognizer
  readonly failures: Record<HearingFailure, number>
  listening: number
  /** How often it failed. One failure that affects several speakers counts once. */
  breakdowns: number
  /** Whether it failed and may not work again yet. One speaker tries it; others do not wait for it meanwhile. */
  isInDoubt: boolean
  restMs: number
  restsUntilMs: number
}

/** The recognizers, and callbacks of the hearings without one, called as soon as one is ready. */
type Ears = { readonly all: readonly Ear[]; readonly deaf: Set<() => void> }

/**
 * Combines recognizers in order of preference. One that fails is replaced within the call by the next that is not resting,
 * which gets the sound that has no final words yet; sound that none heard is reported as a gap. When none is left, the
 * relay says so and keeps trying.
 */
export function createRelay(
  recognizers: readonly Recognizer[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Relay {
  const ears = recognizers.map((recognizer): Ear => {
    const failures = Object.fromEntries(hearingFailures.map(failure => [failure, 0]))
    return {
      recognizer,
      failures: failures as Ear['failures'],
      listening: 0,
      breakdowns: 0,
      isInDoubt: false,
      restMs: 0,
      restsUntilMs: Number.NEGATIVE_INFINITY,
    }
  })
  const shared: Ears = { all: ears, deaf: new Set() }
  return {
    name: recognizers.map(({ name }) => name).join(', '),
    listen: options => listen(shared, options, clock, log),
    figures: () =>
      ears.map(({ recognizer: { name }, listening, failures, restsUntilMs }) => ({
        name,
        listening,
        failures: { ...failures },
        rests: restsUntilMs > clock.monotonicMs(),
      })),
    async close() {
      await Promise.all(recognizers.map(recognizer => recognizer.close()))
    },
  }
}

/** The part of a hearing that one recognizer serves. */
type Turn = {
  readonly ear: Ear
  readonly hearing: Hearing
  /** Our ids of its utterances. */
  readonly ids: Map<HeardWords['id'], HeardWords['id']>
  /** Whether its listening has not been announced yet. */
  isOnTrial: boolean
  /** Whether this speaker tries, for all others, if the recognizer works again. */
  isProbe: boolean
  /** How often the recognizer had failed when this turn began. */
  readonly breakdowns: number
}

function listen({ all: ears, deaf }: Ears, options: ListenOptions, clock: Clock, log: Log): Hearing {
  const { signal } = options
  const outlet = createOutlet()
  const kept: KeptFrame[] = []
  let turn: Turn | undefined
  /** Sound that no recognizer will hear and that has not been reported yet. */
  let lost: Gap | undefined
  /** The utterance that is not final yet. */
  let open: HeardWords | undefined
  let lastId = 0
  let heardUntilMs: number | undefined
  let lastReason: HearingFailure = 'recognizer-failed'
  let isClosed = false
  let cancelTimer: Cancel = () => undefined

  const end = () => {
    if (outlet.isOver) return
    cancelTimer()
    signal?.removeEventListener('abort', end)
    const last = turn
    if (last) last.ear.listening--
    turn = undefined
    if (open) outlet.put({ ...open, kind: 'final' })
    tellLost()
    outlet.end()
    if (last?.isProbe) free(last)
  }

  /** Ends the trial, so that other speakers may use the recognizer. */
  const free = (last: Turn) => {
    last.isProbe = false
    last.ear.restsUntilMs = clock.monotonicMs()
    for (const tryAgain of [...deaf]) tryAgain()
  }

  const tellLost = () => {
    if (lost) outlet.put(lost)
    lost = undefined
  }

  const lose = (fromMs: number, toMs: number, frames: number) => {
    if (toMs <= fromMs) return
    lost = {
      kind: 'gap',
      reason: lastReason,
      fromMs: lost?.fromMs ?? fromMs,
      toMs,
      frames: (lost?.frames ?? 0) + frames,
    }
  }

  const keep = (frame: KeptFrame) => {
    kept.push(frame)
    const fallen = kept.length > mostKept ? kept.shift() : undefined
    if (fallen && !turn) lose(fallen.atMs, fallen.atMs + frameMs, 1)
  }

  /** The first recognizer that is not resting. */
  const ready = () => ears.find(({ restsUntilMs }) => restsUntilMs <= clock.monotonicMs())

  const prove = (current: Turn) => {
    const { isOnTrial, isProbe, ear } = current
    if (!isOnTrial && !isProbe) return
    current.isOnTrial = false
    cancelTimer()
    if (isOnTrial) {
      tellLost()
      outlet.put({ kind: 'switched', to: ear.recognizer.name, reason: lastReason })
    }
    if (!isProbe) return
    ear.isInDoubt = false
    free(current)
  }

  const begin = (ear: Ear, isOnTrial: boolean): Turn => {
    const current: Turn = {
      ear,
      isOnTrial,
      isProbe: ear.isInDoubt,
      breakdowns: ear.breakdowns,
      ids: new Map(),
      hearing: ear.recognizer.listen(options),
    }
    turn = current
    ear.listening++
    for (const { codec, payload, atMs } of kept) current.hearing.push({ codec, payload }, atMs)
    if (current.isProbe) ear.restsUntilMs = clock.monotonicMs() + trialMs
    if (isOnTrial || current.isProbe) cancelTimer = clock.after(trialMs, () => prove(current))
    void follow(current)
    return current
  }

  const goDeaf = () => {
    const soonest = Math.min(...ears.map(({ restsUntilMs }) => restsUntilMs))
    const tryAgain = () => {
      cancelTimer()
      const ear = ready()
      if (ear) begin(ear, true)
      else goDeaf()
    }
    const cancel = clock.after(Math.max(1, soonest - clock.monotonicMs()), tryAgain)
    deaf.add(tryAgain)
    cancelTimer = () => {
      cancel()
      deaf.delete(tryAgain)
    }
  }

  const rest = (ear: Ear) => {
    ear.breakdowns++
    ear.isInDoubt = true
    ear.restMs = Math.min(longestRestMs, ear.restMs * 2 || firstRestMs)
    ear.restsUntilMs = clock.monotonicMs() + ear.restMs
  }

  const fail = (current: Turn, error: unknown) => {
    const reason = failureOf(error)
    const { ear, isOnTrial } = current
    turn = undefined
    cancelTimer()
    ear.listening--
    ear.failures[reason]++
    if (current.breakdowns === ear.breakdowns) rest(ear)
    lastReason = reason
    const first = kept[0]
    // A stalled recognizer has not listened for some time; one that broke is assumed to have listened until then.
    if (reason === 'recognizer-stalled' && first) {
      const fromMs = Math.max(heardUntilMs ?? 0, first.atMs - mostKept * frameMs)
      lose(fromMs, first.atMs, Math.round((first.atMs - fromMs) / frameMs))
    }
    const next = ready()
    const found = error instanceof Fault ? error.found : reasonOf(error)
    log.warn(
      { recognizer: ear.recognizer.name, reason, found, next: next?.recognizer.name },
      'a recognizer failed',
    )
    if (isClosed && !next) {
      if (first) lose(first.atMs, (kept.at(-1) ?? first).atMs + frameMs, kept.length)
      return end()
    }
    if (isOnTrial) return goDeaf()
    if (next) {
      tellLost()
      if (next !== ear)
        outlet.put({ kind: 'switched', from: ear.recognizer.name, to: next.recognizer.name, reason })
      const taken = begin(next, false)
      if (isClosed) taken.hearing.close()
      return
    }
    if (open) outlet.put({ ...open, kind: 'final' })
    open = undefined
    outlet.put({ kind: 'deaf', reason })
    goDeaf()
  }

  const take = (current: Turn, words: HeardWords) => {
    current.ear.restMs = 0
    prove(current)
    // The next recognizer repeats the open utterance, so keep its id.
    const id = current.ids.get(words.id) ?? open?.id ?? ++lastId
    current.ids.set(words.id, id)
    const said = { ...words, id }
    outlet.put(said)
    heardUntilMs = words.endMs
    open = words.kind === 'final' ? undefined : said
    if (words.kind === 'final') kept.splice(0, kept.findLastIndex(({ atMs }) => atMs < words.endMs) + 1)
  }

  const follow = async (current: Turn) => {
    try {
      for await (const heard of current.hearing.words) {
        if (heard.kind === 'interim' || heard.kind === 'final') take(current, heard)
        else outlet.put(heard)
      }
      end()
    } catch (error) {
      if (!outlet.isOver) fail(current, error)
    }
  }

  if (signal?.aborted) end()
  signal?.addEventListener('abort', end, { once: true })
  const first = ready()
  if (first && !outlet.isOver) begin(first, false)
  else if (!outlet.isOver) {
    outlet.put({ kind: 'deaf', reason: lastReason })
    goDeaf()
  }

  return {
    words: outlet.words,
    push(frame, atMs) {
      if (isClosed || outlet.isOver) return
      heardUntilMs ??= atMs
      turn?.hearing.push(frame, atMs)
      keep({ codec: frame.codec, payload: new Uint8Array(frame.payload), atMs })
    },
    close() {
      if (isClosed) return
      isClosed = true
      if (turn) return turn.hearing.close()
      const first = kept[0]
      if (first) lose(first.atMs, (kept.at(-1) ?? first).atMs + frameMs, kept.length)
      end()
    },
  }
}

const failureOf = (error: unknown): HearingFailure =>
  hearingFailures.find(failure => error instanceof Fault && error.code === failure) ?? 'recognizer-failed'
