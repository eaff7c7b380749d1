/** A page's socket to the house that comes back by itself, after a close and when nothing was heard for too long. */
export type LiveSocket = {
  /** Lost while the house is away. */
  send(message: object): void
  /** For good. */
  close(): void
}

export function openLiveSocket({
  path,
  deadAfterMs,
  retryMs,
  onMessage,
  onLost,
}: {
  /** Asked anew for each try. */
  path(): string
  /** The house speaks more often than this while it is there. */
  readonly deadAfterMs: number
  /** Before each new try since the last word of the house; the last one for all that follow. */
  readonly retryMs: readonly [number, ...number[]]
  /** A whole message, as text. */
  onMessage(data: string): void
  onLost(): void
}): LiveSocket {
  let tries = 0
  let isOver = false
  let socket: WebSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined

  const watch = (opened: WebSocket) => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => lose(opened), deadAfterMs)
  }
  const lose = (lost: WebSocket) => {
    if (lost !== socket) return
    clearTimeout(watchdog)
    socket = undefined
    lost.close()
    if (isOver) return
    onLost()
    retry = setTimeout(open, retryMs[Math.min(tries++, retryMs.length - 1)])
  }
  const open = () => {
    clearTimeout(retry)
    if (socket || isOver) return
    const opened = new WebSocket(new URL(path(), location.href.replace(/^http/, 'ws')))
    socket = opened
    watch(opened)
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      if (opened !== socket) return
      watch(opened)
      tries = 0
      onMessage(data)
    }
    opened.onclose = () => lose(opened)
  }
  // Whose network is back need not wait for the next try.
  addEventListener('online', open)
  open()

  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    close() {
      isOver = true
      removeEventListener('online', open)
      clearTimeout(retry)
      if (socket) lose(socket)
    },
  }
}
