/** What the runtime alone costs: connected dgram sockets that send a packet every 20 ms and drop what they hear. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

const remotes = process.argv.slice(2).map(Number)
const sockets: Socket[] = []
const packet = Buffer.alloc(172, 0xd5)
packet[0] = 0x80
packet[1] = 8
for (const remote of remotes) {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.connect(remote, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('message', () => undefined)
  socket.on('error', () => undefined)
  sockets.push(socket)
}
let dueMs = performance.now()
let slot = 0
const run = () => {
  for (const nowMs = performance.now(); dueMs <= nowMs; dueMs += 2) {
    for (let at = slot; at < sockets.length; at += 10) sockets[at]!.send(packet)
    slot = (slot + 1) % 10
  }
  setTimeout(run, dueMs - performance.now())
}
run()
process.send!(sockets.map(socket => socket.address().port))
