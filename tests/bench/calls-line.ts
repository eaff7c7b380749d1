/** The SIP line as the product has it: a media port, a greeting begun, the journal in a database. */
import { exampleCity } from '../../src/city/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { soundOf, startMedia } from '../../src/media/index.ts'
import { migrate, openDatabase } from '../../src/storage/index.ts'
import { callMigrations, createJournal, openSipLine } from '../../src/telephony/index.ts'
import { linesForAll } from '../support/shares.ts'

const clock = systemClock
const log = silentLog
const withJournal = process.argv[3] === 'journal'
const greeting = soundOf(new Int16Array(8000 * 5).fill(1000), 'greeting')
const media = await startMedia({
  workers: 1,
  bindAddress: '127.0.0.1',
  mediaTimeoutMs: 30_000,
  maxPorts: 1000,
  log,
})
const database = withJournal ? await openDatabase({ clock, log }) : undefined
if (database) await migrate(database, callMigrations)
const journal = database ? createJournal({ database, clock, log }) : { write: () => undefined }
const line = openSipLine({
  server: { host: '127.0.0.1', port: Number(process.argv[2]), secret: 'bench' },
  media,
  clock,
  log,
  journal,
  home: exampleCity,
  shares: linesForAll(1000),
  onCall: async call => {
    await call.play([greeting])
  },
  onFailure: call => call.hangup(),
})
line.notices.on('up', () => process.send!('up'))
process.on('message', () => process.send!(process.cpuUsage()))
