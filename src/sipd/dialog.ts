import { isIPv6 } from 'node:net'
import { firstUri, readPeerAddress, splitAddresses } from './address.ts'
import type { Essentials } from './essentials.ts'
import { type Header, header, headers, type Request, type Response } from './message.ts'
import { type Hop, usualPort } from './transport.ts'
import { readUri } from './uri.ts'

/**
 * Two user agents who keep in touch (RFC 3261 section 12): ours is the app behind this server. Made by an INVITE or a
 * SUBSCRIBE, early until a 2xx.
 */
export type Dialog = {
  /** As drachtio-srf finds it: Call-ID and the From tag of the request that made it. */
  readonly id: string
  readonly callId: string
  readonly kind: 'INVITE' | 'SUBSCRIBE'
  readonly localTag: string
  /** Unknown while our INVITE has no answer with a tag. */
  remoteTag: string | undefined
  /** From or To, tag included, of our side. */
  readonly local: string
  remote: string
  /** Where the far end wants its requests: the URI of its Contact. */
  target: string
  routes: readonly string[]
  /** Our Contact. */
  contact: string
  localSeq: number
  remoteSeq: number
  /** The method that came with it. */
  remoteMethod: string
  /** The CSeq of our last INVITE, which its ACK repeats. */
  inviteSeq: number
  confirmed: boolean
  /** Whether an INVITE of ours has no final response yet. */
  inviting: boolean
  /** Where the far end's last message came from; unknown while our INVITE has no answer. */
  seen: Hop | undefined
  /** Whether the far end sent from the place that its Contact names, and now sends from another with the same Contact. */
  rebound: boolean
}

/** As drachtio-server names dialogs; the library looks them up by it. */
export function dialogId(callId: string, fromTag: string): string {
  return `${callId};from-tag=${fromTag}`
}

/** The dialog that an app's first response to a request from the network begins. */
export function dialogOfRequest(request: Request, ids: Essentials, from: Hop, response: Response): Dialog {
  const local = header(response, 'To')!
  const target = contactUri(request) ?? request.uri
  const routes = routesOf(request)
  return {
    id: dialogId(ids.callId, ids.fromTag ?? ''),
    callId: ids.callId,
    kind: request.method === 'SUBSCRIBE' ? 'SUBSCRIBE' : 'INVITE',
    localTag: readPeerAddress(local)?.params.get('tag') ?? '',
    remoteTag: ids.fromTag ?? '',
    local,
    remote: header(request, 'From')!,
    target,
    routes,
    contact: header(response, 'Contact')!,
    localSeq: 0,
    remoteSeq: ids.cseq,
    remoteMethod: request.method,
    inviteSeq: 0,
    confirmed: false,
    inviting: false,
    seen: from,
    rebound: false,
  }
}

/** The dialog that our request may begin; `heard` tells the rest once a response has come. */
export function dialogOfOurs(request: Request, contact: string): Dialog {
  const from = header(request, 'From')!
  const callId = header(request, 'Call-ID')!
  const localTag = readPeerAddress(from)?.params.get('tag') ?? ''
  const seq = Number.parseInt(header(request, 'CSeq')!, 10)
  return {
    id: dialogId(callId, localTag),
    callId,
    kind: request.method === 'SUBSCRIBE' ? 'SUBSCRIBE' : 'INVITE',
    localTag,
    remoteTag: undefined,
    local: from,
    remote: header(request, 'To')!,
    target: request.uri,
    routes: [],
    contact: header(request, 'Contact') ?? contact,
    localSeq: seq,
    remoteSeq: -1,
    remoteMethod: '',
    inviteSeq: seq,
    confirmed: false,
    inviting: false,
    seen: undefined,
    rebound: false,
  }
}

/** What a 1xx with a tag or a 2xx to our request tells of the far end (RFC 3261 section 12.1.2). */
export function heard(dialog: Dialog, response: Response, ids: Essentials, from: Hop): void {
  if (dialog.confirmed || ids.toTag === undefined) return
  dialog.remoteTag = ids.toTag
  dialog.remote = header(response, 'To')!
  dialog.target = contactUri(response) ?? dialog.target
  dialog.routes = [...routesOf(response)].reverse()
  dialog.seen = from
  dialog.confirmed = response.status >= 200
}

/** A target refresh, or its 2xx, has a Contact (RFC 3261 section 12.2). */
export function refresh(dialog: Dialog, message: Request | Response): void {
  const target = contactUri(message)
  if (target !== undefined) dialog.target = target
}

export type InDialog = { readonly method: string; readonly more: readonly Header[]; readonly body: string }

/** A request within a dialog (RFC 3261 section 12.2.1.1), without Via, which the sender adds. */
export function requestWithin(dialog: Dialog, { method, more, body }: InDialog): Request {
  const seq = method === 'ACK' ? dialog.inviteSeq : ++dialog.localSeq
  if (method === 'INVITE') dialog.inviteSeq = seq
  const { uri, routes } = wayOf(dialog)
  const own: Header[] = [
    ...routes.map(value => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: dialog.local },
    { name: 'To', value: dialog.remote },
    { name: 'Call-ID', value: dialog.callId },
    { name: 'CSeq', value: `${seq} ${method}` },
  ]
  return { kind: 'request', method, uri, headers: [...own, ...more], body }
}

/**
 * A proxy of before RFC 3261, which says so by no `lr`, finds the next hop in the Request-URI: it gets its own URI there,
 * and the far end's as the last route (section 12.2.1.1).
 */
function wayOf({ routes, target }: Dialog): { readonly uri: string; readonly routes: readonly string[] } {
  const [first, ...others] = routes
  const uri = first === undefined ? undefined : firstUri(first)
  const hop = uri === undefined ? undefined : readUri(uri)
  if (uri === undefined || !hop || hop.params.has('lr')) return { uri: target, routes }
  return { uri: uri.replace(/\?.*$|;method=[^;?]*/gi, ''), routes: [...others, `<${target}>`] }
}

function contactUri(message: Request | Response): string | undefined {
  const contacts = headers(message, 'Contact').flatMap(value => splitAddresses(value) ?? [])
  return contacts.flatMap(contact => readPeerAddress(contact)?.uri ?? [])[0]
}

/**
 * Who begins a call has to say where requests within it go (RFC 3261 section 8.1.1.8). One who names no place is found
 * where the request came from: no call is refused for that.
 */
export function withContact(request: Request, ids: Essentials, { protocol, address, port }: Hop): Request {
  const begins = request.method === 'INVITE' && ids.toTag === undefined
  if (!begins || header(request, 'Contact') !== undefined) return request
  const user = readUri(readPeerAddress(header(request, 'From')!)?.uri ?? '')?.user
  const host = isIPv6(address) ? `[${address}]` : address
  const value = `<sip:${user === undefined ? '' : `${user}@`}${host}:${port};transport=${protocol}>`
  return { ...request, headers: [...request.headers, { name: 'Contact', value }] }
}

function routesOf(message: Request | Response): readonly string[] {
  return headers(message, 'Record-Route').flatMap(value => splitAddresses(value) ?? [])
}

/**
 * A request of the far end has come: it may move the target (RFC 3261 section 12.2.2), and shows where the far end is.
 * NATs forget a mapping and make another: then a Contact that was true is so no longer, until the next one.
 */
export function follow(dialog: Dialog, request: Request, from: Hop): void {
  const before = dialog.target
  if (targetRefreshes.has(request.method)) refresh(dialog, request)
  const stays = dialog.target === before && !isAt(before, from)
  dialog.rebound = stays && (dialog.rebound || (dialog.seen !== undefined && isAt(before, dialog.seen)))
  dialog.seen = from
}

/** Requests whose Contact moves the target (RFC 3261 section 12.2.1.1, RFC 3311, RFC 6665). */
const targetRefreshes = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER'])

function isAt(target: string, { protocol, address, port }: Hop): boolean {
  const uri = readUri(target)
  return uri?.host === address && (uri.port ?? usualPort(protocol)) === port
}
