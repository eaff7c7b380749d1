import type { Socket } from 'node:net'
import { type Clock, type Log, withDeadline } from '../../../foundation/index.ts'
import { createApp, guardWire, ping, type SipApp } from './drachtio.ts'

/** A drachtio-server, or the embedded one: where its control protocol is spoken. */
export type SipServerAddress = {
  readonly host: string
  readonly port: number
  readonly secret: string
  readonly isEmbedded?: boolean
}

/** One authenticated control connection. What was begun on it dies with it. */
export type ServerConnection = {
  readonly app: SipApp
  /** Where the server listens for SIP, as it says: `udp/127.0.0.1:5060,tcp/127.0.0.1:5060`. */
  readonly hostports: string
  /** Aborts when the server died, hung, or let us go. */
  readonly lost: AbortSignal
}

export type SipServerOptions = SipServerAddress & {
  readonly clock: Clock
  readonly log: Log
  /** Names the methods that we take, on each new connection; must not wait. */
  readonly register: (app: SipApp, connection: () => ServerConnection | undefined) => void
  readonly onUp: (connection: ServerConnection) => void
  readonly onDown: (reason: DownReason) => void
}

export type DownReason = 'refused' | 'unreachable' | 'gone' | 'silent' | 'closed'

/**
 * Notices within 5 s: a ping each 0.8 s, and after the third without a pong the server counts as hung. Counted in
 * ticks and not in time, so that a moment in which we ourselves did not run is not held against the server.
 */
const pingEveryMs = 800
const pingsUnanswered = 3
const retryAfterMs = 400
/** What was said last is heard before we leave; a server that hangs is not waited for. */
const hearsLastWithinMs = 1_000

/**
 * Keeps a connection to the server, for ever. A lost one is thrown away whole and a new one made: the library's own
 * reconnecting forgets TLS, leaves old dialogs in limbo, and backs off without end.
 */
export function keepServer(options: SipServerOptions): { close(): Promise<void> } {
  const { host, port, secret, clock, log, register, onUp, onDown } = options
  let closed = false
  let drop: ((reason: DownReason) => void) | undefined
  let heardAll: (() => Promise<void>) | undefined
  let stopRetry: (() => void) | undefined

  const attempt = () => {
    const app = createApp()
    const lost = new AbortController()
    let socket: Socket | undefined
    let connection: ServerConnection | undefined
    let unanswered = 0

    const end = (reason: DownReason) => {
      if (lost.signal.aborted) return
      stopTicking()
      lost.abort()
      socket?.destroy()
      if (connection) {
        log.warn({ reason }, 'SIP server lost')
        onDown(reason)
      }
      if (!closed) stopRetry = clock.after(retryAfterMs, attempt)
    }
    const tick = () => {
      if (unanswered++ >= pingsUnanswered) return end(connection ? 'silent' : 'unreachable')
      if (connection && socket)
        ping(app, socket, () => {
          unanswered = 0
        })
      stopTicking = clock.after(pingEveryMs, tick)
    }
    let stopTicking = clock.after(pingEveryMs, tick)
    drop = end
    const heard = () =>
      new Promise<void>(resolve => {
        if (!connection || !socket || lost.signal.aborted) return resolve()
        lost.signal.addEventListener('abort', () => resolve())
        ping(app, socket, resolve)
      })
    // It does what it is told in turn: a pong says that the BYEs before it have gone out. An INVITE that it was told just
    // before is known to us by then, and can be cancelled.
    heardAll = async () => {
      await heard()
      await heard()
    }

    register(app, () => connection)
    app.on('connect', (error, hostports) => {
      if (lost.signal.aborted) return
      if (error) {
        log.error({}, 'SIP server refuses our secret')
        return end('refused')
      }
      connection = { app, hostports: String(hostports), lost: lost.signal }
      unanswered = 0
      log.info({ hostports: connection.hostports }, 'SIP server connected')
      onUp(connection)
    })
    app.on('error', () => end(connection ? 'gone' : 'unreachable'))
    app.on('close', () => end(connection ? 'gone' : 'unreachable'))
    app.connect({ host, port, secret, reconnect: { maxAttempts: 1 } })
    guardWire(
      app,
      connected => {
        socket = connected
        if (lost.signal.aborted) connected.destroy()
      },
      // What cannot be read a stranger sent, as often as they like; what is too long is ours.
      what => log[what === 'unreadable' ? 'warn' : 'error']({ what }, 'SIP message dropped'),
    )
  }
  attempt()

  return {
    async close() {
      closed = true
      stopRetry?.()
      if (heardAll) await withDeadline(clock, hearsLastWithinMs, heardAll(), isDeaf).catch(() => undefined)
      drop?.('closed')
    },
  }
}

const isDeaf = () => new Error('no pong')
