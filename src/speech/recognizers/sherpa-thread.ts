import { Worker } from 'node:worker_threads'
import { type Cancel, type Clock, type Fault, type Log, reasonOf } from '../../foundation/index.ts'
import type { CodecName } from '../../media/index.ts'
import { deafFault } from '../faults.ts'
import type { EngineOptions, EngineWords } from './sherpa-engine.ts'
import type { Batch, News, Portion } from './sherpa-worker.ts'

/** A speaker, as its thread sees it. */
export type Listener = {
  /** The sound that waits, of one codec, and whether it is the last. Undefined: there is none now. */
  take(): Omit<Portion, 'id'> | undefined
  tell(words: EngineWords): void
  /** Nothing more is heard here. */
  end(fault?: Fault): void
}

/** One worker thread with a model, which hears many speakers. */
export type SherpaThread = {
  /** @throws when the thread does not come up. */
  readonly ready: Promise<void>
  join(id: number, listener: Listener): void
  leave(id: number): void
  /** Some listener has something. */
  wake(): void
  size(): number
  close(): Promise<void>
}

/** A second of sound takes a fraction of a second; a turn that takes this long never ends. */
const turnWithinMs = 10_000

/**
 * One turn is under way at a time, and the next takes whatever came meanwhile: a thread that keeps up hears each frame
 * at once, a slow one gets larger turns, in which it works off all speakers together, and what waits too long is lost in
 * the listeners' own intake. A thread that died or is stuck is replaced, and fails those whom it heard.
 */
export function createSherpaThread(file: URL, options: EngineOptions, clock: Clock, log: Log): SherpaThread {
  const listeners = new Map<number, Listener>()
  let dropped: number[] = []
  let worker: Worker | undefined
  let isReady = false
  let isClosed = false
  let isWoken = false
  let cancelTurn: Cancel | undefined

  const start = (): Promise<void> => {
    const started = new Worker(file, { workerData: options })
    worker = started
    isReady = false
    return new Promise((resolve, reject) => {
      started.on('message', (news: News) => {
        if (worker !== started) return
        if (news.what === 'done') return finishTurn(news)
        isReady = true
        resolve()
        turn()
      })
      started.on('error', error => {
        log.warn({ reason: reasonOf(error) }, 'a sherpa thread broke')
        reject(error)
      })
      started.on('exit', () => {
        reject(deafFault('recognizer-failed', 'sherpa', 'a thread that ended'))
        if (worker === started) lose(deafFault('recognizer-failed', 'sherpa', 'a thread that ended'))
      })
    })
  }

  const lose = (fault: Fault) => {
    const left = worker
    worker = undefined
    cancelTurn?.()
    cancelTurn = undefined
    dropped = []
    // Whoever listens anew because of it is not among them.
    const failed = [...listeners.values()]
    listeners.clear()
    for (const listener of failed) listener.end(fault)
    void left?.terminate()
  }

  const finishTurn = ({ words, over }: Extract<News, { what: 'done' }>) => {
    cancelTurn?.()
    cancelTurn = undefined
    for (const { id, ...said } of words) listeners.get(id)?.tell(said)
    for (const id of over) listeners.get(id)?.end()
    turn()
  }

  const turn = () => {
    isWoken = false
    if (!worker || !isReady || cancelTurn) return
    const portions = [...listeners].flatMap(([id, listener]): readonly Portion[] => {
      const taken = listener.take()
      return taken ? [{ id, ...taken }] : []
    })
    if (portions.length === 0 && dropped.length === 0) return
    const batch: Batch = { portions, dropped }
    dropped = []
    cancelTurn = clock.after(turnWithinMs, () =>
      lose(deafFault('recognizer-stalled', 'sherpa', `nothing within ${turnWithinMs} ms`)),
    )
    worker.postMessage(
      batch,
      portions.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    )
  }

  const wake = () => {
    // Frames of all calls come together: one turn takes them all.
    if (isWoken) return
    isWoken = true
    queueMicrotask(turn)
  }

  return {
    ready: start(),
    join(id, listener) {
      if (isClosed) return listener.end()
      listeners.set(id, listener)
      if (!worker) start().catch(() => undefined)
    },
    leave(id) {
      if (listeners.delete(id)) dropped.push(id)
      wake()
    },
    wake,
    size: () => listeners.size,
    async close() {
      isClosed = true
      for (const listener of [...listeners.values()]) listener.end()
      const left = worker
      worker = undefined
      cancelTurn?.()
      await left?.terminate()
    },
  }
}

/** One portion of the frames: their bytes, one after the other. */
export function portionOf(
  codec: CodecName,
  payloads: readonly Uint8Array[],
  isLast: boolean,
): Omit<Portion, 'id'> {
  const bytes = new Uint8Array(payloads.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const payload of payloads) {
    bytes.set(payload, at)
    at += payload.length
  }
  return { codec, bytes, isLast }
}
