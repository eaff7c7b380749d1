import { useEffect, useState } from 'react'
import type { ToFloorPage } from '../../http/contract.ts'
import { openLiveSocket } from '../live-socket.ts'

/** Told each second. */
const deadAfterMs = 10_000
const retryMs = 2_000

/** The floor as it is now; the connection comes back by itself. @param onGone told when it was closed: the session may be over. */
export function useFloor(onGone: () => Promise<void>) {
  const [floor, setFloor] = useState<ToFloorPage>()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const socket = openLiveSocket({
      path: () => '/floor/live',
      deadAfterMs,
      retryMs: [retryMs],
      onMessage(data) {
        setLost(false)
        setFloor(JSON.parse(data) as ToFloorPage)
      },
      onLost() {
        setLost(true)
        void onGone()
      },
    })
    return socket.close
  }, [])
  return { floor, isLost }
}
