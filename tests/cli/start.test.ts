import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { shell, startHotline } from './shell.ts'

let env: Record<string, string>
beforeEach(async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'jieting-'))
  env = { DATA_DIR, HTTP_PORT: '0', SIP_PORT: '0', SPEECH: 'scripted', LOG_LEVEL: 'silent' }
})
afterEach(() => rm(env.DATA_DIR ?? '', { recursive: true }))

it('starts, serves the commands, and stops in time when it is told to', async () => {
  const hotline = await startHotline(env)
  const seats = await shell(['seat', 'list'], { ...env, JIETING_URL: hotline.url ?? '' })
  expect([seats.code, seats.err]).toEqual([0, ''])
  expect(seats.out).toContain('还没有坐席')

  const toldMs = performance.now()
  hotline.kill('SIGTERM')
  expect(await hotline.exited).toBe(0)
  expect(performance.now() - toldMs).toBeLessThan(6000)
}, 60_000)

it('goes on when nobody reads what it prints, and stops when it is told to', async () => {
  const hotline = await startHotline({ ...env, LOG_LEVEL: 'debug' })
  hotline.loseTerminal()
  const seats = await shell(['seat', 'list'], { ...env, JIETING_URL: hotline.url ?? '' })
  expect([seats.code, seats.err]).toEqual([0, ''])
  hotline.kill('SIGTERM')
  expect(await hotline.exited).toBe(0)
}, 60_000)

it('refuses to start with wrong settings and files, and names all of them in one round', async () => {
  const { code, err } = await shell(['start', '--lang', 'en'], {
    ...env,
    MAX_CALLS: '0',
    CALLER_ID: 'me',
    OIDC_ISSUER: 'https://id.example',
    CITY_FILE: '/nowhere/city.json',
    ORDER_PROFILE: 'atlantis',
  })
  expect(code).toBe(2)
  expect(err.trim().split('\n').sort()).toEqual([
    'a file of rules is wrong; tell the administrator: ORDER_PROFILE: found "atlantis", expected one of beijing, tianjin, shandong, jinan',
    'a setting is wrong: CALLER_ID: found "me", expected a telephone number of 3 to 15 digits',
    'a setting is wrong: MAX_CALLS: found "0", expected a whole number from 1 to 10000',
    'settings contradict each other: OIDC_ISSUER: found an issuer alone, expected OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, as the provider gave them',
    'the city’s file or rules are wrong: /nowhere/city.json: found no file that can be read (ENOENT), expected a JSON file',
  ])
})

it('refuses a DATA_DIR that can be none, which somebody mistyped, and blames no key', async () => {
  const { code, err } = await shell(['start', '--lang', 'en'], { ...env, DATA_DIR: '/dev/null/data' })
  expect([code, err]).toEqual([
    2,
    'the data folder cannot be used: DATA_DIR: found /dev/null/data, which cannot be made (ENOTDIR), expected a folder of the user who runs this, or a place where they may make one\n',
  ])
})

it('names HTTP_PORT when another program has the port', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = String(typeof address === 'object' ? address?.port : '')
  const { code, err } = await shell(['start'], { ...env, HTTP_PORT: port })
  expect([code, err]).toEqual([
    2,
    `端口已被占用。HTTP_PORT：现为 端口 ${port} 已被别的程序占用；应为 空闲的端口：结束那个程序，或把 HTTP_PORT 换一个\n`,
  ])
  await once(other.close(), 'close')
}, 60_000)
