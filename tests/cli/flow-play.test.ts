import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type } from './terminal.ts'

let dir: string
let env: Record<string, string>
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jieting-play-'))
  env = { DATA_DIR: dir, SPEECH: 'scripted', PATH: process.env.PATH ?? '' }
})
afterAll(() => rm(dir, { recursive: true }))

const soon = ['--answers-after', '10ms']

it('is a call in the terminal: what is said as text, keys as they are typed, with the time', async () => {
  const { code, out } = await type(['flow', 'play', 'hotline', ...soon], env, '0')
  expect(code).toBe(0)
  expect(out.split('\n').map(line => line.replace(/^\d\d:\d\d\.\d/, 'time'))).toEqual([
    '按键 0–9、*、#；空格是说话；Ctrl-C 挂断',
    'time  听到      您好，12345热线，正在转接人工。',
    'time  按键      0',
    'time  排队      hotline',
    'time  听到      正在为您接通话务员，请稍候。',
    'time  人工接听',
    '通话结束',
    '',
  ])
})

it('speaks English, knows elder callers, the time in China, and what is broken', async () => {
  const asked = ['--language', 'en', '--at', '2026-02-17 03:00', '--fail', 'transfer', 'prompt', '--json']
  const { out } = await type(['flow', 'play', 'after-hours', ...soon, ...asked], env, '0')
  expect(JSON.parse(out)).toMatchObject([
    { kind: 'pressed', key: '0' },
    { kind: 'queue', reason: 'after-hours' },
    { kind: 'served' },
  ])
  const elder = await type(['flow', 'play', 'hotline', '--elder', ...soon, '--json'], env, '0')
  expect(JSON.parse(elder.out)).toContainEqual(expect.objectContaining({ kind: 'queue', reason: 'elder' }))
})

it('lets the caller hang up, as Ctrl-C does in a terminal', async () => {
  const { out } = await type(['flow', 'play', 'survey'], env, '\u0003')
  expect(out).toMatch(/挂断 +来电人\n通话结束\n$/)
})

it('names an option that is wrong, and a flow that is not there', async () => {
  const wrong = await type(['flow', 'play', 'hotline', '--at', 'today'], env)
  expect([wrong.code, wrong.err]).toEqual([
    2,
    '填写的内容有误，请检查。at：现为 "today"；应为 时间，如 "2026-02-17 03:00"\n',
  ])
  const unknown = await type(['flow', 'play', 'nope'], env)
  expect([unknown.code, unknown.err]).toMatchObject([1, expect.stringContaining('hotline')])
})

it('says aloud what is heard, through the player of this machine', async () => {
  const player = join(dir, 'play')
  const heard = join(dir, 'heard.raw')
  await writeFile(player, `#!/bin/sh\ncat >> ${heard}\n`)
  await chmod(player, 0o755)
  const path = `${dir}:${env.PATH}`
  const { code, err } = await type(
    ['flow', 'play', 'hotline', '--sound', '--answers-after', '1s'],
    { ...env, PATH: path },
    '0',
  )
  expect([code, err]).toEqual([0, expect.stringMatching(/提示音 (\d+)\/\1\n$/)])
  // A second of sound is 16,000 bytes.
  expect((await readFile(heard)).length).toBeGreaterThan(16_000)
}, 60_000)

it('says what to install when this machine has no player', async () => {
  const { code, err } = await type(['flow', 'play', 'hotline', '--sound'], {
    ...env,
    PATH: join(dir, 'none'),
  })
  expect([code, err]).toEqual([
    1,
    '没有可用的播放程序。--sound：现为 PATH 里没有 play，也没有 aplay；应为 SoX（play）或 alsa-utils（aplay）\n',
  ])
})
