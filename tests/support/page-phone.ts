/** A web page's telephone without the page: its WebSocket, with frames at the pace of a microphone. */
import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { createMailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import type { Frame, Key } from '../../src/media/index.ts'
import { type Call, openBrowserLine } from '../../src/telephony/index.ts'
import { apiToken, createWeb } from '../http/house.ts'
import { type Mark, soundOfMark, soundsOf } from './marks.ts'
import { linesForAll } from './shares.ts'
import { startTestMedia } from './sip-house.ts'

const pcma = codecOf('PCMA')
const silence = new Uint8Array(160).fill(0xd5)

/** The built pages. */
export const pagesDir = join(import.meta.dirname, '..', '..', 'dist', 'web')

/** A browser line behind a front desk; whoever opens `seatUrl` is seat s1. */
export async function openPageHouse(onCall?: (call: Call) => void) {
  const media = await startTestMedia([24_000, 24_999])
  const calls = createMailbox<Call>()
  const line = openBrowserLine({
    media,
    clock: systemClock,
    log: silentLog,
    shares: linesForAll(100),
    journal: { write: () => undefined },
    onCall: onCall ?? (call => calls.put(call)),
    onFailure: call => call.hangup(),
  })
  const seatMount = {
    path: '/seat/line',
    maxMessageBytes: 1024,
    origins: 'same' as const,
    open: (socket: Parameters<typeof line.plugIn>[1]) => line.plugIn('s1', socket),
  }
  const desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    apiToken,
    log: silentLog,
    clock: systemClock,
    ...createWeb().web,
    mounts: { sockets: [line.mount, seatMount], requests: [] },
    pagesDir,
  })
  const base = desk.url.replace('http', 'ws')
  return {
    line,
    media,
    calls,
    url: desk.url,
    callerUrl: `${base}/phone/line`,
    seatUrl: `${base}/seat/line`,
    async close() {
      await line.close()
      await desk.close()
      await media.close()
    },
  }
}

/** A page that has opened its socket. Marks are acknowledged at once: what came is as good as heard. */
export async function openPagePhone(url: string) {
  const socket = new WebSocket(url)
  const rung = createMailbox<true>()
  const frames = new Set<(frame: Frame) => void>()
  const told: Record<string, unknown>[] = []
  const sound: Uint8Array[] = []
  let time = 0xfffffff0
  let tellAnswered: (really: boolean) => void = () => undefined
  let tellEnded: () => void = () => undefined
  let answered!: Promise<boolean>
  let ended!: Promise<void>
  const begin = () => {
    answered = new Promise(resolve => {
      tellAnswered = resolve
    })
    ended = new Promise(resolve => {
      tellEnded = resolve
    })
  }
  begin()
  const over = () => {
    clearInterval(talking)
    talking = undefined
    tellAnswered(false)
    tellEnded()
  }
  const send = (message: object) => socket.send(JSON.stringify(message))
  let talking: NodeJS.Timeout | undefined
  const talk = () => {
    talking ??= setInterval(() => {
      const bytes = Buffer.alloc(164)
      bytes.writeUInt32BE(time)
      bytes.set(sound.shift() ?? silence, 4)
      time = (time + 160) >>> 0
      if (socket.readyState === socket.OPEN) socket.send(bytes)
    }, 20)
  }
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      const payload = data.subarray(4)
      for (const listen of [...frames]) listen({ codec: 'PCMA', payload, timestamp: 0, direction: 'heard' })
      return
    }
    const message = JSON.parse(data.toString()) as Record<string, unknown>
    told.push(message)
    if (message.kind === 'rings') {
      begin()
      rung.put(true)
    } else if (message.kind === 'answered') {
      tellAnswered(true)
      talk()
    } else if (message.kind === 'mark') send({ kind: 'heard', mark: message.mark })
    else if (message.kind === 'ended') over()
  })
  socket.on('close', over)
  await once(socket, 'open')

  const call = () => {
    const [nowAnswered, nowEnded] = [answered, ended]
    return {
      answered: nowAnswered,
      ended: nowEnded,
      says(mark: Mark, ms = 400) {
        const bytes = encode(pcma, soundOfMark(mark, ms).samples)
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
          void nowEnded.then(() => reject(new Error(`did not hear ${mark}`)))
        }),
      /** The next frames that come, of 20 ms each. */
      frames: (count: number) =>
        new Promise<readonly Frame[]>((resolve, reject) => {
          const all: Frame[] = []
          const listen = (frame: Frame) => {
            all.push(frame)
            if (all.length < count) return
            frames.delete(listen)
            resolve(all)
          }
          frames.add(listen)
          void nowEnded.then(() => reject(new Error('the call is over')))
        }),
      press: (key: Key) => send({ kind: 'key', key }),
      accept: () => send({ kind: 'answer' }),
      reject: () => send({ kind: 'refuse' }),
      hangup: () => send({ kind: 'hang-up' }),
    }
  }
  return {
    ...call(),
    socket,
    /** All that the house told in text. */
    told,
    send,
    ring: (to: string) => send({ kind: 'ring', to }),
    async rings() {
      await rung.take()
      return call()
    },
    close: () => socket.close(),
  }
}
