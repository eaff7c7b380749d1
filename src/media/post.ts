import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Counters } from './figures.ts'
import type { PoolPort } from './pool-port.ts'
import { startThread, type Thread, type ThreadNotice } from './thread.ts'
import type { FrameBatch, PortNumber } from './worker/protocol.ts'

/** A worker's place: when it dies, another one takes over, and its ports go on there. */
export type Post = {
  /** Who works here now. */
  readonly thread: Thread
  readonly ports: Map<PortNumber, PoolPort>
  /** Who takes what is said on ports without a socket. */
  readonly sayings: Map<PortNumber, (payload: Uint8Array) => void>
  /** Of all that worked here. */
  readonly counters: readonly Counters[]
  readonly died: number
  /** The first one is at work; rejects when it dies before. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/** One that dies before it was ready is replaced only after this. */
const replaceAfterMs = 1000
/** What killed a worker may be in one of its calls: ports whose worker dies again so soon are lost with it. */
const carryAgainAfterMs = 10_000

export function createPost(mediaTimeoutMs: number, clock: Clock, log: Log): Post {
  const ports: Post['ports'] = new Map()
  const sayings: Post['sayings'] = new Map()
  const counters: Counters[] = []
  let died = 0
  let carriedAtMs = Number.NEGATIVE_INFINITY
  let isClosing = false
  let markReady!: () => void
  let markFailed!: (reason: unknown) => void
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve
    markFailed = reject
  })

  const staff = (): Thread => {
    let isReady = false
    const hear = (notice: ThreadNotice) => {
      if (notice.what === 'ready') {
        isReady = true
        markReady()
      } else if (notice.what === 'frames') {
        handOut(notice.batch, ports)
        started.notify('taken', {})
      } else if (notice.what === 'said') {
        const { said, payloads } = notice
        const bytes = payloads.length / said.length
        for (const [at, port] of said.entries())
          sayings.get(port)?.(payloads.subarray(at * bytes, (at + 1) * bytes))
      } else ports.get(notice.port)?.hear(notice)
    }
    const mourn = (reason: unknown) => {
      markFailed(reason)
      if (isClosing) return
      died++
      const nowMs = clock.monotonicMs()
      const isCarried = isReady && nowMs - carriedAtMs > carryAgainAfterMs
      log.error({ ports: ports.size, isCarried, reason: reasonOf(reason) }, 'a media worker died')
      const replace = () => {
        if (!isClosing) thread = staff()
      }
      if (isReady) replace()
      else clock.after(replaceAfterMs, replace)
      if (isCarried) carriedAtMs = nowMs
      for (const port of [...ports.values()])
        if (isCarried) port.carryTo(thread)
        else port.die()
    }
    const started = startThread(mediaTimeoutMs, hear, mourn)
    counters.push(started.counters)
    return started
  }
  let thread = staff()

  return {
    ports,
    sayings,
    counters,
    ready,
    get thread() {
      return thread
    },
    get died() {
      return died
    },
    async close() {
      isClosing = true
      await Promise.all([...ports.values()].map(({ port }) => port.close()))
      await thread.terminate()
    },
  }
}

function handOut({ heads, payloads }: FrameBatch, ports: Post['ports']): void {
  const bytes = payloads.length / heads.length
  for (const [at, { port, ...head }] of heads.entries())
    ports.get(port)?.hearFrame({ ...head, payload: payloads.subarray(at * bytes, (at + 1) * bytes) })
}
