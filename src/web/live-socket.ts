/** A page's socket to the house that comes back by itself, after a close and when nothing was heard for too long. */
export type LiveSocket = {
  /** Lost while the house is away. */
  send(message: object): void
  close(): void
}

export function openLiveSocket({
  path,
  deadAfterMs,
  retryMs,
  onMessage,
  onLost,
}: {
  readonly path: string
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
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined
  const open = (): WebSocket => {
    const opened = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')))
    const watch = () => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => opened.close(), deadAfterMs)
    }
    watch()
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      watch()
      tries = 0
      onMessage(data)
    }
    opened.onclose = () => {
      clearTimeout(watchdog)
      if (isOver) return
      onLost()
      retry = setTimeout(
        () => {
          socket = open()
        },
        retryMs[Math.min(tries++, retryMs.length - 1)],
      )
    }
    return opened
  }
  let socket = open()
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    close() {
      isOver = true
      clearTimeout(retry)
      socket.close()
    },
  }
}
