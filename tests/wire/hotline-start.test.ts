/** What an operator meets at start: one that is quick the second time, and refusals that name what to mend. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { shell } from '../cli/shell.ts'
import { runHotline } from '../support/running-hotline.ts'

let directory: string
let env: Record<string, string>
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jieting-'))
  env = { DATA_DIR: directory, HTTP_PORT: '0', SIP_PORT: '0', SPEECH: 'scripted', LOG_LEVEL: 'silent' }
})
afterEach(() => rm(directory, { recursive: true }))

it('becomes ready a second time in the same folder, knows its seats, and says where to ring and what is off', async () => {
  const first = await runHotline(env)
  const contact = 'sip:s1@127.0.0.1:5090'
  const added = await first.jieting('seat', 'add', 's1', '--name', '一号坐席', '--contact', contact)
  expect(added.code).toBe(0)
  await first.close()

  const second = await runHotline(env)
  try {
    console.info(
      `ready after ${first.readyAfterMs.toFixed(0)} ms, then after ${second.readyAfterMs.toFixed(0)} ms`,
    )
    expect(second.sip.port).toBeGreaterThan(0)
    for (const told of [/s1 {2}一号坐席/, /no recognizer/, /no way out/, /web {2,}http:\/\/[\d.]+:\d+\/$/m])
      expect(second.printed()).toMatch(told)
  } finally {
    await second.close()
  }
}, 90_000)

it('names SIP_PORT when another program has the port', async () => {
  const other = createSocket('udp4').bind(0, '127.0.0.1')
  await once(other, 'listening')
  const port = String(other.address().port)
  const { code, out, err } = await shell(['start', '--lang', 'en'], { ...env, SIP_PORT: port })
  other.close()
  // Before anything is spoken: whoever mends it waits for no voice.
  expect([code, out, err]).toEqual([
    2,
    '',
    expect.stringMatching(new RegExp(`^the SIP port is in use: SIP_PORT: found .*${port}`)),
  ])
}, 60_000)

it('refuses a broken flow, and names its file, line and column', async () => {
  await writeFile(join(directory, 'hotline.yaml'), 'flow: hotline\nstart: nowhere\nstates: {}\n')
  const { code, err } = await shell(['start', '--lang', 'en'], { ...env, FLOWS_DIR: directory })
  expect([code, err]).toEqual([2, expect.stringMatching(/hotline\.yaml:\d+:\d+: found .*, expected /)])
}, 60_000)
