import { type Clock, newId } from '../foundation/index.ts'
import type { Essentials } from './essentials.ts'
import type { Request, Response } from './message.ts'
import { newTag } from './names.ts'
import type { Refusal } from './parse.ts'
import { replyHop, responseTo } from './response.ts'
import { run } from './running.ts'
import { serialise } from './serialise.ts'
import { inviteServer, otherServer, type Timing } from './transaction-state.ts'
import type { Hop, Send } from './transport.ts'

export type ServerTransaction = {
  /** How apps call it. */
  readonly id: string
  readonly request: Request
  readonly ids: Essentials
  readonly from: Hop
  /** Where responses go. */
  readonly replyTo: Hop
  /** The tag that our side of the To gets, unless the request brought one or the app chose one. */
  readonly tag: string
  /** Sends a response: any number of provisional ones, then one final one. Returns the text as sent. */
  respond(response: Response): string
  /** Refuses without asking an app. */
  refuse(refusal: Refusal): void
  /** Whether a final response is still owed. */
  readonly waiting: () => boolean
  /** The request came again. */
  repeated(): void
  /** An ACK came: 'taken' if it was for a failure; one for a 2xx is the dialog's. */
  acknowledged(): 'taken' | 'for the dialog'
  /** Called when nobody needs an answer any more: the client has given up, or this server ends. */
  onAbandoned(act: () => void): void
  stop(): void
}

type Making = {
  readonly request: Request
  readonly ids: Essentials
  readonly from: Hop
  readonly clock: Clock
  readonly timing: Timing
  readonly send: Send
}

export function createServerTransaction(making: Making, ended: () => void): ServerTransaction {
  const { request, ids, from, clock, timing, send } = making
  const replyTo = replyHop(ids.via, from)
  const tag = ids.toTag ?? newTag()
  let last: string | undefined
  let abandoned: (() => void) | undefined
  let final = false

  const transmit = () => {
    if (last !== undefined) send(last, replyTo, () => running.tell('unsendable'))
  }
  const running = run(
    request.method === 'INVITE' ? inviteServer : otherServer,
    clock,
    { timing, reliable: from.protocol === 'tcp' },
    effect => {
      if (effect === 'send' || effect === 'resend') transmit()
      else if (effect === 'time-out') abandoned?.()
    },
    ended,
  )

  const transaction: ServerTransaction = {
    id: newId('txn'),
    request,
    ids,
    from,
    replyTo,
    tag,
    respond(response) {
      const text = serialise(response)
      if (final) return text
      final = response.status >= 200
      last = text
      running.tell(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure')
      // RFC 6026: a repeated INVITE gets nothing any more, the dialog repeats the 2xx.
      if (running.state() === 'accepted') last = undefined
      return text
    },
    refuse: refusal => {
      transaction.respond(responseTo(request, refusal.status, refusal.reason, tag, refusal.headers ?? []))
    },
    waiting: () => !final,
    repeated: () => running.tell('request'),
    acknowledged() {
      const failed = running.state() === 'completed' || running.state() === 'confirmed'
      running.tell('ack')
      return failed ? 'taken' : 'for the dialog'
    },
    onAbandoned(act) {
      abandoned = act
    },
    stop: running.stop,
  }
  return transaction
}
