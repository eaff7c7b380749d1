import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { type Arrive, type Transport, unmapped } from '../transport.ts'

/** Bursts of call set-ups wait here while the loop is busy; the kernel caps it at net.core.rmem_max. */
const receiveBufferBytes = 4 * 1024 * 1024

/** Binds a UDP socket. Rejects with the system's error if the port is taken. */
export async function openUdp(address: string, port: number, arrive: Arrive): Promise<Transport> {
  const bothFamilies = isIPv6(address)
  const socket = createSocket({
    type: bothFamilies ? 'udp6' : 'udp4',
    recvBufferSize: receiveBufferBytes,
    // Only IP addresses get here, so there is nothing to look up; the default would wait a turn of the loop.
    lookup: (host, _options, found) => found(null, host, isIPv6(host) ? 6 : 4),
  })
  await bound(socket, address, port)
  socket.on('message', (bytes, from) =>
    arrive(bytes.toString('latin1'), { protocol: 'udp', address: unmapped(from.address), port: from.port }),
  )
  let open = true
  return {
    port: socket.address().port,
    send(text, to, failed) {
      // A name that was looked up meanwhile may come too late.
      if (!open) return
      const machine = bothFamilies && !isIPv6(to.address) ? `::ffff:${to.address}` : to.address
      socket.send(Buffer.from(text, 'latin1'), to.port, machine, error => {
        if (error) failed()
      })
    },
    reaches: to => bothFamilies || !isIPv6(to),
    isConnected: () => false,
    connections: () => 0,
    close() {
      open = false
      return new Promise(resolve => socket.close(() => resolve()))
    },
  }
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, address, () => {
      socket.off('error', reject)
      socket.on('error', ignoreIcmp)
      resolve()
    })
  })
}

/** What the network reports about one peer's port must not end the socket that serves all; its timers will tell. */
const ignoreIcmp = () => undefined
