import { isUtf8 } from 'node:buffer'
import type { Fault } from '../../foundation/index.ts'
import { deafFault } from '../faults.ts'
import { createIntake, frameMs, type KeptFrame } from '../hearing-intake.ts'
import { createOutlet } from '../hearing-outlet.ts'
import type { HeardWords, Hearing, HearingFailure, ListenOptions, Recognizer } from '../recognizer.ts'

/** What will be heard. Times are in ms of sound since the hearing's first frame. */
export type Script = {
  readonly lines?: readonly ScriptedLine[]
  readonly failsAtMs?: number
  /** How it fails; `recognizer-failed` when absent. */
  readonly failsWith?: HearingFailure
  /** From then on it takes sound but reports nothing. */
  readonly stallsAtMs?: number
  /** It takes no sound before this resolves, like a service that is slow to connect. */
  readonly ready?: Promise<void>
}

export type ScriptedLine = {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
  readonly confidence?: number
  /** The interim words, which the final ones correct. */
  readonly misheard?: string
}

/** The interval of interim words, and the delay after a line's end until it is final. */
const interimEveryMs = 200
const settleMs = 400

/**
 * The twin: reports its script as frames are pushed, independent of any clock. Words in place of sound, as on the loopback
 * line, are reported as they come.
 */
export function createScriptedRecognizer(
  script: Script | ((options: ListenOptions) => Script) = {},
): Recognizer {
  const open = new Set<() => void>()
  return {
    name: 'scripted',
    listen(options) {
      let over: () => void = () => undefined
      const told = typeof script === 'function' ? script(options) : script
      const [hearing, stop] = listen(told, options.signal, () => over())
      if (!options.signal?.aborted) open.add(stop)
      over = () => void open.delete(stop)
      return hearing
    },
    async close() {
      for (const stop of open) stop()
    },
  }
}

function listen(
  script: Script,
  signal: AbortSignal | undefined,
  onOver: () => void,
): [Hearing, stop: () => void] {
  const { lines = [], failsAtMs = Infinity, stallsAtMs = Infinity, ready } = script
  const intake = createIntake()
  const outlet = createOutlet()
  const parts = lines.map(line => ({ line, id: 0, shown: '', isFinal: false }))
  let isReady = ready === undefined
  let isClosed = false
  let originMs: number | undefined
  let lastId = 0

  const abort = () => stop()
  const stop = (fault?: Fault) => {
    signal?.removeEventListener('abort', abort)
    outlet.end(fault)
    onOver()
  }

  const say = (part: (typeof parts)[number], kind: HeardWords['kind'], text: string, untilMs: number) => {
    part.id ||= ++lastId
    part.shown = text
    part.isFinal = kind === 'final'
    const startMs = (originMs ?? 0) + part.line.startMs
    const { confidence } = part.line
    outlet.put({
      kind,
      id: part.id,
      text,
      startMs,
      endMs: (originMs ?? 0) + untilMs,
      confidence: kind === 'final' ? confidence : undefined,
    })
  }

  const hearLines = (nowMs: number) => {
    for (const part of parts) {
      const { text, misheard = text, startMs, endMs } = part.line
      if (part.isFinal || nowMs <= startMs) continue
      const letters = [...misheard]
      const heardMs = Math.min(nowMs, endMs) - startMs
      const said = letters.slice(0, Math.floor((letters.length * heardMs) / (endMs - startMs))).join('')
      if (nowMs >= endMs + settleMs) say(part, 'final', text, endMs)
      else if (said !== part.shown && (nowMs % interimEveryMs < frameMs || nowMs >= endMs))
        say(part, 'interim', said, Math.min(nowMs, endMs))
    }
  }

  const readWords = (text: string, atMs: number) => {
    const id = ++lastId
    const begun = [...text].slice(0, Math.ceil([...text].length / 2)).join('')
    outlet.put({ kind: 'interim', id, text: begun, startMs: atMs, endMs: atMs })
    outlet.put({ kind: 'final', id, text, startMs: atMs, endMs: atMs })
  }

  const hear = ({ payload, atMs }: KeptFrame) => {
    originMs ??= atMs
    const nowMs = atMs + frameMs - originMs
    if (nowMs > failsAtMs) return stop(deafFault(script.failsWith, 'scripted', 'an order to fail'))
    if (nowMs > stallsAtMs) return
    const text = textIn(payload)
    if (text !== undefined) readWords(text, atMs)
    hearLines(nowMs)
  }

  const drain = () => {
    for (let next = isReady ? intake.take() : undefined; next; next = intake.take()) {
      if ('payload' in next) hear(next)
      else outlet.put(next)
    }
    if (isReady && isClosed && !outlet.isOver) finish()
  }

  /** Makes the words final of whoever is cut short. */
  const finish = () => {
    for (const part of parts) if (part.shown && !part.isFinal) say(part, 'final', part.shown, part.line.endMs)
    stop()
  }

  if (signal?.aborted) stop()
  signal?.addEventListener('abort', abort, { once: true })
  void ready?.then(() => {
    isReady = true
    drain()
  })
  const hearing: Hearing = {
    words: outlet.words,
    push(frame, atMs) {
      if (isClosed || outlet.isOver) return
      intake.push(frame, atMs)
      drain()
    },
    close() {
      isClosed = true
      drain()
    },
  }
  return [hearing, stop]
}

/** The words in a loopback line's frame. G.711 sound is practically never valid UTF-8 without control characters. */
function textIn(payload: Uint8Array): string | undefined {
  if (!isUtf8(payload)) return undefined
  const text = new TextDecoder().decode(payload)
  return /\p{Cc}/u.test(text) ? undefined : text
}
