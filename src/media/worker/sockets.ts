import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export type Receive = (packet: Buffer, from: RemoteInfo) => void

/** The two sockets of a port: RTP, and RTCP on the next number up (RFC 3550, section 11). */
export type SocketPair = {
  readonly rtp: Socket
  readonly rtcp: Socket
  /** The RTP socket is fixed on one other end: the kernel turns strangers away, and needs no address to send. */
  isAimed: boolean
}

/** Binds both, or neither: undefined when one of the two numbers is taken. @throws what else keeps them from it. */
export async function openSockets(
  address: string,
  rtpPort: number,
  onRtp: Receive,
  onRtcp: Receive,
): Promise<SocketPair | undefined> {
  const rtp = await bound(address, rtpPort, onRtp)
  if (!rtp) return undefined
  const rtcp = await bound(address, rtpPort + 1, onRtcp).catch(async error => {
    await closed(rtp)
    throw error
  })
  if (!rtcp) {
    await closed(rtp)
    return undefined
  }
  return { rtp, rtcp, isAimed: false }
}

export async function closeSockets({ rtp, rtcp }: SocketPair): Promise<void> {
  await Promise.all([closed(rtp), closed(rtcp)])
}

/** Port 0 and 65536 can be asked for from outside (a forged source, RTCP above 65535), and dgram throws at them. */
export function sendTo(socket: Socket, packet: Uint8Array, port: number, address: string): void {
  if (port > 0 && port < 65536) socket.send(packet, port, address)
}

/** Fixes the RTP socket on the source of a packet that came on it. */
export function aim(pair: SocketPair, port: number, address: string): void {
  pair.rtp.removeAllListeners('connect')
  pair.rtp.once('connect', () => {
    pair.isAimed = true
  })
  pair.rtp.connect(port, address)
}

export function unaim(pair: SocketPair): void {
  if (!pair.isAimed) return
  pair.isAimed = false
  pair.rtp.disconnect()
}

function bound(address: string, port: number, onPacket: Receive): Promise<Socket | undefined> {
  // Addresses come from SDP as numbers: no resolver is asked, neither here nor for each packet sent.
  const type = isIPv6(address) ? 'udp6' : 'udp4'
  const socket = createSocket({ type, lookup: (name, _, done) => done(null, name, type === 'udp6' ? 6 : 4) })
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error')
      // An unreachable other end shows as an error of the next read; silence on the line is what tells us.
      socket.on('error', () => undefined)
      socket.on('message', onPacket)
      resolve(socket)
    })
  })
}

function closed(socket: Socket): Promise<void> {
  return new Promise(resolve => socket.close(() => resolve()))
}
