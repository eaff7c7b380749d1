import type { Clock, Socket } from '../../../foundation/index.ts'
import { type FromPhonePage, readFrame, readMessage, type ToPhonePage, writeFrame } from './protocol.ts'

/** What a page that breaks the rules did. */
export type Offence = 'malformed' | 'flood'

/** A page at the other end of its socket. */
export type Page = {
  tell(message: ToPhonePage): void
  /** 20 ms of sound; left out when the page does not keep up, as late sound is worse than none. */
  say(payload: Uint8Array): void
  /** Resolves once its browser has answered, be the page asleep or not. */
  ping(): Promise<void>
  close(code?: number, reason?: string): void
}

export type PageEars = {
  onMessage(message: FromPhonePage): void
  onFrame(time: number, payload: Uint8Array): void
  onClose(): void
  onOffence(offence: Offence): void
}

/** A page says 50 frames a second; what a connection that stood still brings at once are some seconds of them. */
const messagesASecond = 60
const mostAtOnce = 400
/** A second of sound that has not left yet. */
const mostBacklogBytes = 8_000

/** Listens to a page; one that sends what is no message, or too many, is closed. */
export function openPage(socket: Socket, clock: Clock, ears: PageEars): Page {
  let time = 0
  let allowed = mostAtOnce
  let countedMs = clock.monotonicMs()
  let isClosed = false

  const offend = (offence: Offence) => {
    isClosed = true
    ears.onOffence(offence)
    socket.close(1008, offence)
  }
  const isFlood = () => {
    const nowMs = clock.monotonicMs()
    allowed = Math.min(mostAtOnce, allowed + ((nowMs - countedMs) / 1000) * messagesASecond) - 1
    countedMs = nowMs
    return allowed < 0
  }

  socket.onMessage(message => {
    if (isClosed) return
    if (isFlood()) return offend('flood')
    if (typeof message === 'string') {
      const read = readMessage(message)
      if (read) ears.onMessage(read)
      else offend('malformed')
    } else {
      const frame = readFrame(message)
      if (frame) ears.onFrame(frame.time, frame.payload)
      else offend('malformed')
    }
  })
  socket.onClose(() => {
    isClosed = true
    ears.onClose()
  })

  return {
    tell: message => socket.send(JSON.stringify(message)),
    say(payload) {
      if (socket.backlog() < mostBacklogBytes) socket.send(writeFrame(time, payload))
      time = (time + payload.length) >>> 0
    },
    ping: () => socket.ping(),
    close: (code, reason) => socket.close(code, reason),
  }
}
