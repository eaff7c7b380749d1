import { useState } from 'react'
import type { ToFloorPage } from '../../http/contract.ts'
import { useLive } from '../use-live.ts'

/** Told each second. */
const deadAfterMs = 10_000

/** The floor as it is now; the connection comes back by itself. @param onGone told when it was closed: the session may be over. */
export function useFloor(onGone: () => Promise<void>) {
  const [floor, setFloor] = useState<ToFloorPage>()
  const [isLost, setLost] = useState(false)
  useLive('/floor/live', {
    deadAfterMs,
    onMessage(message) {
      setLost(false)
      setFloor(message)
    },
    onLost() {
      setLost(true)
      void onGone()
    },
  })
  return { floor, isLost }
}
