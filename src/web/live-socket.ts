/**
 * A page's socket to the house that comes back by itself, after a close and when nothing was heard for too long: a
 * network that went away closes nothing. What is said while it is away is lost, so that nothing old is said later.
 */
export type LiveSocket = {
  send(message: object): void
  /** For good. */
  close(): void
}

/** Before each new try since the last word of the house; the last one for all that follow. */
const retryMs = [300, 1000, 2000, 4000]
/** How the house closes what is over (RFC 6455, section 7.4.1): there is nothing to come back to. */
export const closedAsOver = 1000

export function openLiveSocket<Message>({
  path,
  deadAfterMs = 15_000,
  onMessage,
  onLost,
  onOver,
}: {
  /** Asked anew for each try. */
  path(): string
  /** The house speaks more often than this while it is there: it beats every 5 s. */
  readonly deadAfterMs?: number
  onMessage(message: Message): void
  onLost(): void
  /** The house has closed it for good. */
  onOver?(): void
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
  const end = () => {
    isOver = true
    removeEventListener('online', onOnline)
    clearTimeout(retry)
    if (socket) lose(socket)
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
      onMessage(JSON.parse(data) as Message)
    }
    opened.onclose = ({ code }) => {
      if (code !== closedAsOver || opened !== socket) return lose(opened)
      end()
      onOver?.()
    }
  }
  // Whose network is back need not wait for the next try, nor for one that began without it.
  const onOnline = () => {
    if (socket && socket.readyState !== WebSocket.OPEN) lose(socket)
    open()
  }
  addEventListener('online', onOnline)
  open()

  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    close: end,
  }
}
