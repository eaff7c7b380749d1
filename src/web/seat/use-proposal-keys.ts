import { useEffect, useRef } from 'react'

/** F1 takes the first that can be taken, Shift with F1 drops the first. */
export function useProposalKeys(acts: { readonly take: () => unknown; readonly drop: () => unknown }): void {
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F1' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      if (event.shiftKey) latest.current.drop()
      else latest.current.take()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
