import { useState } from 'react'
import type { SeatCommand } from '../../http/contract.ts'
import { useLive } from '../use-live.ts'
import { blank, shownAfter } from './desk-shown.ts'

/** The socket to the desk, which comes back by itself. @param onGone told when it was closed: the session may be over */
export function useDesk(onGone: () => void) {
  const [shown, setShown] = useState(blank)
  const send = useLive('/seat/desk', {
    onMessage: message => setShown(before => shownAfter(before, message)),
    onLost() {
      setShown(before => ({ ...before, isLost: true }))
      onGone()
    },
  })
  return {
    ...shown,
    order(order: SeatCommand) {
      setShown(before => ({ ...before, refusal: undefined }))
      send(order)
    },
  }
}
