/**
 * `npm run bench -- [--long] [name …]`: measures what was promised of speed, and prints it with its method. What is
 * promised over minutes is looked at for seconds, unless it is to be long.
 */
import { cpus } from 'node:os'
import type { Row } from './row.ts'

const benches: Readonly<Record<string, (isLong: boolean) => Promise<readonly Row[]>>> = {
  media: async () => [
    ...(await (await import('./media.ts')).run()),
    ...(await (await import('./media-parties.ts')).run()),
    ...(await (await import('./recording.ts')).run()),
  ],
  calls: async () => (await import('./calls.ts')).run(),
  browser: async () => (await import('./browser.ts')).run(),
  captions: async () => (await import('./captions.ts')).run(),
  suggestions: async () => (await import('./suggestions.ts')).run(),
  readers: async () => (await import('./readers.ts')).run(),
  orders: async () => (await import('./orders.ts')).run(),
  'orders-million': async isLong => (await import('./orders-million.ts')).run(isLong),
  ledger: async isLong => (await import('./ledger.ts')).run(isLong),
  duties: async () => (await import('./duties.ts')).run(),
  queue: async () => (await import('./queue.ts')).run(),
  day: async () => (await import('./day-figures.ts')).run(),
  hotline: async () => (await import('./hotline.ts')).run(),
  floods: async () => (await import('./floods.ts')).run(),
  start: async () => (await import('./start.ts')).run(),
  triage: async () => (await import('./triage.ts')).run(),
  knowledge: async () => (await import('./knowledge.ts')).run(),
  places: async () => (await import('./places.ts')).run(),
  sound: async isLong => (await import('./sound.ts')).run(isLong),
  endure: async isLong => (await import('./endure.ts')).run(isLong),
}

const isLong = process.argv.includes('--long')
const wanted = process.argv.slice(2).filter(word => word !== '--long')
const unknown = wanted.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; compare within one run only\n`)
console.log('| what | seen | promised | how |\n|---|---|---|---|')
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  for (const row of await run(isLong))
    console.log(`| ${row.what} | ${row.figure} | ${row.target} | ${row.method} |`)
}
