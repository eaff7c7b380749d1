import type { ClientTransaction } from './client-transaction.ts'
import { cancelOf, localResponse } from './compose.ts'
import type { ControlSession } from './control/sessions.ts'
import { type Core, notice } from './core.ts'
import { type Dialog, heard, refresh } from './dialog.ts'
import type { Essentials } from './essentials.ts'
import { type Header, header, type Request, type Response } from './message.ts'
import { hangUp, ignore, launch, sendAck, sendQuietly } from './sender.ts'
import type { Hop } from './transport.ts'
import { readVia } from './via.ts'

/** INVITEs, and SUBSCRIBEs that begin a dialog, that apps send. */
export type Invites = {
  /** @param id how the app will call it. Returns the request as sent. */
  send(session: ControlSession, dialog: Dialog, request: Request, hop: Hop, id: string): Request
  /** The end that an app's PRACK is for, with its number: of several that ring the dialog is the last that did. */
  acknowledged(dialog: Dialog, rack: string): Dialog
  /** Sends the ACK that an app has made for a 2xx; returns its text. */
  acknowledge(dialog: Dialog, request: Request, hop: Hop): string
  /** The CANCEL that goes out, now or when the far end rings; undefined if no such INVITE waits. */
  cancel(id: string, more: readonly Header[]): { readonly request: Request; readonly to: Hop } | undefined
  /** An app has gone: what rings for it stops ringing. */
  gone(session: ControlSession): void
}

type Invite = {
  readonly session: ControlSession
  readonly dialog: Dialog
  readonly client: ClientTransaction
  cancel: 'no' | 'when it rings' | 'sent'
  /** The tag of the 2xx that the app was given; another one is a fork that nobody wants. */
  answeredBy?: string
  ack?: { readonly text: string; readonly hop: Hop }
  /** The last reliable response of each whom it rings, by their tag: they count alone (RFC 3262 section 4). */
  readonly lastRSeq: Map<string, number>
}

/** The far end as it was when it rang, and what the RAck of its PRACK will say. */
type Early = { readonly rack: string; readonly far: Dialog }

export function createInvites(core: Core): Invites {
  const { dialogs, transactions } = core
  /** Those without a final response, by the id that their app knows. */
  const waiting = new Map<string, Invite>()
  /** The INVITE whose 2xx the dialog's next ACK is for. */
  const unacknowledged = new WeakMap<Dialog, Invite>()
  /** Each end that awaits a PRACK, in turn: two may ring at once, and count alike. */
  const early = new WeakMap<Dialog, readonly Early[]>()

  const begin = (invite: Invite, response: Response, ids: Essentials, from: Hop) => {
    if (ids.toTag === undefined || !invite.session.alive()) return
    heard(invite.dialog, response, ids, from)
    dialogs.add(invite.dialog, invite.session)
  }

  /** Whether the app is to see it: no 100, and a reliable one once, though it comes until the app's PRACK gets there. */
  const provisional = (invite: Invite, response: Response, { toTag = '' }: Essentials): boolean => {
    if (invite.cancel === 'when it rings') sendCancel(invite, [])
    if (response.status === 100) return false
    const rseq = Number(header(response, 'RSeq') ?? 0)
    const last = invite.lastRSeq.get(toTag) ?? 0
    if (rseq > 0 && rseq <= last) return false
    invite.lastRSeq.set(toTag, Math.max(last, rseq))
    if (rseq > 0) remember(invite.dialog, `${rseq} ${header(response, 'CSeq')}`)
    return true
  }

  const remember = (dialog: Dialog, rack: string) =>
    void early.set(dialog, [...(early.get(dialog) ?? []), { rack, far: { ...dialog } }])

  /** A 2xx that came again wants its ACK again; one from another fork is taken down (RFC 3261 section 13.2.2.4). */
  const answeredAgain = (invite: Invite, response: Response, ids: Essentials, from: Hop) => {
    if ((ids.toTag ?? '') === invite.answeredBy) {
      if (invite.ack) core.send(invite.ack.text, invite.ack.hop, ignore)
    } else takeDown(invite, response, ids, from)
  }

  /** An answer that nobody wants, from another fork or after its app has gone. */
  const takeDown = (invite: Invite, response: Response, ids: Essentials, from: Hop) => {
    const unwanted: Dialog = { ...invite.dialog, confirmed: false, localSeq: ids.cseq, inviteSeq: ids.cseq }
    heard(unwanted, response, ids, from)
    sendQuietly(core, unwanted, 'ACK')
    sendQuietly(core, unwanted, 'BYE')
  }

  /** It goes the way of its INVITE, with its branch, and not before a provisional response (RFC 3261 section 9.1). */
  const sendCancel = (invite: Invite, more: readonly Header[]): Request => {
    const { request, to, ringing } = invite.client
    const cancel = cancelOf(request, more)
    if (invite.cancel !== 'sent') {
      invite.cancel = ringing() ? 'sent' : 'when it rings'
      const branch = readVia(header(request, 'Via')!)?.params.get('branch') ?? ''
      if (invite.cancel === 'sent')
        transactions.send(cancel, branch, to, { response: ignore, failed: ignore })
    }
    return cancel
  }

  return {
    send(session, dialog, request, hop, id) {
      const again = dialog.confirmed
      const isInvite = request.method === 'INVITE'
      const deliver = (response: Response, from: Hop) =>
        session.tell(notice(core, 'network', response, from, id, dialog.id))
      const finish = () => {
        waiting.delete(id)
        if (isInvite) dialog.inviting = false
      }
      const launched = launch(core, request, hop, {
        response(response, ids, from) {
          if (response.status < 200) {
            if (!again) begin(invite, response, ids, from)
            if (provisional(invite, response, ids)) deliver(response, from)
            return
          }
          if (invite.answeredBy !== undefined) return answeredAgain(invite, response, ids, from)
          finish()
          if (response.status < 300) {
            if (isInvite && !session.alive()) return takeDown(invite, response, ids, from)
            invite.answeredBy = ids.toTag ?? ''
            if (again) refresh(dialog, response)
            else begin(invite, response, ids, from)
            dialog.inviteSeq = ids.cseq
            if (isInvite) unacknowledged.set(dialog, invite)
          } else if (!again) dialogs.remove(dialog)
          deliver(response, from)
        },
        failed(why) {
          finish()
          if (!again) dialogs.remove(dialog)
          deliver(localResponse(launched.request, why), hop)
        },
      })
      const invite: Invite = { session, dialog, client: launched.client, cancel: 'no', lastRSeq: new Map() }
      if (isInvite) {
        dialog.inviting = true
        waiting.set(id, invite)
      }
      return launched.request
    },
    acknowledged(dialog, rack) {
      const waiting = early.get(dialog) ?? []
      const found = waiting.find(each => each.rack === rack)
      early.set(
        dialog,
        waiting.filter(each => each !== found),
      )
      return found ? { ...found.far, localSeq: dialog.localSeq++ } : dialog
    },
    acknowledge(dialog, request, hop) {
      const invite = unacknowledged.get(dialog)
      unacknowledged.delete(dialog)
      const text = sendAck(core, request, hop)
      if (invite) {
        invite.ack = { text, hop }
        if (invite.cancel !== 'no') hangUp(core, dialog, 'ACK-BYE due to cancel race condition')
      }
      return text
    },
    cancel(id, more) {
      const invite = waiting.get(id)
      return invite && { request: sendCancel(invite, more), to: invite.client.to }
    },
    gone(session) {
      for (const invite of waiting.values()) if (invite.session === session) sendCancel(invite, [])
    },
  }
}
