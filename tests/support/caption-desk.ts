/** Captions on a port of their own: calls on the loopback line, pages served as in the product, the system's clock. */
import { join } from 'node:path'
import { createCaptions, openLive } from '../../src/captions/index.ts'
import { createMailbox, type Socket, silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import type { Recognizer } from '../../src/speech/index.ts'
import { type Call, openLoopbackLine } from '../../src/telephony/index.ts'
import { createWeb } from '../http/house.ts'

const pagesDir = join(import.meta.dirname, '..', '..', 'dist', 'web')

export async function openCaptionDesk(recognizer?: Recognizer) {
  const clock = systemClock
  const log = silentLog
  const captions = createCaptions({ clock, log, recognizer, agentOf: seat => Number(seat.slice(1)) })
  const live = openLive({ captions, clock, log })
  const calls = createMailbox<Call>()
  const line = openLoopbackLine({
    clock,
    log,
    workers: 1,
    journal: { write: (call, fact) => captions.happens(call, fact) },
    async onCall(call) {
      captions.begin(call)
      await call.answer()
      calls.put(call)
    },
    onFailure: () => undefined,
  })
  const sockets = new Set<Socket>()
  const frontDesk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log,
    clock,
    pagesDir,
    apiToken: 'no-token-is-needed-here',
    mounts: {
      sockets: [
        {
          ...live.mount,
          open(socket, asked) {
            sockets.add(socket)
            live.mount.open(socket, asked)
          },
        },
      ],
      requests: [],
    },
    ...createWeb().web,
  })

  return {
    url: frontDesk.url,
    captions,
    /** Someone rings, and is answered. */
    async ring() {
      const phone = line.ring({ from: '13800138000', to: '12345' })
      const call = await calls.take()
      const transcript = call && captions.of(call.id)
      if (!call || !transcript) throw new Error('no call')
      return { phone, call, captions: transcript, pass: captions.passes.ofCall(call.id) }
    },
    /** A seat takes the call. */
    async seat(call: Call, name: string) {
      const unplug = line.plugIn(`sip:${name}`, phone => phone.accept())
      const leg = await line.dial(
        { kind: 'seat', name, contact: `sip:${name}` },
        { near: call, ringMs: 1000 },
      )
      unplug()
      await call.bridge(leg)
      captions.meets(call.id, leg)
      captions.happens(call.id, { kind: 'connected', seat: name, seatCall: leg.id })
      return leg
    },
    /** Every page loses its connection. */
    dropReaders() {
      for (const socket of sockets) socket.close(1001)
      sockets.clear()
    },
    async close() {
      live.close()
      await line.close()
      await frontDesk.close()
    },
  }
}
