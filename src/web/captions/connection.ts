import type { CaptionTyping, FromCitizenPage, FromSeatPage, ToCaptionPage } from '../../http/contract.ts'
import { openLiveSocket } from '../live-socket.ts'
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

/** Nobody sees letters come sooner. */
const lettersMs = 40

/** @param pass a code, a link's secret or a seat's pass. */
export function connectCaptions(pass: string): CaptionConnection {
  const page = crypto.getRandomValues(new Uint32Array(3)).join('-')
  const listeners = new Set<() => void>()
  /** What was typed and is not sure to have arrived. */
  const unsure = new Map<number, CaptionTyping>()
  let screen = blank
  let typing = 1

  const show = (next: Screen) => {
    screen = next
    for (const listen of listeners) listen()
  }
  const isFinal = () => screen.connection === 'over' || typeof screen.connection === 'object'

  const take = (message: ToCaptionPage) => {
    if (message.kind === 'beat') return
    show(shown(screen, message))
    if (isFinal()) live.close()
    if (message.kind === 'typed') unsure.delete(message.line)
    // Each holds its whole line: what arrived already changes nothing.
    if (message.kind === 'welcome') for (const line of unsure.values()) send(line)
  }
  const live = openLiveSocket<ToCaptionPage>({
    path() {
      const query = new URLSearchParams({ after: String(screen.last), page })
      return `/c/${encodeURIComponent(screen.link ?? pass)}/live?${query}`
    },
    onMessage: take,
    onLost: () => show({ ...screen, connection: 'lost' }),
    onOver: () => show({ ...screen, connection: 'over' }),
  })
  const send = (message: FromCitizenPage | FromSeatPage) => live.send(message)
  /** Of letters that come at once, as from a dictation, the last is told: it holds them all. */
  let telling: ReturnType<typeof setTimeout> | undefined
  const tellSoon = () => {
    telling ??= setTimeout(() => {
      telling = undefined
      const message = unsure.get(typing)
      if (message) send(message)
    }, lettersMs)
  }

  return {
    screen: () => screen,
    subscribe(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    type(text) {
      const message: CaptionTyping = { kind: 'type', line: typing, text }
      unsure.set(typing, message)
      tellSoon()
    },
    finish(text, voice) {
      const message: CaptionTyping = { kind: 'type', line: typing, text, done: true, voice }
      unsure.set(typing++, message)
      send(message)
    },
    tell: send,
    close() {
      clearTimeout(telling)
      live.close()
    },
  }
}
