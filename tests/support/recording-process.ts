/** A process that records two ports that are bridged, to be killed by whoever started it. */
import { silentLog } from '../../src/foundation/index.ts'
import { startMedia } from '../../src/media/index.ts'

const [path = ''] = process.argv.slice(2)
const pool = await startMedia({
  workers: 1,
  bindAddress: '127.0.0.1',
  portRange: [25000, 25099],
  mediaTimeoutMs: 60_000,
  maxPorts: 2,
  log: silentLog,
})
const one = await pool.open()
const other = await pool.open(one)
for (const port of [one, other])
  port.connect({ address: '127.0.0.1', port: 9, codec: 'PCMA', isStranger: true, send: true })
one.recordTalk(path, 'call')
await one.bridge(other)
process.send!(Date.now())
// Whoever forgets it has it end by itself.
setTimeout(() => process.exit(1), 20_000)
