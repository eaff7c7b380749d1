/** Cancels what was scheduled; calling it again, or too late, does nothing. */
export type Cancel = () => void

/** The time source of every room except the 20 ms loop: the system's clock, or one that a test moves by hand. */
export type Clock = {
  /** Wall time in ms since 1970-01-01T00:00Z. May jump: use it for dates, never for measuring. */
  now(): number
  /** Monotonic time in ms, on the same scale in every thread of this process; only differences are meaningful. */
  monotonicMs(): number
  /** Runs `act` once, `delayMs` from now. */
  after(delayMs: number, act: () => void): Cancel
}

/** Resolves after `delayMs`; rejects with the signal's reason if that aborts first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** The result of `work`, or a rejection with `late()` after `delayMs`. The work itself is not stopped. */
export function withDeadline<T>(
  clock: Clock,
  delayMs: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(delayMs, () => reject(late()))
    const settle =
      <V>(give: (value: V) => void) =>
      (value: V) => {
        cancel()
        give(value)
      }
    work.then(settle(resolve), settle(reject))
  })
}
