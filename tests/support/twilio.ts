/**
 * Twilio as its documents describe it: signs webhooks, follows the TwiML that it is given, streams 20 ms frames, keeps
 * what it is sent until that has been played, and then acknowledges its marks.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { Frame, Key } from '../../src/media/index.ts'
import { type Mark, soundOfMark, soundsOf } from './marks.ts'

export type Twilio = { readonly deskUrl: string; readonly publicUrl: string; readonly authToken: string }

const pcmu = codecOf('PCMU')
const silence = new Uint8Array(160).fill(0xff)
export const newSid = (prefix: string) => prefix + randomBytes(16).toString('hex')

/** https://www.twilio.com/docs/usage/security: HMAC-SHA1 over the URL and the fields, sorted by name. */
export function sign(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + fields[name], url)
  return createHmac('sha1', authToken).update(text).digest('base64')
}

/** A webhook; signed rightly unless told otherwise. */
export function post(
  { deskUrl, publicUrl, authToken }: Twilio,
  path: string,
  fields: Readonly<Record<string, string>>,
  signature = sign(authToken, publicUrl + path, fields),
): Promise<Response> {
  return fetch(deskUrl + path, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signature },
    body: new URLSearchParams(fields),
  })
}

export const fieldsOf = (callSid: string, status = 'ringing', to = '+861012345') => ({
  CallSid: callSid,
  CallStatus: status,
  AccountSid: newSid('AC'),
  Direction: 'inbound',
  From: '+8613800138000',
  To: to,
  ApiVersion: '2010-04-01',
})

/** Someone rings a number at Twilio. */
export async function ringThrough(twilio: Twilio, to?: string, callSid = newSid('CA')) {
  const twiml = await (await post(twilio, '/twilio/voice', fieldsOf(callSid, 'ringing', to))).text()
  const token = /name="token" value="([^"]+)"/.exec(twiml)?.[1]
  const url = /<Stream url="([^"]+)"/.exec(twiml)?.[1]
  return {
    callSid,
    twiml,
    token,
    stream: url && token ? await openStream(twilio, callSid, token) : undefined,
  }
}

/** The stream that TwiML asked for, over the proxy to the front desk. */
export async function openStream({ deskUrl }: Twilio, callSid: string, token: string) {
  const socket = new WebSocket(`${deskUrl.replace('http', 'ws')}/twilio/stream`)
  const streamSid = newSid('MZ')
  const frames = new Set<(frame: Frame) => void>()
  const sound: Uint8Array[] = []
  /** Sent to us and not played yet: frames, and the marks between them. */
  let buffer: (Uint8Array | string)[] = []
  const cleared: number[] = []
  let sequence = 0
  let chunk = 0
  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return
    socket.send(JSON.stringify({ sequenceNumber: String(++sequence), streamSid, ...message }))
  }
  const acknowledge = (name: string) => send({ event: 'mark', mark: { name } })
  const tick = () => {
    const payload = Buffer.from(sound.shift() ?? silence).toString('base64')
    const media = { track: 'inbound', chunk: String(chunk + 1), timestamp: String(chunk * 20), payload }
    chunk++
    send({ event: 'media', media })
    while (typeof buffer[0] === 'string') acknowledge(buffer.shift() as string)
    const heard = buffer.shift() as Uint8Array | undefined
    if (heard)
      for (const listen of [...frames])
        listen({ codec: 'PCMU', payload: heard, timestamp: 0, direction: 'heard' })
  }
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString())
    if (message.event === 'media') buffer.push(Buffer.from(message.media.payload, 'base64'))
    else if (message.event === 'mark') buffer.push(message.mark.name)
    else if (message.event === 'clear') {
      cleared.push(buffer.length)
      const marks = buffer.filter(item => typeof item === 'string')
      buffer = []
      for (const name of marks) acknowledge(name)
    }
  })
  const ended = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  send({ event: 'connected', protocol: 'Call', version: '1.0.0' })
  send({
    event: 'start',
    start: {
      streamSid,
      callSid,
      accountSid: newSid('AC'),
      tracks: ['inbound'],
      customParameters: { token },
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
    },
  })
  const ticking = setInterval(tick, 20)
  void ended.then(() => clearInterval(ticking))
  return {
    socket,
    ended,
    /** How much was waiting, each time we were told to clear. */
    cleared,
    press: (key: Key) => send({ event: 'dtmf', dtmf: { track: 'inbound_track', digit: key } }),
    says(mark: Mark) {
      const bytes = encode(pcmu, soundOfMark(mark, 400).samples)
      for (let at = 0; at < bytes.length; at += 160) sound.push(bytes.subarray(at, at + 160))
    },
    hears: (mark: Mark) =>
      new Promise<void>((resolve, reject) => {
        const listen = (frame: Frame) => {
          if (!soundsOf(mark, frame)) return
          frames.delete(listen)
          resolve()
        }
        frames.add(listen)
        void ended.then(() => reject(new Error(`did not hear ${mark}`)))
      }),
    hangup() {
      send({ event: 'stop', stop: { callSid } })
      socket.close()
    },
  }
}
