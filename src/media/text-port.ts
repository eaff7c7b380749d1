import type { RemoteInfo } from 'node:dgram'
import type { Cancel, Clock } from '../foundation/index.ts'
import { admits, createLatch, expectSource } from './latch.ts'
import { emptyRtpFields, readRtp } from './rtp.ts'
import { createTextHearing, createTextSending, hearText, type TextPayloads, textPacket } from './t140.ts'
import { closeSockets, openSockets, sendTo } from './worker/sockets.ts'

/** The other end of a line of text, as its SDP said. */
export type TextRemote = {
  readonly address: string
  readonly port: number
  /** As of sound. */
  readonly signalsFrom?: string
  readonly payloads: TextPayloads
  /** Characters a second that it takes (RFC 4103, section 6); 30 when it does not say. */
  readonly charactersASecond?: number
  /** What it wants of us: false while it has us on hold. */
  readonly send: boolean
}

/**
 * Text there and back as it is typed (T.140: backspace takes back, line separator ends a line). It is served on the main
 * thread: some three packets a second while somebody types are nothing that a 20 ms loop has to carry.
 */
export type TextPort = {
  readonly local: { readonly address: string; readonly port: number }
  /** Sends to and listens to `remote` from now on; again after a re-INVITE. */
  connect(remote: TextRemote): void
  /** Goes out at once when the line was idle, else with the next packet. */
  send(text: string): void
  /** @param listen given what came, in order, each letter once; U+FFFD where some was lost. */
  onText(listen: (text: string) => void): void
  close(): Promise<void>
}

/** How often text is sent while there is some (RFC 4103, section 4). */
const everyMs = 300
const usualCharactersASecond = 30
/** What waits beyond is more than anyone reads: the oldest goes. */
const mostWaiting = 3_000
const heldText = '\ufeff'

/** Undefined when the port's number is taken. */
export async function openTextPort(
  bindAddress: string,
  local: TextPort['local'],
  clock: Clock,
): Promise<TextPort | undefined> {
  const latch = createLatch()
  const sending = createTextSending()
  const hearing = createTextHearing()
  const fields = emptyRtpFields()
  let remote: TextRemote | undefined
  let waiting: string[] = []
  let cancel: Cancel | undefined
  let listen: (text: string) => void = () => undefined
  let isClosed = false

  const take = (packet: Buffer, { address, port }: RemoteInfo) => {
    if (!remote || isClosed || !readRtp(packet, fields)) return
    const { t140, red } = remote.payloads
    if (fields.payloadType !== t140 && fields.payloadType !== red) return
    if (!admits(latch, address, port)) return
    const text = hearText(hearing, remote.payloads, fields, packet)?.replaceAll(heldText, '')
    if (text) listen(text)
  }
  const sockets = await openSockets(bindAddress, local.port, take, () => undefined)
  if (!sockets) return undefined

  /** One packet, and the next in 300 ms until all was said, and said again. */
  const beat = () => {
    cancel = undefined
    if (!remote?.send || isClosed) return
    const share = Math.floor(((remote.charactersASecond ?? usualCharactersASecond) * everyMs) / 1000)
    const text = waiting.splice(0, Math.max(1, share)).join('')
    const packet = textPacket(sending, remote.payloads, text, clock.monotonicMs())
    if (!packet) return
    sendTo(sockets.rtp, packet, latch.port, latch.address)
    cancel = clock.after(everyMs, beat)
  }

  return {
    local,
    connect(to) {
      remote = to
      expectSource(latch, to.address, to.port, to.signalsFrom)
      if (!cancel) beat()
    },
    send(text) {
      waiting.push(...text)
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting)
      if (!cancel) beat()
    },
    onText(to) {
      listen = to
    },
    async close() {
      if (isClosed) return
      isClosed = true
      cancel?.()
      await closeSockets(sockets)
    },
  }
}
