import { appResponse, beginsDialog, tooLate } from './app-response.ts'
import type { Sip } from './control/protocol.ts'
import type { Control, ControlSession } from './control/sessions.ts'
import { type Core, notice, sent } from './core.ts'
import { type Dialog, dialogId, dialogOfRequest, follow } from './dialog.ts'
import type { Essentials } from './essentials.ts'
import { type Header, header, type Request, type Response, tokens } from './message.ts'
import type { ParseRefusal } from './parse.ts'
import { repeatUntilAcknowledged } from './repeat.ts'
import { responseTo } from './response.ts'
import type { Running } from './running.ts'
import { hangUp } from './sender.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { endsDialog } from './subscription.ts'
import type { Hop } from './transport.ts'

/** Requests from the network, and what apps answer. */
export type Incoming = {
  request(transaction: ServerTransaction): void
  ack(request: Request, ids: Essentials, from: Hop): void
  /** Sends an app's response. */
  answer(session: ControlSession, order: Sip): void
  /** A dialog has ended: nothing of it is repeated any more. */
  ended(dialog: Dialog): void
  gone(session: ControlSession): void
  /** Requests that an app still owes an answer. */
  open(): number
}

/** A request that an app has been asked about. */
type Pending = {
  readonly transaction: ServerTransaction
  readonly session: ControlSession
  /** The one it came in, or the one that the app's first response begins. */
  dialog?: Dialog
  /** Reliable provisional responses that wait for their PRACK, by what its RAck will say (RFC 3262 section 7.2). */
  readonly unacknowledged: Map<string, Running>
  lastRSeq: number
}

export function createIncoming(
  core: Core,
  choose: Control['choose'],
  taken: readonly string[] = methods,
): Incoming {
  const { here, dialogs, transactions } = core
  const pendings = new Map<string, Pending>()
  /** INVITEs that an app still owes a final answer, by the dialog that they are in, or have begun. */
  const invites = new Map<Dialog, Pending>()
  /** 2xx to INVITE without an ACK yet. */
  const unacknowledged = new Map<Dialog, Running>()

  const unknownMethod: ParseRefusal = {
    status: 501,
    reason: 'Not Implemented',
    headers: [{ name: 'Allow', value: taken.join(', ') }],
  }

  const offer = (transaction: ServerTransaction, session: ControlSession, dialog?: Dialog) => {
    const { request, from, id } = transaction
    if (request.method === 'INVITE') transaction.respond(responseTo(request, 100, 'Trying', ''))
    const pending: Pending = { transaction, session, unacknowledged: new Map(), lastRSeq: 0 }
    pendings.set(id, pending)
    if (dialog) place(pending, dialog)
    transaction.onAbandoned(() => pendings.delete(id))
    const receivedOn = dialog ? '' : `${here.replace(/:(\d+)$/, '|$1')}|`
    session.tell(notice(core, 'network', request, from, id, dialog?.id ?? '', receivedOn))
  }

  const place = (pending: Pending, dialog: Dialog) => {
    pending.dialog = dialog
    if (pending.transaction.request.method === 'INVITE') invites.set(dialog, pending)
  }

  const outside = (transaction: ServerTransaction) => {
    const { method } = transaction.request
    const session = choose(method)
    if (session) offer(transaction, session)
    else transaction.refuse(methods.includes(method) ? noApp : unknownMethod)
  }

  const within = (transaction: ServerTransaction) => {
    const { request, ids } = transaction
    const dialog = dialogs.ofRequest(ids)
    const session = dialog && dialogs.ownerOf(dialog)
    if (!dialog || !session) return transaction.refuse(unknownDialog)
    const refusal = disorder(dialog, invites.has(dialog), request, ids)
    if (refusal) return transaction.refuse(refusal)
    dialog.remoteSeq = ids.cseq
    dialog.remoteMethod = request.method
    if (request.method === 'PRACK' && !acknowledgeProvisional(dialog, request)) {
      return transaction.refuse(unknownDialog)
    }
    follow(dialog, request, transaction.from)
    offer(transaction, session, dialog)
    if (endsDialog(dialog, request)) {
      const unanswered = invites.get(dialog)
      if (unanswered) terminate(unanswered)
      dialogs.remove(dialog)
    }
  }

  /** Whether a response waits for this PRACK; that is not repeated any more. */
  const acknowledgeProvisional = (dialog: Dialog, prack: Request): boolean => {
    const rack = (header(prack, 'RAck') ?? '').split(/\s+/).join(' ')
    const waiting = invites.get(dialog)?.unacknowledged.get(rack)
    waiting?.tell('ack')
    return waiting !== undefined
  }

  const cancel = (transaction: ServerTransaction) => {
    const invite = transactions.cancelled(transaction.ids)
    if (!invite) return transaction.refuse(unknownDialog)
    transaction.respond(responseTo(transaction.request, 200, 'OK', invite.tag))
    const pending = pendings.get(invite.id)
    if (!pending) return
    const id = dialogId(pending.transaction.ids.callId, pending.transaction.ids.fromTag ?? '')
    pending.session.tell(notice(core, 'network', transaction.request, transaction.from, invite.id, id))
    terminate(pending)
  }

  /** An INVITE that is not wanted any more. */
  const terminate = (pending: Pending) => {
    settle(pending)
    pending.transaction.refuse({ status: 487, reason: 'Request Terminated' })
    if (pending.dialog && !pending.dialog.confirmed) dialogs.remove(pending.dialog)
  }

  /** The request has its final response: nothing is owed any more. */
  const settle = ({ transaction, dialog, unacknowledged: waiting }: Pending) => {
    pendings.delete(transaction.id)
    for (const each of waiting.values()) each.stop()
    if (dialog && transaction.request.method === 'INVITE') invites.delete(dialog)
  }

  /** Sends a response, and keeps the dialog that it begins, confirms or ends. Undefined if it can not be reliable. */
  const respond = (pending: Pending, response: Response): string | undefined => {
    const { transaction, session } = pending
    const { request, ids, from } = transaction
    const { status } = response
    const first = ids.toTag === undefined
    if (first && beginsDialog(request.method) && status > 100 && status < 300 && !pending.dialog) {
      const begun = dialogOfRequest(request, ids, from, response)
      place(pending, begun)
      dialogs.add(begun, session)
    }
    const { dialog } = pending
    const isInvite = request.method === 'INVITE'
    if (isInvite && status < 200 && tokens(response, 'Require').includes('100rel')) {
      return reliably(pending, response)
    }
    if (status >= 200) settle(pending)
    const text = transaction.respond(response)
    if (dialog && first && status >= 300) dialogs.remove(dialog)
    if (dialog && beginsDialog(request.method) && status >= 200 && status < 300) {
      dialog.confirmed = true
      if (isInvite) {
        const givenUp = () => hangUp(core, dialog, 'ACK timeout')
        const ended = () => unacknowledged.delete(dialog)
        unacknowledged.set(
          dialog,
          repeatUntilAcknowledged(core, 't2', text, transaction.replyTo, givenUp, ended),
        )
      }
    }
    return text
  }

  /** Undefined if the far end has not said that it can acknowledge. */
  const reliably = (pending: Pending, plain: Response): string | undefined => {
    const { transaction, unacknowledged: waiting } = pending
    const { request, ids } = transaction
    if (![...tokens(request, 'Supported'), ...tokens(request, 'Require')].includes('100rel')) return undefined
    const rseq = ++pending.lastRSeq
    const headers = [...plain.headers, { name: 'RSeq', value: String(rseq) }]
    const text = transaction.respond({ ...plain, headers })
    const rack = `${rseq} ${ids.cseq} INVITE`
    const givenUp = () => {
      settle(pending)
      if (pending.dialog) dialogs.remove(pending.dialog)
      transaction.refuse({ status: 504, reason: 'Server Time-out' })
    }
    const ended = () => waiting.delete(rack)
    waiting.set(rack, repeatUntilAcknowledged(core, 'unbounded', text, transaction.replyTo, givenUp, ended))
    return text
  }

  return {
    request(transaction) {
      const { request, ids } = transaction
      if (request.method === 'CANCEL') cancel(transaction)
      else if (ids.toTag !== undefined) within(transaction)
      else if (onlyWithin.has(request.method)) transaction.refuse(unknownDialog)
      else outside(transaction)
    },
    ack(request, ids, from) {
      const dialog = dialogs.ofRequest(ids)
      if (!dialog) return
      follow(dialog, request, from)
      unacknowledged.get(dialog)?.tell('ack')
      dialogs.ownerOf(dialog)?.tell(notice(core, 'network', request, from, '', dialog.id))
    },
    answer(session, order) {
      const pending = pendings.get(order.transactionId)
      if (!pending) return session.answer(order.id, `NOK|${tooLate(order)}`)
      const { transaction } = pending
      const response = appResponse(core, order, transaction, pending.dialog?.localTag)
      if (!response) return session.answer(order.id, 'NOK|the status line can not be read')
      const text = respond(pending, response)
      if (text === undefined) return session.answer(order.id, 'NOK|Remote endpoint does not support 100rel')
      session.answer(
        order.id,
        sent(core, text, transaction.replyTo(), transaction.id, pending.dialog?.id ?? ''),
      )
    },
    ended: dialog => unacknowledged.get(dialog)?.stop(),
    gone(session) {
      for (const pending of [...pendings.values()].filter(each => each.session === session)) {
        settle(pending)
        pending.transaction.refuse(pending.dialog?.confirmed ? unknownDialog : noApp)
      }
    },
    open: () => pendings.size,
  }
}

/** Why a request within a dialog can not be taken now (RFC 3261 sections 12.2.2 and 14.2). */
function disorder(
  dialog: Dialog,
  invited: boolean,
  request: Request,
  ids: Essentials,
): ParseRefusal | undefined {
  // The same number and method in another transaction is what we had already: an INFO of that kind would be a key too many.
  const isSaidAgain = ids.cseq === dialog.remoteSeq && request.method === dialog.remoteMethod
  if (ids.cseq < dialog.remoteSeq || isSaidAgain) return { status: 500, reason: 'CSeq Out Of Order' }
  if (request.method !== 'INVITE') return undefined
  if (dialog.inviting) return { status: 491, reason: 'Request Pending' }
  const retryAfter: Header = { name: 'Retry-After', value: '5' }
  return invited ? { status: 500, reason: 'Server Internal Error', headers: [retryAfter] } : undefined
}

const methods: readonly string[] =
  'INVITE ACK BYE CANCEL OPTIONS REGISTER INFO MESSAGE SUBSCRIBE NOTIFY PUBLISH REFER UPDATE PRACK'.split(' ')
/** Methods that mean nothing outside a dialog. */
const onlyWithin = new Set(['BYE', 'UPDATE', 'PRACK'])

/** A 503 without it has the far end take this server for lost (RFC 3261 section 21.5.4). */
const noApp: ParseRefusal = {
  status: 503,
  reason: 'Service Unavailable',
  headers: [{ name: 'Retry-After', value: '5' }],
}
const unknownDialog: ParseRefusal = { status: 481, reason: 'Call/Transaction Does Not Exist' }
