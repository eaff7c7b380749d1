import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sound } from '../ivr/verify-flow.ts'
import { type } from './terminal.ts'

let dir: string
let env: Record<string, string>
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jieting-files-'))
  await writeFile(join(dir, 'sound.yaml'), sound)
  env = { DATA_DIR: join(dir, 'data'), SPEECH: 'scripted' }
})
afterAll(() => rm(dir, { recursive: true }))

it('proves flows in seconds of sound, made once, and says what that cost apart from the proof', async () => {
  const { code, out, err } = await type(['flow', 'verify', dir], env)
  expect([code, err]).toEqual([0, '提示音 18/18\n'])
  expect(out).toContain('已证明：sound')
  expect(out).toMatch(/最可能 \d+\.\d s \(zh-CN\)、\d+\.\d s \(en\)；最长 \d+\.\d s/)
  expect(out).toMatch(/时长取自真实声音：18 条提示音，用录音或 scripted，用时 \d+\.\d s/)
  expect(out).toMatch(/证明用时 \d+\.\d s\n$/)
})

it('reads a word of an earlier build, and hints at the one of today with its place', async () => {
  const old = await mkdtemp(join(tmpdir(), 'jieting-files-'))
  const text = sound.replace('bye:\n    hangup: { because: chosen }', 'bye:\n    call: { flow: other }')
  await writeFile(join(old, 'sound.yaml'), text)
  await writeFile(join(old, 'other.yaml'), sound.replace('flow: sound', 'flow: other'))
  const { code, out } = await type(['flow', 'verify', old, '--estimate'], env)
  await rm(old, { recursive: true })
  expect(code).toBe(0)
  expect(out).toMatch(/提示（旧词仍能读）：\S*sound\.yaml:29:5：现为 "call"；应为 "goto"/)
})

it('estimates where it is asked to, and says so', async () => {
  const { code, out } = await type(['flow', 'verify', dir, '--estimate'], env)
  expect(code).toBe(0)
  expect(out).toContain('时长按音节估算：--estimate')
})

it('plays a language that came as a file, and refuses one that did not', async () => {
  const { out } = await type(
    ['flow', 'play', 'elder', '--language', 'yue', '--answers-after', '10ms'],
    env,
    '0',
  )
  expect(out).toContain('听到      而家帮您搵紧人')
  const { code, err } = await type(['flow', 'play', 'elder', '--language', 'bo'], env)
  expect([code, err]).toEqual([1, expect.stringContaining('现为 "bo"；应为 zh-CN、en、yue 之一')])
})

it('names the calls that a line cannot live through, and counts them', async () => {
  const { code, out, err } = await type(
    ['flow', 'test', '--wire', '--filter', 'answers a question in words'],
    env,
  )
  expect([code, err]).toEqual([
    0,
    '略过（线路上的流程只听按键，听不到说话）：Who answers a question in words wants to be spoken to\n',
  ])
  expect(out).toContain('1 通因含有说话而略过')
})
