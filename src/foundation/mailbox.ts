/** A FIFO of values between one writer and one reader; nothing is lost in between. */
export type Mailbox<T> = {
  /** Adds a value at the end; after `close`, the value is dropped. */
  put(value: T): void
  /** The oldest value, waiting for one if need be; undefined once closed and empty. Rejects when the signal aborts. */
  take(signal?: AbortSignal): Promise<T | undefined>
  /** The oldest value if there is one, without waiting. */
  takeNow(): T | undefined
  /** Drops the values that wait. */
  clear(): void
  readonly size: number
  close(): void
  [Symbol.asyncIterator](): AsyncIterator<T>
}

type Taker<T> = (value: T | undefined) => void

export function createMailbox<T>(): Mailbox<T> {
  const waiting: T[] = []
  const takers: Taker<T>[] = []
  let closed = false

  const mailbox: Mailbox<T> = {
    put(value) {
      if (closed) return
      const taker = takers.shift()
      if (taker) taker(value)
      else waiting.push(value)
    },
    take(signal) {
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (waiting.length > 0 || closed) return Promise.resolve(waiting.shift())
      return new Promise((resolve, reject) => {
        const taker: Taker<T> = value => {
          signal?.removeEventListener('abort', onAbort)
          resolve(value)
        }
        const onAbort = () => {
          takers.splice(takers.indexOf(taker), 1)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        takers.push(taker)
      })
    },
    takeNow: () => waiting.shift(),
    clear: () => {
      waiting.length = 0
    },
    get size() {
      return waiting.length
    },
    close() {
      closed = true
      for (const taker of takers.splice(0)) taker(undefined)
    },
    async *[Symbol.asyncIterator]() {
      for (let value = await mailbox.take(); value !== undefined; value = await mailbox.take()) yield value
    },
  }
  return mailbox
}
