/** A SIP line on a real server, with its media: the embedded server, or the one that DRACHTIO_URL names. */
import { exampleCity } from '../../src/city/index.ts'
import { createMailbox, type Log, type Mailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type MediaPool, startMedia } from '../../src/media/index.ts'
import { type Sipd, startSipd, type Timing } from '../../src/sipd/index.ts'
import {
  type Call,
  type CallFact,
  openSipLine,
  type SipLine,
  type SipLineOptions,
  type SipServerAddress,
} from '../../src/telephony/index.ts'
import { linesForAll } from './shares.ts'

/** Another server than the embedded one, `drachtio://host:port`; its secret in DRACHTIO_SECRET. */
const external = process.env.DRACHTIO_URL

export type SipServer = {
  readonly control: SipServerAddress
  /** Absent where the server is another process. */
  readonly sipd?: Sipd
  close(): Promise<void>
}

/** @param timing of the embedded server alone */
export async function startSipServer(controlPort = 0, timing?: Timing): Promise<SipServer> {
  if (external) {
    const { hostname, port } = new URL(external)
    const secret = process.env.DRACHTIO_SECRET ?? 'cymru'
    return { control: { host: hostname, port: Number(port), secret }, close: async () => undefined }
  }
  const secret = 'open sesame'
  const sipd = await startSipd({
    clock: systemClock,
    log: silentLog,
    secret,
    controlPort,
    sipAddress: '127.0.0.1',
    sipPort: 0,
    timing,
  })
  return {
    control: { host: '127.0.0.1', port: sipd.controlPort, secret, isEmbedded: true },
    sipd,
    close: sipd.close,
  }
}

export const startTestMedia = (portRange: readonly [number, number], log: Log = silentLog) =>
  startMedia({ workers: 1, bindAddress: '127.0.0.1', portRange, mediaTimeoutMs: 30_000, maxPorts: 500, log })

export type SipHouse = {
  readonly line: SipLine
  readonly media: MediaPool
  readonly server: SipServer
  /** Calls that came in. */
  readonly calls: Mailbox<Call>
  readonly facts: CallFact[]
  /** Where phones find the server. */
  readonly sip: { readonly host: string; readonly port: number }
  close(): Promise<void>
}

/** Opens a house whose calls wait in `calls`, or go to `onCall`. */
export async function openSipHouse(
  options: Partial<SipLineOptions> & {
    readonly portRange?: readonly [number, number]
    readonly timing?: Timing
  } = {},
): Promise<SipHouse> {
  const { portRange = [21_000, 22_999], timing, ...rest } = options
  const server = await startSipServer(0, timing)
  const media = options.media ?? (await startTestMedia(portRange))
  const calls = createMailbox<Call>()
  const facts: CallFact[] = []
  const line = openSipLine({
    server: server.control,
    media,
    clock: systemClock,
    log: silentLog,
    journal: { write: (_, fact) => facts.push(fact) },
    home: exampleCity,
    shares: linesForAll(100),
    onCall: call => calls.put(call),
    onFailure: call => call.hangup(),
    ...rest,
  })
  await isUp(line)
  return {
    line,
    media,
    server,
    calls,
    facts,
    sip: sipAddress(line),
    async close() {
      await line.close()
      await media.close()
      await server.close()
    },
  }
}

export const isUp = (line: SipLine) =>
  new Promise<void>(resolve => {
    if (line.isUp()) return resolve()
    const off = line.notices.on('up', () => {
      off()
      resolve()
    })
  })

/** The UDP address of `udp/127.0.0.1:5060,tcp/…`. */
export function sipAddress(line: SipLine): SipHouse['sip'] {
  const [, host = '', port = ''] = /udp\/([^:,]+):(\d+)/.exec(line.listensOn() ?? '') ?? []
  return { host, port: Number(port) }
}
