import { useEffect, useRef } from 'react'
import { steadyMs } from '../design/steady-button.tsx'

/** Keys that mean the same wherever the focus is, as F9 or Shift+F9; no letters, so that typing never does anything else (WCAG 2.1.4). */
export function useKeys(keys: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const pressedMs = new Map<string, number>()
    const onKey = (event: KeyboardEvent) => {
      const { timeStamp } = event
      const key = event.shiftKey ? `Shift+${event.key}` : event.key
      const act = latest.current[key]
      if (!act || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      // Each of them undoes what it did before: pressed twice at once, it is meant once.
      if (timeStamp - (pressedMs.get(key) ?? Number.NEGATIVE_INFINITY) < steadyMs) return
      pressedMs.set(key, timeStamp)
      act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
