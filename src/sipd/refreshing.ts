import type { Cancel } from '../foundation/index.ts'
import type { Core } from './core.ts'
import { type Dialog, refresh, requestWithin } from './dialog.ts'
import type { Header, Request, Response } from './message.ts'
import { hangUp, launch, reach, sendQuietly } from './sender.ts'
import { type Agreement, agreedIn, asking } from './session-timer.ts'

/** Keeps sessions refreshed, and ends those whose refresh does not come or is not answered (RFC 4028 section 10). */
export type Refreshing = {
  /** A 2xx to INVITE or UPDATE has gone out or come in, and this is agreed by it, or nothing any more. */
  agreed(dialog: Dialog, agreement: Agreement | undefined): void
  ended(dialog: Dialog): void
}

export function createRefreshing(core: Core): Refreshing {
  const timers = new Map<Dialog, Cancel>()

  const wait = (dialog: Dialog, seconds: number, act: () => void) => {
    timers.get(dialog)?.()
    timers.set(dialog, core.clock.after(seconds * 1000, act))
  }
  const isUp = (dialog: Dialog) => core.dialogs.ownerOf(dialog) !== undefined
  const end = (dialog: Dialog, why: string) => {
    if (isUp(dialog)) hangUp(core, dialog, why)
  }
  const agreed = (dialog: Dialog, agreement: Agreement | undefined) => {
    if (!isUp(dialog)) return
    timers.get(dialog)?.()
    timers.delete(dialog)
    dialog.session = agreement
    if (!agreement) return
    const { seconds, refresher } = agreement
    if (refresher === 'us') wait(dialog, seconds / 2, () => send(dialog, agreement))
    else wait(dialog, seconds - Math.min(32, seconds / 3), () => end(dialog, 'Session timer expired'))
  }

  const send = (dialog: Dialog, agreement: Agreement) => {
    // Whatever comes of this one, there is another try before the session expires.
    wait(dialog, Math.max(5, agreement.seconds / 8), () => send(dialog, agreement))
    if (dialog.inviting) return
    const isInvite = !dialog.allowsUpdate && dialog.description !== undefined
    const request = refreshOf(dialog, isInvite, agreement)
    const done = () => {
      if (isInvite) dialog.inviting = false
    }
    const unanswered = () => {
      done()
      end(dialog, 'Session refresh unanswered')
    }
    const answered = (response: Response) => {
      const { status } = response
      if (status < 200) return
      done()
      if (status < 300) {
        if (isInvite) sendQuietly(core, dialog, 'ACK')
        refresh(dialog, response)
        agreed(dialog, agreedIn(response))
      } else if (status === 408 || status === 481) unanswered()
    }
    if (isInvite) dialog.inviting = true
    reach(core, dialog, request, hop => {
      if (hop) launch(core, request, hop, { response: answered, failed: unanswered })
      else unanswered()
    })
  }

  return {
    agreed,
    ended(dialog) {
      timers.get(dialog)?.()
      timers.delete(dialog)
    },
  }
}

/** UPDATE without a word about the session, where the far end has it; else INVITE with what we have said last. */
function refreshOf(dialog: Dialog, isInvite: boolean, agreement: Agreement): Request {
  const headers: Header[] = [
    { name: 'Contact', value: dialog.contact },
    ...asking({ headers: [] }, agreement),
  ]
  if (!isInvite) return requestWithin(dialog, { method: 'UPDATE', more: headers, body: '' })
  const more = [...headers, { name: 'Content-Type', value: 'application/sdp' }]
  return requestWithin(dialog, { method: 'INVITE', more, body: dialog.description ?? '' })
}
