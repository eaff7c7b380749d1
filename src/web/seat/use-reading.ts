import { useEffect, useRef, useState } from 'react'
import { ask } from '../house/house.ts'
import { nothingRead, type ReadSoFar, readAs, type ToRead, windowOf } from './reading.ts'

/** A line that still grows is read so often: two hundred callers speak at once. */
const growingMs = 1_500
/** Words of one breath come together. */
const settledMs = 20
const againMs = 3_000

/** What a call tells for an order, read as it is told. The hook is made anew for each call, by a key. */
export function useReading(lines: readonly ToRead[]): ReadSoFar {
  const [read, setRead] = useState<ReadSoFar>(nothingRead)
  const [isAsking, setAsking] = useState(false)
  const lastMs = useRef(0)
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  useEffect(() => {
    if (isAsking) return
    const next = windowOf(read, lines)
    if (!next) return
    const isSettled = next.fresh.some(line => line.isSettled)
    const dueMs = isSettled ? settledMs : Math.max(settledMs, lastMs.current + growingMs - performance.now())
    const timer = setTimeout(() => {
      lastMs.current = performance.now()
      setAsking(true)
      ask('POST /api/readings', { body: next.request })
        .then(answer => {
          if (!isGone.current) setRead(before => readAs(before, next.fresh, answer))
        })
        // The form works without; what was not read is asked for again.
        .catch(() => new Promise(resolve => setTimeout(resolve, againMs)))
        .finally(() => {
          if (!isGone.current) setAsking(false)
        })
    }, dueMs)
    return () => clearTimeout(timer)
  }, [read, lines, isAsking])
  return read
}
