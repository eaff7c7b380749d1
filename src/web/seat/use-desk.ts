import { useEffect, useRef, useState } from 'react'
import type { SeatOrder, SeatTalk, ToSeatPage } from '../../http/contract.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>

/** The desk as this seat sees it. */
export type DeskShown = {
  readonly desk: Desk | undefined
  readonly talk: SeatTalk | undefined
  readonly isLost: boolean
  /** What was asked last and could not be done. */
  readonly refusal: Extract<ToSeatPage, { kind: 'refused' }> | undefined
  /** The house's time less this page's. */
  readonly offsetMs: number
}

/** The house beats every 5 s. */
const deadAfterMs = 15_000
const retryMs = [300, 1000, 2000, 4000] as const

/** The socket to the desk, which comes back by itself. @param onGone told when it was closed: the session may be over. */
export function useDesk(onGone: () => void) {
  const [shown, setShown] = useState<DeskShown>({
    ...{ desk: undefined, talk: undefined, isLost: false, refusal: undefined, offsetMs: 0 },
  })
  const socket = useRef<WebSocket>(undefined)
  const gone = useRef(onGone)
  gone.current = onGone

  useEffect(() => {
    let tries = 0
    let isOver = false
    let retry: ReturnType<typeof setTimeout> | undefined
    let watchdog: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      const opened = new WebSocket(new URL('/seat/desk', location.href.replace(/^http/, 'ws')))
      socket.current = opened
      const watch = () => {
        clearTimeout(watchdog)
        watchdog = setTimeout(() => opened.close(), deadAfterMs)
      }
      watch()
      opened.onmessage = ({ data }: MessageEvent<string>) => {
        watch()
        tries = 0
        const message = JSON.parse(data) as ToSeatPage
        setShown(before => shownAfter(before, message))
      }
      opened.onclose = () => {
        clearTimeout(watchdog)
        if (isOver) return
        setShown(before => ({ ...before, isLost: true }))
        gone.current()
        retry = setTimeout(open, retryMs[Math.min(tries++, retryMs.length - 1)])
      }
    }
    open()
    return () => {
      isOver = true
      clearTimeout(retry)
      socket.current?.close()
    }
  }, [])

  return {
    ...shown,
    order(order: SeatOrder) {
      setShown(before => ({ ...before, refusal: undefined }))
      if (socket.current?.readyState === WebSocket.OPEN) socket.current.send(JSON.stringify(order))
    },
  }
}

function shownAfter(before: DeskShown, message: ToSeatPage): DeskShown {
  switch (message.kind) {
    case 'desk':
      return { ...before, desk: message, isLost: false, offsetMs: message.nowMs - Date.now() }
    case 'talk':
      return { ...before, talk: message.talk }
    case 'refused':
      return { ...before, refusal: message }
    default:
      return before
  }
}
