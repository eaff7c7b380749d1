import { useEffect, useMemo } from 'react'

export type Retry = {
  /** Does the work after a while, longer each time. @returns false once it was tried often enough */
  again(work: () => void): boolean
  /** It went well: the next wait is the first again. */
  went(): void
  stop(): void
}

/** A telephone that comes back into a call: the house keeps one for 15 s for a page that has gone. */
const afterMs = [300, 1000, 2000, 4000, 6000]

export function useRetry(): Retry {
  const retry = useMemo(createRetry, [])
  useEffect(() => {
    // Whose network is back need not wait.
    addEventListener('online', retry.now)
    return () => {
      removeEventListener('online', retry.now)
      retry.stop()
    }
  }, [retry])
  return retry
}

function createRetry(): Retry & { now(): void } {
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let owed: (() => void) | undefined
  const stop = () => {
    clearTimeout(timer)
    owed = undefined
  }
  const now = () => {
    const work = owed
    stop()
    work?.()
  }
  return {
    again(work) {
      const ms = afterMs[tries++]
      if (ms === undefined) return false
      owed = work
      timer = setTimeout(now, ms)
      return true
    },
    went() {
      tries = 0
    },
    stop,
    now,
  }
}
