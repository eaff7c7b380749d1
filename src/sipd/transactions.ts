import { sourceOf } from '../foundation/index.ts'
import { type ClientTransaction, createClient, type OnReply } from './client-transaction.ts'
import type { Essentials } from './essentials.ts'
import type { Request, Response } from './message.ts'
import {
  createServerTransaction,
  type Means,
  type Remains,
  type ServerTransaction,
} from './server-transaction.ts'
import type { Hop } from './transport.ts'
import { magicCookie } from './via.ts'

/** Who sits above the transactions (RFC 3261 section 5: the transaction user). */
export type User = {
  /** A new request, and never an ACK. */
  request(transaction: ServerTransaction): void
  /** An ACK to a 2xx, or a stray one. */
  ack(request: Request, ids: Essentials, from: Hop): void
}

export type Transactions = {
  receiveRequest(request: Request, ids: Essentials, from: Hop): void
  receiveResponse(response: Response, ids: Essentials, from: Hop): void
  /** Sends a request whose top Via has `branch`, and tells of every response until the transaction ends. */
  send(request: Request, branch: string, to: Hop, on: OnReply): ClientTransaction
  /** The INVITE that a CANCEL means (RFC 3261 section 9.2). */
  cancelled(ids: Essentials): Remains | undefined
  open(): number
  /** Resolves once every request that we sent has its final response, or will have none. */
  settled(): Promise<unknown>
  close(): void
}

/**
 * INVITEs of one source that wait for an answer, or whose refusal it does not acknowledge: one who floods, or writes the
 * address of somebody else, has as many and no more, since each is repeated for half a minute.
 */
const mostUnsettled = 256

/** Matches messages to transactions (RFC 3261 sections 17.1.3 and 17.2.3). */
export function createTransactions(means: Means, user: User): Transactions {
  const clients = new Map<string, ClientTransaction>()
  const servers = new Map<string, Remains>()
  /** Requests by who sent them, to notice one that came by two ways. */
  const merging = new Map<string, string>()

  const unsettled = new Map<string, number>()
  const count = (source: string, by: 1 | -1) => {
    const now = (unsettled.get(source) ?? 0) + by
    if (now > 0) unsettled.set(source, now)
    else unsettled.delete(source)
  }
  /** @returns what takes it out again, once; undefined where there are too many */
  const unsettle = (source: string): (() => void) | undefined => {
    if ((unsettled.get(source) ?? 0) >= mostUnsettled) return undefined
    count(source, 1)
    let isSettled = false
    return () => {
      if (!isSettled) count(source, -1)
      isSettled = true
    }
  }

  const create = (key: string, request: Request, ids: Essentials, from: Hop) => {
    const settle = request.method === 'INVITE' ? unsettle(sourceOf(from.address)) : () => undefined
    if (!settle) return
    const merge = ids.toTag === undefined ? mergeKey(ids) : undefined
    const twin = merge !== undefined && merging.has(merge)
    const ended = () => {
      settle()
      servers.delete(key)
      if (merge !== undefined && merging.get(merge) === key) merging.delete(merge)
    }
    const { transaction, remains } = createServerTransaction(means, request, ids, from, ended, settle)
    servers.set(key, remains)
    if (twin) return transaction.refuse({ status: 482, reason: 'Loop Detected' })
    if (merge !== undefined) merging.set(merge, key)
    user.request(transaction)
  }

  return {
    receiveRequest(request, ids, from) {
      const key = serverKey(ids, request.method === 'ACK' ? 'INVITE' : request.method)
      const known = servers.get(key)
      if (request.method === 'ACK') {
        if (known?.acknowledged() !== 'taken') user.ack(request, ids, from)
      } else if (known) known.repeated()
      else create(key, request, ids, from)
    },
    receiveResponse(response, ids, from) {
      clients.get(clientKey(ids.via.params.get('branch') ?? '', ids.method))?.receive(response, ids, from)
    },
    send(request, branch, to, on) {
      const key = clientKey(branch, request.method)
      const transaction = createClient(
        { request, to, clock: means.clock, timing: means.timing, send: means.send },
        on,
        () => clients.delete(key),
      )
      clients.set(key, transaction)
      return transaction
    },
    cancelled: ids => servers.get(serverKey(ids, 'INVITE')),
    open: () => clients.size + servers.size,
    settled: () => Promise.all([...clients.values()].map(({ settled }) => settled)),
    close() {
      for (const transaction of [...clients.values(), ...servers.values()]) transaction.stop()
    },
  }
}

function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`
}

/** By the branch and who made it; without one, as RFC 2543 clients send, by all that a repetition leaves alone. */
function serverKey(ids: Essentials, method: string): string {
  const { via } = ids
  const branch = via.params.get('branch')
  const sentBy = `${via.host.toLowerCase()}:${via.port ?? ''}`
  return branch?.startsWith(magicCookie) && branch.length > magicCookie.length
    ? `${branch} ${sentBy} ${method}`
    : `${ids.callId} ${ids.fromTag ?? ''} ${ids.cseq} ${sentBy} ${branch ?? ''} ${method}`
}

/** RFC 3261 section 8.2.2.2. */
function mergeKey(ids: Essentials): string {
  return `${ids.callId} ${ids.fromTag ?? ''} ${ids.cseq} ${ids.method}`
}
