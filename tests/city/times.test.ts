/** A terminal shows the city's time on any machine, and says so where the machine's clock shows another. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const script = `
  const { timesOf } = await import('./dist/cli/times.js')
  const [zone, at] = process.argv.slice(1)
  const times = timesOf(zone, said => said)
  console.log([times.minute(Date.parse(at)), times.second(Date.parse(at)), ...times.note().slice(1)].join('|'))`

function shown(machine: string, zone: string, at: string): string {
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, zone, at], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, TZ: machine },
    encoding: 'utf8',
  }).stdout.trim()
}

it.each([
  [
    'UTC',
    'Asia/Shanghai',
    '2026-01-05T02:00Z',
    '2026-01-05 10:00|2026-01-05 10:00:00|Asia/Shanghai, UTC+08:00',
  ],
  [
    'America/New_York',
    'Asia/Shanghai',
    '2026-01-05T16:30Z',
    '2026-01-06 00:30|2026-01-06 00:30:00|Asia/Shanghai, UTC+08:00',
  ],
  ['Asia/Shanghai', 'Asia/Shanghai', '2026-01-05T02:00Z', '2026-01-05 10:00|2026-01-05 10:00:00'],
  // Other names, and the same time on the clock.
  ['Asia/Singapore', 'Asia/Shanghai', '2026-01-05T02:00Z', '2026-01-05 10:00|2026-01-05 10:00:00'],
  [
    'Asia/Shanghai',
    'Europe/London',
    '2026-01-05T02:00Z',
    '2026-01-05 02:00|2026-01-05 02:00:00|Europe/London, UTC+00:00',
  ],
  [
    'UTC',
    'Europe/London',
    '2026-07-05T02:00Z',
    '2026-07-05 03:00|2026-07-05 03:00:00|Europe/London, UTC+01:00',
  ],
])('on a machine in %s, for a city in %s, %s is %s', (machine, zone, at, text) => {
  expect(shown(machine, zone, at)).toBe(text)
})
