import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Cancel, type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import { createIntake, type KeptFrame } from '../hearing-intake.ts'
import { createOutlet } from '../hearing-outlet.ts'
import type { HeardWords, Hearing, ListenOptions, Recognizer } from '../recognizer.ts'
import { createSoundTimeline } from '../sound-timeline.ts'
import type { EngineOptions, EngineWords } from './sherpa-engine.ts'
import { findSherpaModel, type SherpaFamily } from './sherpa-model.ts'
import { createSherpaThread, type Listener, portionOf, type SherpaThread } from './sherpa-thread.ts'

type Options = {
  readonly directory: string
  /** The family of a single-file model. */
  readonly family: SherpaFamily
  /** The number of threads; each holds the model in memory. */
  readonly workers: number
  /** Likely words, for models that accept them. */
  readonly hotwords?: readonly string[]
  readonly clock: Clock
  readonly log: Log
}

const engine = 'sherpa-onnx-node'
/** Workers run built JavaScript, even if a test runs this file from src. */
const built = (name: string) => new URL(name, import.meta.url.replace(/\/src\/(speech\/[^?]*)/, '/dist/$1'))
const probeFile = built('sherpa-probe.js')
const workerFile = built('sherpa-worker.js')
/** Large models take several seconds to load from a cold disk. */
const probeWithinMs = 120_000
/** How long the last words may take after the end of the sound. */
const lastWordsMs = 2_000
const samplesAMs = 8

/**
 * Recognition on this machine: sherpa-onnx in worker threads, each serving many speakers with one model.
 * @throws Fault `recognizer-missing` if the package or the model is missing, or the model cannot be loaded
 */
export async function openSherpa(options: Options): Promise<Recognizer> {
  const { directory, family, workers, hotwords = [], clock, log } = options
  demandPackage()
  const model = await findSherpaModel(directory, family)
  await probe(directory, { model, hotwords })
  const threads = await Promise.all(
    Array.from({ length: workers }, async () => {
      const thread = createSherpaThread(workerFile, { model, hotwords }, clock, log)
      await thread.ready
      return thread
    }),
  )
  let lastId = 0
  return {
    name: 'sherpa',
    listen(listening) {
      const calmest = threads.toSorted((one, two) => one.size() - two.size())[0]
      if (!calmest) throw new Error('no thread of sherpa')
      return listen(calmest, ++lastId, listening, clock)
    },
    async close() {
      await Promise.all(threads.map(thread => thread.close()))
    },
  }
}

function listen(thread: SherpaThread, id: number, { signal }: ListenOptions, clock: Clock): Hearing {
  const intake = createIntake()
  const outlet = createOutlet()
  const timeline = createSoundTimeline()
  let isClosed = false
  /** Whether the thread was told that no more sound will come. */
  let isSaid = false
  let held: KeptFrame | undefined
  let utterance = 0
  let open: HeardWords | undefined
  let cancelDeadline: Cancel = () => undefined

  const end = (fault?: Fault) => {
    if (outlet.isOver) return
    cancelDeadline()
    signal?.removeEventListener('abort', abort)
    thread.leave(id)
    if (open && !fault && !signal?.aborted) outlet.put({ ...open, kind: 'final' })
    outlet.end(fault)
  }
  const abort = () => end()

  const listener: Listener = {
    take() {
      const frames: KeptFrame[] = held ? [held] : []
      held = undefined
      for (let next = intake.take(); next; next = intake.take()) {
        if (!('payload' in next)) outlet.put(next)
        else if ((frames[0]?.codec ?? next.codec) === next.codec) frames.push(next)
        else {
          // The line changed its codec: leave the rest to the next turn.
          held = next
          break
        }
      }
      const isLast = isClosed && !held
      if (frames.length === 0 && !(isLast && !isSaid)) return undefined
      isSaid = isLast
      for (const { payload, atMs } of frames) timeline.add(payload.length / samplesAMs, atMs)
      return portionOf(
        frames[0]?.codec ?? 'PCMA',
        frames.map(({ payload }) => payload),
        isLast,
      )
    },
    tell({ text, startMs, endMs, isFinal, confidence }: EngineWords) {
      open = {
        kind: isFinal ? 'final' : 'interim',
        id: open?.id ?? ++utterance,
        text,
        startMs: timeline.at(startMs + 1),
        endMs: timeline.at(endMs),
        confidence,
      }
      outlet.put(open)
      if (isFinal) open = undefined
    },
    end,
  }

  if (signal?.aborted) end()
  else thread.join(id, listener)
  signal?.addEventListener('abort', abort, { once: true })
  return {
    words: outlet.words,
    push(frame, atMs) {
      if (isClosed || outlet.isOver) return
      intake.push(frame, atMs)
      thread.wake()
    },
    close() {
      if (isClosed) return
      isClosed = true
      cancelDeadline = clock.after(lastWordsMs, () => end())
      thread.wake()
    },
  }
}

function demandPackage() {
  try {
    createRequire(import.meta.url).resolve(engine)
  } catch (cause) {
    throw missing(engine, 'no such package', `the optional dependency (npm install ${engine})`, cause)
  }
}

/** Tries the model in a separate process, because a bad model ends the process that loads it. */
async function probe(directory: string, options: EngineOptions) {
  const limits = { timeout: probeWithinMs, killSignal: 'SIGKILL' } as const
  const probing = promisify(execFile)(process.execPath, [fileURLToPath(probeFile)], limits)
  probing.child.stdin?.on('error', () => undefined)
  probing.child.stdin?.end(JSON.stringify(options))
  try {
    await probing
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw missing(
      directory,
      said.split('\n').at(-1) || reasonOf(error),
      'a streaming model that loads',
      error,
    )
  }
}

const missing = (place: string, found: string, expected: string, cause?: unknown) =>
  new Fault({ code: 'recognizer-missing', place, found, expected, cause })
