import { useEffect, useState } from 'react'
import type { FlowsNow } from '../../http/contract.ts'

const everyMs = 2_000

/** The flows as they are now, asked again and again. @param onRefused told when the house no longer lets us in. */
export function useFlows(onRefused: () => Promise<void>) {
  const [now, setNow] = useState<FlowsNow>()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const gone = new AbortController()
    let next: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      try {
        const answer = await fetch('/api/flows', { signal: gone.signal })
        if (answer.status === 401) return void (await onRefused())
        if (!answer.ok) throw new Error(`status ${answer.status}`)
        setNow((await answer.json()) as FlowsNow)
        setLost(false)
      } catch {
        if (gone.signal.aborted) return
        setLost(true)
      }
      next = setTimeout(() => void ask(), everyMs)
    }
    void ask()
    return () => {
      gone.abort()
      clearTimeout(next)
    }
  }, [])
  return { now, isLost }
}
