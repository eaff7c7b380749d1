import type { Socket } from '../../../foundation/index.ts'
import type { FarEnd, StreamCall } from '../../stream-call.ts'
import type { FromTwilio } from './messages.ts'

/** A call's Media Stream, from before it is there to its close. */
export type MediaStream = {
  readonly far: FarEnd
  isOpen(): boolean
  /** It is there: the call talks from now on. */
  open(socket: Socket, streamSid: string, made: StreamCall): void
  /** What it says of sound, keys and marks. */
  take(message: FromTwilio, made: StreamCall): void
  close(): void
}

/** Beyond a second of sound that has not left, more would only come later. */
const mostBacklogBytes = 16_000

export function createMediaStream(): MediaStream {
  let socket: Socket | undefined
  let streamSid = ''
  const send = (event: string, more: object = {}) =>
    socket?.send(JSON.stringify({ event, streamSid, ...more }))
  return {
    far: {
      say(payload) {
        if (!socket || socket.backlog() > mostBacklogBytes) return
        send('media', { media: { payload: Buffer.from(payload).toString('base64') } })
      },
      mark: name => send('mark', { mark: { name } }),
      clear: () => send('clear'),
    },
    isOpen: () => socket !== undefined,
    open(opened, sid, made) {
      socket = opened
      streamSid = sid
      made.port.connect('PCMU')
      made.answered('PCMU')
    },
    take(message, made) {
      if (message.event === 'media') {
        const bytes = Buffer.from(message.media.payload, 'base64')
        made.port.hear(bytes, (message.media.timestamp * 8) >>> 0)
      } else if (message.event === 'dtmf') made.port.hearKey(message.dtmf.digit)
      else if (message.event === 'mark') made.heard(message.mark.name)
    },
    close: () => socket?.close(),
  }
}
