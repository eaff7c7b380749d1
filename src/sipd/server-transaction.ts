import { type Clock, newId } from '../foundation/index.ts'
import type { Essentials } from './essentials.ts'
import type { Request, Response } from './message.ts'
import type { ParseRefusal } from './parse.ts'
import { replyHop, responseTo } from './response.ts'
import { run } from './running.ts'
import { serialise } from './serialise.ts'
import { inviteServer, otherServer, type Timing } from './transaction-state.ts'
import { type Hop, isReliable, type Send } from './transport.ts'

/** What stays of a server transaction once it is answered, for half a minute: no request, only what repeats. */
export type Remains = {
  /** How apps call it. */
  readonly id: string
  /** The tag that our side of the To gets, unless the request brought one or the app chose one. */
  readonly tag: string
  /** Whether a final response is still owed. */
  waiting(): boolean
  /** The request came again. */
  repeated(): void
  /** An ACK came: 'taken' if it was for a failure; one for a 2xx is the dialog's. */
  acknowledged(): 'taken' | 'for the dialog'
  stop(): void
}

export type ServerTransaction = Remains & {
  readonly request: Request
  readonly ids: Essentials
  readonly from: Hop
  /** Where responses go by now. */
  replyTo(): Hop
  /** Sends a response: any number of provisional ones, then one final one. Returns the text as sent. */
  respond(response: Response): string
  /** Refuses without asking an app. */
  refuse(refusal: ParseRefusal): void
  /** Called when the client must have given up before an answer came. */
  onAbandoned(act: () => void): void
}

type Answering = Remains & {
  answer(text: string, status: number): void
  onAbandoned(act: () => void): void
}

export type Means = {
  readonly clock: Clock
  readonly timing: Timing
  readonly send: Send
  readonly isConnected: (to: Hop) => boolean
}

/** @param settled called once it was answered with a success, or its failure was acknowledged; not called again at the end */
export function createServerTransaction(
  means: Means,
  request: Request,
  ids: Essentials,
  from: Hop,
  ended: () => void,
  settled: () => void = () => undefined,
): { readonly transaction: ServerTransaction; readonly remains: Remains } {
  const replyTo = () => replyHop(ids.via, from, means.isConnected)
  const answering = createAnswering(means, request.method === 'INVITE', ids.toTag, replyTo, ended, settled)
  const transaction: ServerTransaction = {
    ...answering,
    request,
    ids,
    from,
    replyTo,
    respond(response) {
      const text = serialise(response)
      answering.answer(text, response.status)
      return text
    },
    refuse({ status, reason, headers = [] }) {
      transaction.respond(responseTo(request, status, reason, answering.tag, headers))
    },
  }
  return { transaction, remains: answering }
}

/** Apart from the request, so that this does not keep it alive: thousands of these wait for their last timer. */
function createAnswering(
  { clock, timing, send }: Means,
  isInvite: boolean,
  toTag: string | undefined,
  replyTo: () => Hop,
  ended: () => void,
  settled: () => void,
): Answering {
  const id = newId('txn')
  let last: string | undefined
  let abandoned: (() => void) | undefined
  let final = false

  const transmit = () => {
    if (last !== undefined) send(last, replyTo(), () => running.tell('unsendable'))
  }
  const running = run(
    isInvite ? inviteServer : otherServer,
    clock,
    { timing, reliable: isReliable(replyTo().protocol) },
    effect => {
      if (effect === 'send' || effect === 'resend') transmit()
      else if (effect === 'time-out') abandoned?.()
    },
    ended,
  )

  return {
    id,
    tag: toTag ?? id.slice(4),
    answer(text, status) {
      if (final) return
      final = status >= 200
      last = text
      running.tell(status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure')
      if (final) abandoned = undefined
      if (status >= 200 && status < 300) settled()
      // RFC 6026: a repeated INVITE gets nothing any more, the dialog repeats the 2xx.
      if (running.state() === 'accepted') last = undefined
    },
    waiting: () => !final,
    repeated: () => running.tell('request'),
    acknowledged() {
      const failed = running.state() === 'completed' || running.state() === 'confirmed'
      running.tell('ack')
      if (failed) settled()
      return failed ? 'taken' : 'for the dialog'
    },
    onAbandoned(act) {
      abandoned = act
    },
    stop: running.stop,
  }
}
