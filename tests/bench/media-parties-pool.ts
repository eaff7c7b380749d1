/** Conversations in a process of their own, in one worker: of so many ports each, all of whom hear all others. */
import { silentLog } from '../../src/foundation/index.ts'
import { type MediaPort, startMedia } from '../../src/media/index.ts'

const [together = 2, ...remotes] = process.argv.slice(2).map(Number)
const pool = await startMedia({
  workers: 1,
  bindAddress: '127.0.0.1',
  portRange: [24000, 25999],
  mediaTimeoutMs: 60_000,
  maxPorts: remotes.length,
  log: silentLog,
})
const ports: MediaPort[] = []
for (const remote of remotes) {
  const port = await pool.open()
  port.connect({ address: '127.0.0.1', port: remote, codec: 'PCMA', eventPayloadType: 101, send: true })
  ports.push(port)
}
for (let first = 0; first + together <= ports.length; first += together) {
  const conversation = ports.slice(first, first + together)
  await Promise.all(conversation.map(port => port.listenTo(conversation.filter(other => other !== port))))
}
process.send!(ports.map(({ local }) => local.port))
