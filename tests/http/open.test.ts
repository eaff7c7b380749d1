import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk, readOrMakeToken, readToken } from '../../src/http/index.ts'
import { apiToken, bearer, createWeb } from './house.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const open = (port: number) =>
  openFrontDesk({
    host: '127.0.0.1',
    port,
    apiToken,
    log: silentLog,
    clock: systemClock,
    ...createWeb().web,
  })

it('answers on the port that it was given, until it is closed', async () => {
  const desk = await open(0)
  const answer = await fetch(`${desk.url}/api/seats`, { headers: bearer })
  expect(answer.status).toBe(200)
  await desk.close()
  await expect(fetch(`${desk.url}/livez`)).rejects.toThrow('fetch failed')
})

it('names HTTP_PORT and the mend when the port is taken', async () => {
  const first = await open(0)
  const port = Number(new URL(first.url).port)
  await expect(open(port)).rejects.toMatchObject({
    code: 'port-taken',
    place: 'HTTP_PORT',
    found: `port ${port} in use by another program`,
  })
  await first.close()
})

it('makes a token at the first start, for the owner alone, and keeps it', async () => {
  const dir = join(dataDir, 'deeper', 'still')
  const made = await readOrMakeToken(dir)
  expect(made.madeNow).toBe(true)
  expect(made.token).toMatch(/^[\w-]{32}$/)
  expect((await stat(made.path)).mode & 0o777).toBe(0o600)
  expect(await readFile(made.path, 'utf8')).toBe(`${made.token}\n`)
  expect(await readOrMakeToken(dir)).toEqual({ ...made, madeNow: false })
})

it('says what to do about a token that is empty or missing', async () => {
  await expect(readToken(dataDir)).rejects.toMatchObject({ code: 'token-unreadable' })
  await writeFile(join(dataDir, 'api-token'), '\n')
  await expect(readOrMakeToken(dataDir)).rejects.toMatchObject({ code: 'token-empty' })
})
