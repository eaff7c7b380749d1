import { type Clock, type Log, reasonOf, sleep } from '../foundation/index.ts'
import type { ControlSession } from './control/sessions.ts'
import { type Control, openControl } from './control/sessions.ts'
import type { Core } from './core.ts'
import { withContact } from './dialog.ts'
import { createDialogs } from './dialogs.ts'
import { createIncoming } from './incoming.ts'
import { inspect } from './inspect.ts'
import { newTag } from './names.ts'
import { createOutgoing } from './outgoing.ts'
import { notingSender, replyHop, responseTo } from './response.ts'
import { ignore } from './sender.ts'
import { serialise } from './serialise.ts'
import { type Timing, usualTiming } from './transaction-state.ts'
import { createTransactions } from './transactions.ts'
import type { Hop } from './transport.ts'
import { openWire, type TlsPlace } from './wire.ts'

export type SipdOptions = {
  readonly clock: Clock
  readonly log: Log
  /** What apps have to show. */
  readonly secret: string
  /** For apps; 0 takes any. */
  readonly controlPort: number
  /** 127.0.0.1 unless apps run elsewhere: whoever connects and knows the secret can place calls. */
  readonly controlAddress?: string
  /** Where SIP is listened for, UDP and TCP; 0.0.0.0 for every address. */
  readonly sipAddress: string
  /** The same for UDP and TCP; 0 takes any. */
  readonly sipPort: number
  /** The address by which phones reach this server, where that is another one. */
  readonly advertisedAddress?: string
  /** SIP over TLS at a port of its own; none when absent. */
  readonly tls?: TlsPlace
  /** RFC 3261's T1, T2 and T4; the usual ones when absent. */
  readonly timing?: Timing
  /** The methods that apps take, as whoever sends one that nobody knows is told; all that this server knows when absent. */
  readonly methods?: readonly string[]
  /** Whose Contacts and routes may name another machine, by the address that it sends from; everybody's when absent. */
  readonly trusts?: (address: string) => boolean
}

export type Sipd = {
  readonly controlPort: number
  readonly sipPort: number
  /** Absent without TLS. */
  readonly sipTlsPort?: number
  /** The address by which phones reach this server. */
  readonly sipAddress: string
  /** What is alive right now; all zeros when nobody calls and no app is connected. */
  open(): Open
  /** Why somebody should look after the certificate of TLS. */
  trouble(): string | undefined
  close(): Promise<void>
}

export type Open = {
  readonly transactions: number
  readonly dialogs: number
  /** Requests that an app still owes an answer. */
  readonly requests: number
  /** SIP over TCP and TLS. */
  readonly connections: number
  /** Control connections that have shown the secret. */
  readonly apps: number
}

/** How long a request that is under way may still find its answer when the server closes: enough to repeat it once (T1). */
const farewellMs = 1_000

/** @throws Fault if a port is taken: its place is the setting to change. */
export async function startSipd(options: SipdOptions): Promise<Sipd> {
  const { clock, log, secret, controlPort, controlAddress = '127.0.0.1', timing = usualTiming } = options
  const { trusts = () => true } = options
  const wire = await openWire(options, clock, log, (text, from) => arrive(text, from))
  const here = `${wire.host}:${wire.port}`
  const hereTls = wire.tlsPort === undefined ? undefined : `${wire.host}:${wire.tlsPort}`

  const transactions = createTransactions(
    { clock, timing, send: wire.send, isConnected: wire.isConnected },
    {
      request: transaction => incoming.request(transaction),
      ack: (request, ids, from) => incoming.ack(request, ids, from),
    },
  )
  const dialogs = createDialogs<ControlSession>(dialog => incoming.ended(dialog))
  const { send, canReach, isConnected } = wire
  const core: Core = {
    clock,
    timing,
    here,
    hereTls,
    dialogs,
    transactions,
    send,
    canReach,
    isConnected,
    trusts,
  }
  const outgoing = createOutgoing(core)
  const incoming = createIncoming(core, method => control.choose(method), options.methods)

  /** Whatever a stranger sends costs that message alone: the calls of all others go on. */
  const arrive = (text: string, from: Hop) => {
    try {
      take(text, from)
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'a SIP message could not be handled and was thrown away')
    }
  }
  const take = (text: string, from: Hop) => {
    const found = inspect(text)
    if (found.outcome === 'response') transactions.receiveResponse(found.message, found.ids, from)
    else if (found.outcome === 'request') {
      const request = withContact(notingSender(found.message, found.ids.via, from), found.ids, from)
      transactions.receiveRequest(request, found.ids, from)
    } else if (found.outcome === 'refuse') {
      // Without a transaction: a repetition is refused again.
      const { message, ids, refusal } = found
      log.debug({ status: refusal.status }, 'a request was refused')
      const noted = ids ? notingSender(message, ids.via, from) : message
      const response = responseTo(noted, refusal.status, refusal.reason, newTag(), refusal.headers ?? [])
      wire.send(serialise(response), ids ? replyHop(ids.via, from, wire.isConnected) : from, ignore)
    } else log.debug({ bytes: text.length }, 'something that can not be answered was thrown away')
  }

  const control: Control = await openControl({
    address: controlAddress,
    port: controlPort,
    secret,
    hostports: [`udp/${here}`, `tcp/${here}`, ...(hereTls === undefined ? [] : [`tls/${hereTls}`])].join(','),
    log,
    order(session, order) {
      if (order.startLine.startsWith('SIP/')) incoming.answer(session, order)
      else outgoing.order(session, order)
    },
    gone(session) {
      incoming.gone(session)
      outgoing.gone(session)
      dialogs.forget(session)
    },
  }).catch(async error => {
    await wire.close()
    throw error
  })

  return {
    controlPort: control.port,
    sipPort: wire.port,
    sipTlsPort: wire.tlsPort,
    sipAddress: wire.host,
    trouble: wire.trouble,
    open: () => ({
      transactions: transactions.open(),
      dialogs: dialogs.size,
      requests: incoming.open(),
      connections: wire.connections(),
      apps: control.sessions(),
    }),
    async close() {
      // A BYE that got lost is sent once more.
      const over = new AbortController()
      await Promise.race([transactions.settled(), sleep(clock, farewellMs, over.signal)])
      over.abort()
      await control.close()
      transactions.close()
      await wire.close()
    },
  }
}
