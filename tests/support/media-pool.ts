import { afterEach } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import {
  type MediaOptions,
  type MediaPool,
  type MediaPort,
  type Port,
  type Remote,
  startMedia,
} from '../../src/media/index.ts'
import { createRtpPeer, type RtpPeer } from './rtp-peer.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

/** A pool on loopback that ends with the test. */
export async function mediaForTest(options: Partial<MediaOptions> = {}): Promise<MediaPool> {
  const pool = await startMedia({
    workers: 1,
    bindAddress: '127.0.0.1',
    portRange: [26000, 26999],
    mediaTimeoutMs: 60_000,
    maxPorts: 8,
    log: silentLog,
    ...options,
  })
  open.push(pool.close)
  return pool
}

/** A telephone, and the port of the pool that serves it, knowing of each other. */
export async function phoneOn(
  pool: MediaPool,
  remote: Partial<Remote> = {},
  near?: Port,
): Promise<[RtpPeer, MediaPort]> {
  const peer = await createRtpPeer()
  open.push(peer.close)
  const port = await pool.open(near)
  port.connect({ ...remoteOf(peer), ...remote })
  return [peer, port]
}

export function remoteOf({ address, port }: { address: string; port: number }): Remote {
  return { address, port, codec: 'PCMA', eventPayloadType: 101, send: true }
}

/** Resolves with the next notice of that name. */
export function notice<Name extends 'key' | 'lost'>(port: Port, name: Name) {
  return new Promise<Parameters<Parameters<typeof port.on<Name>>[1]>[0]>(resolve => {
    const off = port.on(name, heard => {
      off()
      resolve(heard)
    })
  })
}
