import { Worker } from 'node:worker_threads'
import { type Cancel, type Clock, type Fault, type Log, reasonOf } from '../../foundation/index.ts'
import type { CodecName } from '../../media/index.ts'
import { deafFault } from '../faults.ts'
import type { EngineOptions, EngineWords } from './sherpa-engine.ts'
import type { Batch, News, Portion } from './sherpa-worker.ts'

/** A speaker, as seen by the thread. */
export type Listener = {
  /** Takes the waiting sound of one codec, and whether it is the last; undefined if there is none. */
  take(): Omit<Portion, 'id'> | undefined
  tell(words: EngineWords): void
  /** Ends the hearing. */
  end(fault?: Fault): void
}

/** A worker thread with a model that serves many speakers. */
export type SherpaThread = {
  /** Rejects if the thread does not start. */
  readonly ready: Promise<void>
  join(id: number, listener: Listener): void
  leave(id: number): void
  /** Says that a listener has sound. */
  wake(): void
  size(): number
  close(): Promise<void>
}

/** Decoding a second of sound takes a fraction of a second. A turn that takes this long is stuck. */
const turnWithinMs = 10_000

/**
 * Runs one turn at a time, and the next turn takes whatever arrived meanwhile. A thread that keeps up decodes each frame at
 * once; a slow one gets larger turns for all speakers together, and frames that wait too long are lost in the listeners'
 * intakes. A thread that died or is stuck is replaced, and its hearings fail.
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
    // Copy the list: those who listen again because of the failure must not be on it.
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
    // The frames of all calls arrive together, so let one turn take them all.
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

/** Joins frames into one portion. */
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
