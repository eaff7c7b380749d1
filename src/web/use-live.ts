import { useCallback, useEffect, useRef } from 'react'
import type { ToCallbackPage, ToFloorPage, ToOrderPage, ToSeatPage } from '../http/contract.ts'
import { type LiveSocket, openLiveSocket } from './live-socket.ts'

/** What is told at which path. */
type Told = {
  readonly '/seat/desk': ToSeatPage
  readonly '/floor/live': ToFloorPage
  readonly '/orders/live': ToOrderPage
  readonly '/callbacks/live': ToCallbackPage
}

/** Listens at a path for as long as a component is shown. @returns what says something there; nobody hears it while the house is away */
export function useLive<Path extends keyof Told>(
  path: Path,
  ears: {
    /** As of `openLiveSocket`. */
    readonly deadAfterMs?: number
    onMessage(message: Told[Path]): void
    onLost(): void
  },
): (message: object) => void {
  const latest = useRef(ears)
  latest.current = ears
  const socket = useRef<LiveSocket>(undefined)
  useEffect(() => {
    const opened = openLiveSocket<Told[Path]>({
      path: () => path,
      deadAfterMs: latest.current.deadAfterMs,
      onMessage: message => latest.current.onMessage(message),
      onLost: () => latest.current.onLost(),
    })
    socket.current = opened
    return opened.close
  }, [path])
  return useCallback(message => socket.current?.send(message), [])
}
