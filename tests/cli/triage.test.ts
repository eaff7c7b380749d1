/** What `triage train` and `triage test` say of files that prove nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type } from './terminal.ts'

let folder: string
const fileOf = (name: string) => join(folder, name)
const lines = (texts: readonly (readonly [string, string])[]) =>
  texts.map(([text, label]) => JSON.stringify({ text, label })).join('\n')
const seen = [
  ['家里暖气不热', '供暖'],
  ['暖气片冰凉', '供暖'],
  ['暖气漏水了', '供暖'],
  ['路灯不亮', '路灯'],
  ['灯杆倒了', '路灯'],
  ['路灯一闪一闪', '路灯'],
] as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  await writeFile(fileOf('seen.jsonl'), lines(seen))
  await writeFile(
    fileOf('other.jsonl'),
    lines([
      ['暖气一点也不热', '供暖'],
      ['路灯全灭了', '路灯'],
    ]),
  )
  await writeFile(fileOf('alone.jsonl'), lines([...seen, ['停水了', '停水']]))
  await type(['triage', 'train', fileOf('seen.jsonl'), '-o', fileOf('kinds.jtm')])
})
afterAll(() => rm(folder, { recursive: true }))

it('says that a model is tried on what it was trained on, and on how little', async () => {
  const test = (file: string) =>
    type(['triage', 'test', fileOf(file), '--model', fileOf('kinds.jtm'), '--lang', 'en'])
  const own = await test('seen.jsonl')
  expect(own.out).toContain('6 of 6 texts were learnt from')
  expect(own.out).toContain('2 labels have fewer than 10 texts')
  expect(own.out).toMatch(/first 1\.000 \(95% interval 0\.\d+ to 1\.000\)/)
  const other = await test('other.jsonl')
  expect(other.out).not.toContain('learnt from')
  expect(other.out).toContain('2 labels have fewer than 10 texts')
})

it('refuses to train with a label of one example, by file and line', async () => {
  const { code, err } = await type([
    'triage',
    'train',
    fileOf('alone.jsonl'),
    '-o',
    fileOf('none.jtm'),
    '--lang',
    'en',
  ])
  expect(code).not.toBe(0)
  expect(err).toContain(`${fileOf('alone.jsonl')}:7: found label "停水" once`)
})
