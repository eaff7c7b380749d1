import { useEffect, useState } from 'react'
import type { ToFloorPage } from '../../http/contract.ts'

/** Told each second. */
const deadAfterMs = 10_000
const retryMs = 2_000

/** The floor as it is now; the connection comes back by itself. @param onGone told when it was closed: the session may be over. */
export function useFloor(onGone: () => Promise<void>) {
  const [floor, setFloor] = useState<ToFloorPage>()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    let isOver = false
    let retry: ReturnType<typeof setTimeout> | undefined
    let watchdog: ReturnType<typeof setTimeout> | undefined
    let socket: WebSocket | undefined
    const open = () => {
      const opened = new WebSocket(new URL('/floor/live', location.href.replace(/^http/, 'ws')))
      socket = opened
      const watch = () => {
        clearTimeout(watchdog)
        watchdog = setTimeout(() => opened.close(), deadAfterMs)
      }
      watch()
      opened.onmessage = ({ data }: MessageEvent<string>) => {
        watch()
        setLost(false)
        setFloor(JSON.parse(data) as ToFloorPage)
      }
      opened.onclose = () => {
        clearTimeout(watchdog)
        if (isOver) return
        setLost(true)
        void onGone()
        retry = setTimeout(open, retryMs)
      }
    }
    open()
    return () => {
      isOver = true
      clearTimeout(retry)
      socket?.close()
    }
  }, [])
  return { floor, isLost }
}
