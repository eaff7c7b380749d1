import { type Clock, createEvents, Fault, type Log, reasonOf } from '../../../foundation/index.ts'
import type { MediaPool } from '../../../media/index.ts'
import type { Line, LineNotices } from '../../call.ts'
import type { CallHandlers } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import type { MediaCall, MediaCallOptions } from '../../media-call.ts'
import type { Home } from '../../numbers.ts'
import type { Shares } from '../../shares.ts'
import { noSuchCall, notAllowed, outside, refusalOf, toldInFull } from './abilities.ts'
import type { DialogNames } from './api.ts'
import { type Aside, type Sender, senderOf } from './aside.ts'
import { createBrake } from './brake.ts'
import { headersOf, type SipApp, type SipRequest, type SipResponse, sendByName } from './drachtio.ts'
import {
  askerOf,
  invitationIn,
  isTooLong,
  refuseInvite,
  refuseTooLong,
  sendRefusal,
  takeInvite,
} from './inbound.ts'
import { createLastingDialogs } from './lasting-dialogs.ts'
import { type DialContext, dialOut } from './outbound.ts'
import { fullFor, refusalFor } from './refusal.ts'
import type { Registrar } from './registrar.ts'
import { statusOfReplacing } from './replaces.ts'
import { keepServer, type ServerConnection, type SipServerAddress } from './server.ts'
import { createRefusers, type Trunk, targetOf } from './trunk.ts'
import { createTrust } from './trust.ts'

export type SipLineOptions = CallHandlers & {
  readonly server: SipServerAddress
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  /** What is done about a telephone that falls silent; without it the media timeout ends its call. */
  readonly silence?: MediaCallOptions['silence']
  /** Who may have a line; who may not is told 503 and when to come again. */
  readonly shares: Shares
  /** Once aborted, calls that are up go on and no new ones are taken. */
  readonly draining?: AbortSignal
  readonly home: Home
  /** Whose word on who calls is taken: addresses, networks, names. This machine and the trunk when absent. */
  readonly trustedPeers?: readonly string[]
  /** How numbers are dialled; without it only seats are. */
  readonly trunk?: Trunk
  /** How long a phone or trunk may take until it rings; 10 s when absent. */
  readonly ringWithinMs?: number
  /** Takes the REGISTERs; without it nobody can. */
  readonly registrar?: Registrar
  /** Which seat's own telephone this is, where it has a caller; nobody's when absent. */
  readonly asideOf?: (sender: Sender) => Aside | undefined
}

export type SipLine = Line & {
  /** Where the server listens, `udp/127.0.0.1:5060,tcp/…` as it says; undefined while it is away. */
  listensOn(): string | undefined
  /** Tells the telephones of calls that a process left behind when it died, once a server is there: they hear nothing. */
  farewell(dialogs: readonly DialogNames[]): void
}

/** Of one source, in a minute. */
const mostRefusalsNoted = 30

/** Methods that a server would route to nobody, and so answer with 503: some we do not take, some belong to a call. */
const notTaken = ['subscribe', 'notify', 'publish', 'message', 'refer', 'info', 'update', 'bye']

/** Opens at once; `up` is told when the server is there, and each time it is back. */
export function openSipLine(options: SipLineOptions): SipLine {
  const { clock, log, journal, shares, media, registrar, server, trunk, home } = options
  const { ringWithinMs = 10_000 } = options
  const refusersOfText = createRefusers()
  /** Calls that were not taken, by their status. */
  const refused = new Map<number, number>()
  const name = 'sip'
  const trusts = createTrust(options.trustedPeers, trunk?.uri, log)
  const notices = createEvents<LineNotices>(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )
  const calls = new Set<MediaCall>()
  const dialogs = createLastingDialogs(log, clock)
  let connection: ServerConnection | undefined
  /** Calls of a process that died, whose telephones are to be told. */
  let left: readonly DialogNames[] = []
  const farewell = () => {
    if (!connection) return
    for (const dialog of left) sendByName(connection.app, dialog, 'BYE')
    left = []
  }
  /** INVITEs that have no call yet, as their port is being opened. */
  let opening = 0
  const flooding = createBrake(clock, mostRefusalsNoted)
  let closing = false
  const isLeaving = () => closing || options.draining?.aborted === true

  const contextOf = (on: ServerConnection): DialContext => ({
    ringWithinMs,
    refusersOfText,
    onRefused: status => void refused.set(status, (refused.get(status) ?? 0) + 1),
    line: name,
    connection: on,
    isEmbedded: server.isEmbedded === true,
    media,
    clock,
    log,
    journal,
    silence: options.silence,
    home,
    trusts,
    lasts: dialogs.admit,
    callOf: dialogs.callOf,
    askPhone: dialogs.askPhone,
    admit(call) {
      calls.add(call)
      void call.call.ended.then(() => void calls.delete(call))
      // The server may have died while the port was opened.
      if (on.lost.aborted) void call.end('failure', 'signalling-lost')
    },
  })
  /** Each connection's, made once. */
  const contexts = new WeakMap<ServerConnection, DialContext>()
  const contextOn = (on: ServerConnection) => {
    const made = contexts.get(on) ?? contextOf(on)
    contexts.set(on, made)
    return made
  }
  const onInvite = async (on: ServerConnection | undefined, request: SipRequest, response: SipResponse) => {
    if (isTooLong(response)) return refuseTooLong(response)
    if (!request.isNewInvite) return response.send(481)
    // A server that is gone takes no answer, either.
    if (!on) return response.send(503)
    const context = contextOn(on)
    const invitation = invitationIn(request, context)
    if (isLeaving()) return refuseInvite(invitation, response, refusalFor('shutting-down'), context)
    const headers = headersOf(request)
    const replaces = headers.get('Replaces')
    if (replaces !== undefined) {
      const status = statusOfReplacing(replaces, dialogs.callOf)
      return refuseInvite(invitation, response, { status, why: 'replaces' }, context)
    }
    const aside = options.asideOf?.(senderOf(headers, request))
    if (aside) {
      const unproved = aside.hasPassword ? registrar?.prove('INVITE', request, aside.seat) : undefined
      if (unproved) return response.send(unproved.status, { headers: unproved.headers })
      return takeInvite(request, { ...invitation, aside }, response, options, context)
    }
    const asker = askerOf(invitation)
    const share = shares.take(asker)
    if ('refusal' in share) {
      const refusal = fullFor(share.refusal)
      // Each of a flood would be written down three times: it is counted.
      if (flooding.waitS(asker.source) > 0) {
        context.onRefused(refusal.status)
        return sendRefusal(response, refusal)
      }
      flooding.note(asker.source)
      return refuseInvite(invitation, response, refusal, context)
    }
    let isAdmitted = false
    const admit = (call: MediaCall) => {
      isAdmitted = true
      void call.call.ended.then(share.give)
      context.admit(call)
    }
    opening++
    try {
      await takeInvite(request, invitation, response, options, { ...context, admit })
    } finally {
      opening--
      if (!isAdmitted) share.give()
    }
  }

  const register = (app: SipApp, current: () => ServerConnection | undefined) => {
    app.use('invite', (request, response) => {
      onInvite(current(), request, response).catch(error => {
        log.error({ reason: reasonOf(error) }, 'INVITE failed')
        if (!response.finalResponseSent) response.send(500)
      })
    })
    app.use('options', (request, response) => {
      // A proxy that asks whether we are there sends its calls elsewhere from now on.
      const refusal = refusalOf(request, outside) ?? (isLeaving() ? refusalFor('shutting-down') : undefined)
      if (refusal) return sendRefusal(response, refusal)
      response.send(200, { headers: toldInFull(outside) })
    })
    app.use('register', (request, response) => {
      const refusal = refusalOf(request, outside)
      if (!registrar || refusal) return sendRefusal(response, refusal ?? notAllowed(outside))
      registrar.receive(request).then(
        ({ status, headers }) => response.send(status, { headers }),
        error => {
          log.error({ reason: reasonOf(error) }, 'REGISTER failed')
          response.send(500)
        },
      )
    })
    for (const method of notTaken)
      app.use(method, (request, response) => sendRefusal(response, refusalOf(request, outside) ?? noSuchCall))
    // The server has looked which answer it is for.
    app.use('prack', (_, response) => response.send(200))
  }

  const kept = keepServer({
    ...server,
    clock,
    log,
    register,
    onUp(made) {
      connection = made
      dialogs.serverIsBack(made.app)
      farewell()
      notices.emit('up', {})
    },
    onDown(reason) {
      connection = undefined
      dialogs.serverIsAway()
      // Who talks goes on: their sound does not pass through the server.
      for (const call of calls) if (!call.isUp()) void call.end('failure', 'signalling-lost')
      notices.emit('down', { reason })
    },
  })

  return {
    name,
    notices,
    isUp: () => connection !== undefined,
    listensOn: () => connection?.hostports,
    size: () => calls.size + opening,
    refused: () => Object.fromEntries(refused),
    farewell(more) {
      left = [...left, ...more]
      farewell()
    },
    async dial(to, dialOptions) {
      dialOptions.signal?.throwIfAborted()
      if (!connection || closing)
        throw new Fault({
          code: 'line-down',
          place: `line ${name}`,
          found: 'no SIP server',
          expected: 'one that is connected',
        })
      return dialOut(to, dialOptions, targetOf(to, trunk, home), contextOn(connection))
    },
    async close() {
      closing = true
      await Promise.all([...calls].map(({ call }) => call.hangup('shutting-down')))
      await kept.close()
    },
  }
}
