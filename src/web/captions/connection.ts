import type { CaptionTyping, FromCitizenPage, FromSeatPage, ToCaptionPage } from '../../http/contract.ts'
import { blank, type Screen, shown } from './screen.ts'

/** A page's line to the house, which comes back by itself and goes on where it was. */
export type CaptionConnection = {
  screen(): Screen
  /** Told after each change of the screen. */
  subscribe(listen: () => void): () => void
  /** The line that is being typed reads so by now. */
  type(text: string): void
  /** It is done. */
  finish(text: string, voice: boolean): void
  tell(message: Exclude<FromCitizenPage | FromSeatPage, CaptionTyping>): void
  close(): void
}

/** The house beats every 5 s. */
const deadAfterMs = 15_000
const retryMs = [300, 1000, 2000, 4000] as const

/** @param pass a code, a link's secret or a seat's pass. */
export function connectCaptions(pass: string): CaptionConnection {
  const page = crypto.getRandomValues(new Uint32Array(3)).join('-')
  const listeners = new Set<() => void>()
  /** What was typed and is not sure to have arrived. */
  const unsure = new Map<number, CaptionTyping>()
  let screen = blank
  let typing = 1
  let socket: WebSocket | undefined
  let tries = 0
  let isClosed = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined

  const show = (next: Screen) => {
    screen = next
    for (const listen of listeners) listen()
  }
  const isFinal = () => isClosed || screen.connection === 'over' || typeof screen.connection === 'object'
  const send = (message: FromCitizenPage | FromSeatPage) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }
  const watch = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => lose(socket), deadAfterMs)
  }

  const take = (message: ToCaptionPage) => {
    watch()
    if (message.kind === 'beat') return
    show(shown(screen, message))
    if (message.kind === 'typed') unsure.delete(message.line)
    if (message.kind !== 'welcome') return
    tries = 0
    // Each holds its whole line: what arrived already changes nothing.
    for (const line of unsure.values()) send(line)
  }

  const lose = (which: WebSocket | undefined) => {
    if (which !== socket) return
    clearTimeout(watchdog)
    socket = undefined
    which?.close()
    if (isFinal()) return
    show({ ...screen, connection: 'lost' })
    clearTimeout(retry)
    retry = setTimeout(open, retryMs[Math.min(tries++, retryMs.length - 1)])
  }

  function open() {
    clearTimeout(retry)
    if (socket || isFinal()) return
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const query = new URLSearchParams({ after: String(screen.last), page })
    const opened = new WebSocket(`${scheme}://${location.host}/c/${encodeURIComponent(pass)}/live?${query}`)
    socket = opened
    watch()
    opened.onmessage = ({ data }) => {
      if (opened === socket) take(JSON.parse(String(data)) as ToCaptionPage)
    }
    opened.onclose = () => lose(opened)
  }
  addEventListener('online', open)
  open()

  return {
    screen: () => screen,
    subscribe(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    type(text) {
      const message: CaptionTyping = { kind: 'type', line: typing, text }
      unsure.set(typing, message)
      send(message)
    },
    finish(text, voice) {
      const message: CaptionTyping = { kind: 'type', line: typing, text, done: true, voice }
      unsure.set(typing++, message)
      send(message)
    },
    tell: send,
    close() {
      isClosed = true
      removeEventListener('online', open)
      clearTimeout(retry)
      lose(socket)
    },
  }
}
