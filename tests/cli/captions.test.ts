import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shell } from './shell.ts'

let dir: string
let args: readonly string[]
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jieting-score-'))
  const file = async (name: string, text: string) => {
    await writeFile(join(dir, name), text)
    return join(dir, name)
  }
  args = [
    ...['captions', 'score', '--reference', await file('said.txt', '我住回龙观三百二十号，没有暖气。')],
    ...['--hypothesis', await file('heard.txt', '我住回笼观320号有暖气')],
    ...['--names', await file('names.txt', '回龙观\n')],
  ]
})
afterAll(() => rm(dir, { recursive: true }))

it('tells an operator in Chinese how well a call was recognized', async () => {
  const { code, out } = await shell(args)
  expect(code).toBe(0)
  expect(out).toContain('字错率 CER 15.38 %：共 13 字，错 1，漏 1，多 0')
  expect(out).toMatch(/数字 +1 +1 +0\n否定词 +1 +0 +0\n名称 +1 +0 +0/)
})

it('gives a program the same figures', async () => {
  const { out } = await shell(['--json', ...args])
  expect(JSON.parse(out)).toMatchObject({ substituted: 1, deleted: 1, negations: { said: 1, right: 0 } })
})

it('names the file that it cannot read', async () => {
  const gone = join(dir, 'gone.txt')
  const { code, err } = await shell(['captions', 'score', '--reference', gone, '--hypothesis', gone])
  expect(code).toBe(1)
  expect(err).toContain(`读不了文件。${gone}：现为 ENOENT`)
})
