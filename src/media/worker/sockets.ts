import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export type Receive = (packet: Buffer, from: RemoteInfo) => void

/** The two sockets of a port: RTP, and RTCP on the next number up (RFC 3550, section 11). */
export type SocketPair = {
  readonly rtp: Socket
  readonly rtcp: Socket
  close(): Promise<void>
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
  return { rtp, rtcp, close: async () => void (await Promise.all([closed(rtp), closed(rtcp)])) }
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
