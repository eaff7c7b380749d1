import { parentPort, workerData } from 'node:worker_threads'
import type { CodecName } from '../../media/index.ts'
import {
  type EngineOptions,
  type EngineStream,
  type EngineWords,
  openEngine,
  type Tell,
} from './sherpa-engine.ts'

/** One speaker's next sound. */
export type Portion = {
  readonly id: number
  readonly codec: CodecName
  readonly bytes: Uint8Array
  /** Whether no more will come, so that the last words are wanted. */
  readonly isLast: boolean
}

/** The work of one turn. The next is sent when this one has been answered. */
export type Batch = {
  readonly portions: readonly Portion[]
  /** Speakers whose words are no longer wanted. */
  readonly dropped: readonly number[]
}

export type News =
  | { readonly what: 'ready' }
  | {
      readonly what: 'done'
      readonly words: readonly (EngineWords & { readonly id: number })[]
      /** Speakers whose last words these are. */
      readonly over: readonly number[]
    }

const engine = openEngine(workerData as EngineOptions)
const streams = new Map<number, EngineStream>()
const say = (news: News) => parentPort?.postMessage(news)

parentPort?.on('message', ({ portions, dropped }: Batch) => {
  for (const id of dropped) streams.delete(id)
  const ids = new Map<EngineStream, number>()
  for (const { id, codec, bytes, isLast } of portions) {
    const stream = streams.get(id) ?? engine.open()
    streams.set(id, stream)
    ids.set(stream, id)
    if (bytes.length > 0) engine.hear(stream, codec, bytes)
    if (isLast) engine.finish(stream)
  }
  const words: (EngineWords & { readonly id: number })[] = []
  const tell: Tell = (stream, said) => words.push({ id: ids.get(stream) ?? 0, ...said })
  engine.decode(ids.keys(), tell)
  const over = portions.filter(({ isLast }) => isLast).map(({ id }) => id)
  for (const id of over) {
    const stream = streams.get(id)
    if (stream) engine.last(stream, tell)
    streams.delete(id)
  }
  say({ what: 'done', words, over })
})
say({ what: 'ready' })
