import type { Socket } from 'node:net'
import Srf from 'drachtio-srf'
import { reasonOf } from '../../../foundation/index.ts'
import type { DialogNames } from './api.ts'
import { createFrames } from './frames.ts'
import type { Replaced } from './replaces.ts'
import { textOf } from './wire-text.ts'

/**
 * drachtio-srf as this line uses it. Its own types lack half of this and hide the rest behind `any`; what stands
 * here was read in its source (5.0.29) and seen on the wire.
 */

export type SipMessage = {
  get(header: string): string | undefined
  has(header: string): boolean
  /** Empty where there is none. */
  readonly body: string | undefined
  readonly source_address: string
  readonly source_port: number
  /** `application` when the server made it up itself, as a BYE after 32 s without ACK. */
  readonly source: 'network' | 'application'
  readonly protocol: string
}

export type SipRequest = SipMessage & {
  readonly method: string
  readonly uri: string
  readonly isNewInvite: boolean
  on(event: 'cancel', listen: () => void): void
  on(event: 'response', listen: (response: SipMessage & { readonly status: number }) => void): void
  on(event: 'update', listen: (request: SipRequest, response: SipResponse) => void): void
  removeAllListeners(event: 'update'): void
  /** Of a request we sent. */
  cancel(done: (error: unknown) => void): void
}

/** To a request of ours within a dialog. */
export type ResponseTo = SipMessage & { readonly status: number; readonly req: SipRequest }

type ResponseOptions = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

export type SipResponse = {
  readonly finalResponseSent: boolean
  /** Headers copied from the request. */
  headers: Record<string, string>
  send(status: number, options?: ResponseOptions, sent?: (error: unknown) => void): void
}

export type SipDialog = {
  readonly connected: boolean
  readonly remote: { readonly sdp: string | undefined }
  readonly sip: { readonly remoteTag: string }
  /** The answer to an INVITE of ours. */
  readonly res: SipMessage
  on(event: 'destroy', listen: (bye: SipMessage) => void): void
  on(event: 'ack', listen: (ack: SipMessage) => void): void
  on(
    event: 'modify' | 'update' | 'info' | 'refer' | 'message' | 'options',
    listen: (request: SipRequest, response: SipResponse) => void,
  ): void
  /** Calls back with each response. */
  request(
    options: {
      readonly method: 'BYE' | 'UPDATE' | 'INVITE' | 'INFO' | 'OPTIONS' | 'NOTIFY'
      readonly headers: Readonly<Record<string, string>>
      readonly body?: string
    },
    done: (error: unknown, response?: ResponseTo) => void,
  ): void
  /** BYE; calls back when it is answered, or could not be sent. */
  destroy(options: Record<never, never>, done: (error: unknown) => void): void
}

export type InviteOptions = {
  readonly localSdp: string
  readonly headers: Record<string, string>
  readonly proxy?: string
}

type Handler = (request: SipRequest, response: SipResponse) => void

export type SipApp = {
  connect(options: {
    readonly host: string
    readonly port: number
    readonly secret: string
    readonly reconnect: { readonly maxAttempts: number }
  }): void
  on(event: 'connect', listen: (error: Error | null, hostports: string) => void): void
  on(event: 'error' | 'close', listen: () => void): void
  use(method: string, handler: Handler): void
  createUAS(
    request: SipRequest,
    response: SipResponse,
    options: { readonly localSdp: string; readonly headers?: Record<string, string> },
    done: (error: unknown, dialog?: SipDialog) => void,
  ): void
  createUAC(
    uri: string,
    options: InviteOptions,
    progress: {
      readonly cbRequest: (error: unknown, sent?: SipRequest) => void
      readonly cbProvisional: (response: SipMessage & { readonly status: number }) => void
    },
    done: (
      error: (Error & { res?: SipMessage & { readonly status: number } }) | null,
      dialog?: SipDialog,
    ) => void,
  ): void
  addDialog(dialog: SipDialog): void
  request(
    uri: string,
    options: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
    done: (error: unknown, sent?: SipRequest) => void,
  ): void
  readonly app: { readonly client: Agent }
}

type Sent = (error: unknown, sent?: SipRequest) => void
type Agent = {
  request(options: { readonly stackDialogId?: string }, done: Sent): void
  puntUpTheMiddleware(request: SipRequest, response: SipResponse): void
  readonly mapServer: Map<Socket, { readonly pendingRequests: Map<string, () => void> }>
  readonly wp: {
    on(event: 'connect', listen: (socket: Socket) => void): void
    emit(event: 'msg', socket: Socket, message: string): void
    send(socket: Socket, message: string): string
  }
}

export const createApp = (): SipApp => new Srf() as unknown as SipApp

/** Of an INVITE of ours that rings: the library would say to each UPDATE what the INVITE said, and what it moves would be lost. */
export function takeUpdates(
  invite: SipRequest,
  take: (request: SipRequest, response: SipResponse) => void,
): void {
  invite.removeAllListeners('update')
  invite.on('update', take)
}

/** drachtio-server goes deaf on a connection that sent it a message of more than about 12.2 kB. */
const mostBytes = 12_000

/**
 * Puts what the library lacks under a connection: messages that would make the server deaf are not sent, each UPDATE finds
 * its dialog, names are read in the encoding that they are in, and a message that the library cannot read is skipped, where it would end
 * the process.
 * @param onConnected told of the socket as soon as it is connected.
 * @param onFault told of each message not sent or not read.
 */
export function guardWire(
  { app: { client } }: SipApp,
  onConnected: (socket: Socket) => void,
  onFault: (what: 'too-long' | 'unreadable') => void,
): void {
  passUpdatesOn(client)
  const { wp } = client
  const send = wp.send.bind(wp)
  wp.send = (socket, message) => {
    if (Buffer.byteLength(message) <= mostBytes) return send(socket, message)
    onFault('too-long')
    return 'not sent'
  }
  const read = (socket: Socket, message: Buffer) => {
    try {
      unsaid(
        () => wp.emit('msg', socket, textOf(message)),
        () => onFault('unreadable'),
      )
    } catch {
      onFault('unreadable')
    }
  }
  wp.on('connect', socket => {
    const frames = createFrames()
    socket.removeAllListeners('data')
    socket.on('data', (chunk: Buffer) => {
      const whole = frames.take(chunk)
      if (!whole) return void socket.destroy()
      for (const message of whole) read(socket, message)
    })
    onConnected(socket)
  })
}

/**
 * The library gives an UPDATE to whatever we ask within its call and have no answer to yet, where nobody hears it: that of a
 * session timer that crosses our own was never answered. It goes on to its dialog.
 */
function passUpdatesOn(client: Agent): void {
  const request = client.request.bind(client)
  client.request = (...given) => {
    const [options, done] = given
    if (!options.stackDialogId) return request(...given)
    request(options, (error, sent) => {
      sent?.on('update', (update, response) => client.puntUpTheMiddleware(update, response))
      done(error, sent)
    })
  }
}

/**
 * The library prints what it cannot read, whole, with a caller's number and words, to standard error. It reads in one go,
 * without waiting, and nothing else of ours prints meanwhile.
 */
function unsaid(read: () => void, onSaid: () => void): void {
  const print = console.error
  console.error = onSaid
  try {
    read()
  } finally {
    console.error = print
  }
}

/**
 * The headers of a message, for whoever asks for many: for each the library looks into the environment and goes through all
 * that there are, which came to a hundredth of what a call costs. It keeps those of `X-` and `P-` as they are spelt, but for
 * `P-Asserted`: a `P-ASSERTED-IDENTITY` is the same header (RFC 3261, section 7.3.1).
 */
export function headersOf(message: SipMessage): Pick<SipMessage, 'get'> {
  const { headers } = message as SipMessage & { readonly headers: Readonly<Record<string, string>> }
  const named = new Map<string, string>()
  for (const name in headers) named.set(name.toLowerCase(), headers[name] ?? '')
  return { get: name => named.get(name.toLowerCase()) }
}

/**
 * Refuses requests within a dialog before the library sees them, which says 200 to all that it knows and nobody listens
 * for, and prints what it does not know. Whoever sent a BYE has left, whatever they are told (RFC 3261, section 15.1.1).
 */
export function refuseWithin(
  dialog: SipDialog,
  refusalOf: (
    request: SipRequest,
  ) => { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | undefined,
): void {
  const made = dialog as LibraryDialog
  const handle = made.handle.bind(made)
  made.handle = (request, response) => {
    const refusal = request.method === 'ACK' ? undefined : refusalOf(request)
    if (!refusal) return handle(request, response)
    response.send(refusal.status, { headers: refusal.headers })
    if (request.method === 'BYE') handle(request, { send: () => undefined })
  }
}

/** A dialog as the library keeps it, tied to the connection on which it was made. */
type LibraryDialog = SipDialog & {
  handle(request: SipRequest, response: Pick<SipResponse, 'send'>): void
  readonly type: 'uas' | 'uac'
  srf: SipApp
  agent: Agent
  readonly req: SipMessage & { socket: Socket | undefined }
  readonly sip: { readonly callId: string; readonly localTag: string }
  readonly remote: { readonly uri: string }
}

/** Ties a dialog to another connection: requests go out there, and what comes for it there is heard. */
export function moveDialog(dialog: SipDialog, app: SipApp): void {
  const moved = dialog as LibraryDialog
  const { client } = app.app
  moved.srf = app
  moved.agent = client
  moved.req.socket = [...client.mapServer.keys()][0]
  app.addDialog(dialog)
}

/** The server answers so to a request within a dialog that it does not have, as it was started anew. */
export const isUnknownDialog = (error: unknown): boolean => reasonOf(error) === 'ENODIALOG'

/** It has the dialog, and was never told by a Contact where requests within it go: drachtio-server asks nobody else for that. */
export const isWithoutWay = (error: unknown): boolean =>
  error instanceof Error && /unable to find route/i.test(error.message)

/** All that a request within a dialog says of it (RFC 3261, section 12.2.1.1). */
export function namesOf(dialog: SipDialog): DialogNames {
  const made = dialog as LibraryDialog
  const { type, sip, remote } = made
  const [req, res] = [headersOf(made.req), headersOf(made.res)]
  const recorded = (type === 'uas' ? req : res).get('Record-Route')?.split(/,(?=\s*<)/) ?? []
  const routes = type === 'uas' ? recorded : recorded.toReversed()
  return {
    callId: sip.callId,
    uri: remote.uri,
    from: type === 'uas' ? `${req.get('To')};tag=${sip.localTag}` : (req.get('From') ?? ''),
    to: (type === 'uas' ? req.get('From') : res.get('To')) ?? '',
    route: routes.length > 0 ? routes.join(',') : undefined,
  }
}

/** Whether it is this dialog that the other end names (RFC 3891, section 3). */
export function hasNames(dialog: SipDialog, { callId, toTag, fromTag }: Replaced): boolean {
  const { sip } = dialog as LibraryDialog
  return sip.callId === callId && sip.localTag === toTag && sip.remoteTag === fromTag
}

/** Through a server that knows no such dialog. @param onStatus told of the final answer; of nothing where it could not be sent. */
export function sendWithoutDialog(
  dialog: SipDialog,
  method: 'BYE' | 'INFO' | 'OPTIONS',
  onStatus: (status: number | undefined) => void = () => undefined,
): void {
  sendByName((dialog as LibraryDialog).srf, namesOf(dialog), method, onStatus)
}

/**
 * The same for a dialog of which there is nothing left but its names. The number of the request is the server's to choose,
 * and higher than any before: sofia counts from the time of day.
 */
export function sendByName(
  app: SipApp,
  { callId, uri, from, to, route }: DialogNames,
  method: 'BYE' | 'INFO' | 'OPTIONS',
  onStatus: (status: number | undefined) => void = () => undefined,
): void {
  const headers = { 'Call-ID': callId, From: from, To: to, Contact: '<sip:localhost>' }
  app.request(uri, { method, headers: route ? { ...headers, Route: route } : headers }, (error, sent) => {
    if (error || !sent) return onStatus(undefined)
    sent.on('response', ({ status }) => {
      if (status >= 200) onStatus(status)
    })
  })
}

/** Asks the server for a sign of life; a wedged or stopped one never answers. */
export function ping({ app: { client } }: SipApp, socket: Socket, onPong: () => void): void {
  const id = client.wp.send(socket, 'ping')
  client.mapServer.get(socket)?.pendingRequests.set(id, onPong)
}
