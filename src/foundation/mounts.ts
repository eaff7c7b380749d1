/**
 * What a room can serve over the web without knowing the server: plain handlers that the hall hands to the front desk.
 * A room owns what is said; the front desk owns the port, the limits and the origin check.
 */

/** Who asks, and for what; whatever they sent is still unparsed. */
export type Asked = {
  /** The URL's path and query as sent, as `/twilio/voice?x=1`: signatures cover it. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  /** IP address of the peer, for limits; never for logs. */
  readonly address: string
  /** Who has signed in in the browser that asks, if anybody. */
  readonly member?: {
    readonly name: string
    readonly display: string
    readonly role: string
    readonly unit?: string
  }
}

/** One end of a WebSocket (RFC 6455). */
export type Socket = {
  /** Text, or bytes. Does nothing once closed. */
  send(message: string | Uint8Array): void
  /** Bytes that were sent and have not left yet: a slow reader's backlog. */
  backlog(): number
  /** One listener; messages that came before it are not lost. */
  onMessage(listen: (message: string | Uint8Array) => void): void
  /** One listener, told once; at once when it is closed already. */
  onClose(listen: () => void): void
  /** @param code RFC 6455, section 7.4: 1000 done, 1008 refused, 1009 too big, 1013 try later */
  close(code?: number, reason?: string): void
}

export type SocketMount = {
  /** In fastify's spelling, as `/c/:code/live`. */
  readonly path: string
  /** A longer message closes the socket with 1009. */
  readonly maxMessageBytes: number
  /** `same`: a page of another origin is refused with 403 before anything opens. Programs send no origin and pass. */
  readonly origins: 'same' | 'any'
  /** Only for who has signed in and has one of these roles: 401 or 403 before anything opens. Whatever a session opened ends with it. */
  readonly roles?: readonly string[]
  /** Of these roles whoever has it open is at work: their session is not idle. */
  readonly atWork?: readonly string[]
  /** Connections that one address may open in a minute. */
  readonly perMinute?: number
  open(socket: Socket, asked: Asked): void
}

export type RequestMount = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly maxBodyBytes: number
  readonly perMinute?: number
  /** Rejects only for what is broken on our side. */
  answer(
    asked: Asked & { readonly body: string },
  ): Promise<{ readonly status: number; readonly type: string; readonly body: string }>
}
