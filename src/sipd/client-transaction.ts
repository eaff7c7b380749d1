import type { Clock } from '../foundation/index.ts'
import type { Essentials } from './essentials.ts'
import type { Request, Response } from './message.ts'
import { header, headers } from './message.ts'
import { run } from './running.ts'
import { serialise } from './serialise.ts'
import { inviteClient, otherClient, type Timing } from './transaction-state.ts'
import { type Hop, isReliable, type Send } from './transport.ts'

/** What a client transaction says to its user. After 'time-out' or 'unreachable' it says nothing more. */
export type OnReply = {
  response(response: Response, ids: Essentials, from: Hop): void
  failed(why: 'time-out' | 'unreachable'): void
}

export type ClientTransaction = {
  readonly request: Request
  readonly to: Hop
  /** Whether a CANCEL may go out now: a provisional response has come, but no final one (RFC 3261 section 9.1). */
  readonly ringing: () => boolean
  /** Resolves once it has its final response, or will have none. */
  readonly settled: Promise<void>
  receive(response: Response, ids: Essentials, from: Hop): void
  /** Ends it at once, silently. */
  stop(): void
}

type Making = {
  readonly request: Request
  readonly to: Hop
  readonly clock: Clock
  readonly timing: Timing
  readonly send: Send
}

export function createClient(making: Making, on: OnReply, ended: () => void): ClientTransaction {
  const { request, to, clock, timing, send } = making
  const text = serialise(request)
  let latest: { readonly response: Response; readonly ids: Essentials; readonly from: Hop } | undefined
  let ack: string | undefined
  let settle!: () => void
  const settled = new Promise<void>(resolve => {
    settle = resolve
  })

  const transmit = (message: string) => send(message, to, () => running.tell('unsendable'))
  const running = run(
    request.method === 'INVITE' ? inviteClient : otherClient,
    clock,
    { timing, reliable: isReliable(to.protocol) },
    effect => {
      if (effect === 'resend') transmit(text)
      else if (effect === 'acknowledge') {
        ack ??= serialise(ackOf(request, latest!.response))
        transmit(ack)
      } else if (effect === 'deliver') on.response(latest!.response, latest!.ids, latest!.from)
      else if (effect === 'time-out' || effect === 'unreachable') on.failed(effect)
    },
    () => {
      settle()
      ended()
    },
  )
  transmit(text)

  return {
    request,
    to,
    ringing: () => running.state() === 'proceeding',
    settled,
    receive(response, ids, from) {
      latest = { response, ids, from }
      running.tell(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure')
      if (response.status >= 200) settle()
    },
    stop: running.stop,
  }
}

/** The ACK to a final response that is no 2xx: same branch, same way (RFC 3261 section 17.1.1.3). */
function ackOf(invite: Request, response: Response): Request {
  const { cseq, via, ...rest } = {
    via: header(invite, 'Via')!,
    from: header(invite, 'From')!,
    to: header(response, 'To') ?? header(invite, 'To')!,
    callId: header(invite, 'Call-ID')!,
    cseq: header(invite, 'CSeq')!,
  }
  return {
    kind: 'request',
    method: 'ACK',
    uri: invite.uri,
    headers: [
      { name: 'Via', value: via },
      ...headers(invite, 'Route').map(value => ({ name: 'Route', value })),
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: rest.from },
      { name: 'To', value: rest.to },
      { name: 'Call-ID', value: rest.callId },
      { name: 'CSeq', value: cseq.replace(/\S+$/, 'ACK') },
    ],
    body: '',
  }
}
