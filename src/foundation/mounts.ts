/**
 * What a room can serve over the web without knowing the server: plain handlers that the hall passes to the front
 * desk. The room owns the content; the front desk owns the port, the limits and the origin check.
 */

/** Who asks, and for what; what they sent is still unparsed. */
export type Asked = {
  /** The URL's path and query as sent, for example `/twilio/voice?x=1`: signatures cover it. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  /** IP address of the peer, for limits; never for logs. */
  readonly address: string
  /** The member signed in in the browser that asks, if any. */
  readonly member?: {
    readonly name: string
    readonly display: string
    readonly role: string
    readonly unit?: string
  }
}

/** One end of a WebSocket (RFC 6455). */
export type Socket = {
  /** Sends text or bytes. Does nothing once closed. */
  send(message: string | Uint8Array): void
  /** Bytes queued but not yet sent: a slow reader's backlog. */
  backlog(): number
  /** Resolves once the other end has answered a ping, even if the page there is suspended (RFC 6455, section 5.5.2). */
  ping(): Promise<void>
  /** Sets the one listener; earlier messages are kept for it. */
  onMessage(listen: (message: string | Uint8Array) => void): void
  /** Sets the one listener. It is called once, and immediately if the socket is already closed. */
  onClose(listen: () => void): void
  /** @param code RFC 6455, section 7.4: 1000 done, 1008 refused, 1009 too big, 1013 try later */
  close(code?: number, reason?: string): void
}

export type SocketMount = {
  /** Route path in fastify's syntax, for example `/c/:code/live`. */
  readonly path: string
  /** A longer message closes the socket with 1009. */
  readonly maxMessageBytes: number
  /** `same` refuses pages of another origin with 403 before anything opens; programs send no origin and pass. */
  readonly origins: 'same' | 'any'
  /** Only members with one of these roles may open it (401 or 403 otherwise); it closes when their session ends. */
  readonly roles?: readonly string[]
  /** Members with these roles count as at work while it is open: their session does not become idle. */
  readonly atWork?: readonly string[]
  /** Connections that one address may open per minute. */
  readonly perMinute?: number
  open(socket: Socket, asked: Asked): void
}

export type RequestMount = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly maxBodyBytes: number
  readonly perMinute?: number
  /** Rejects only on a failure of our own. */
  answer(
    asked: Asked & { readonly body: string },
  ): Promise<{ readonly status: number; readonly type: string; readonly body: string }>
}
