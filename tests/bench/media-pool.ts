/** The pool under test in a process of its own: one worker, a call for each remote port, a prompt looping on each. */
import { silentLog } from '../../src/foundation/index.ts'
import { type MediaPort, soundOf, startMedia } from '../../src/media/index.ts'

const remotes = process.argv.slice(2).map(Number)
const prompt = soundOf(
  Int16Array.from({ length: 8000 * 10 }, (_, at) => 8000 * Math.sin((2 * Math.PI * 440 * at) / 8000)),
)
const answer = soundOf(prompt.samples.subarray(8000))
const pool = await startMedia({
  workers: 1,
  bindAddress: '127.0.0.1',
  portRange: [24000, 25999],
  mediaTimeoutMs: 60_000,
  maxPorts: remotes.length,
  log: silentLog,
})
const ports: MediaPort[] = []
const bytesBefore = process.memoryUsage().rss
for (const remote of remotes) {
  const port = await pool.open()
  port.connect({ address: '127.0.0.1', port: remote, codec: 'PCMA', eventPayloadType: 101, send: true })
  port.on('key', () => void port.play([answer], { loop: true }))
  void port.play([prompt], { loop: true })
  ports.push(port)
}
process.send!(ports.map(({ local }) => local.port))
process.on('message', () =>
  process.send!({ rss: process.memoryUsage().rss - bytesBefore, figures: pool.figures() }),
)
