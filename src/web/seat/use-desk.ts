import { useEffect, useRef, useState } from 'react'
import type { SeatCommand, TalkView, ToSeatPage } from '../../http/contract.ts'
import { type LiveSocket, openLiveSocket } from '../live-socket.ts'

type Desk = Extract<ToSeatPage, { kind: 'desk' }>

/** The desk as this seat sees it. */
export type DeskShown = {
  readonly desk: Desk | undefined
  readonly talk: TalkView | undefined
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
    desk: undefined,
    talk: undefined,
    isLost: false,
    refusal: undefined,
    offsetMs: 0,
  })
  const socket = useRef<LiveSocket>(undefined)
  const gone = useRef(onGone)
  gone.current = onGone

  useEffect(() => {
    const opened = openLiveSocket({
      path: () => '/seat/desk',
      deadAfterMs,
      retryMs,
      onMessage(data) {
        const message = JSON.parse(data) as ToSeatPage
        setShown(before => shownAfter(before, message))
      },
      onLost() {
        setShown(before => ({ ...before, isLost: true }))
        gone.current()
      },
    })
    socket.current = opened
    return opened.close
  }, [])

  return {
    ...shown,
    order(order: SeatCommand) {
      setShown(before => ({ ...before, refusal: undefined }))
      socket.current?.send(order)
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
