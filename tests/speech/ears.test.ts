import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openRecognizers } from '../../src/hall/voices.ts'
import { readOrderRules, wordsOf } from '../../src/orders/index.ts'
import { readSettings } from '../../src/settings/index.ts'

const tools = { clock: systemClock, log: silentLog }
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ears-'))
})
afterAll(() => rm(directory, { recursive: true }))

it('expects the streets of the city first, then what is complained of and who answers for it', async () => {
  const file = join(directory, 'phrases.txt')
  await writeFile(file, '回龙观 # a street\n\n供热单位\n')
  const settings = readSettings({ RECOGNIZERS: 'scripted', CAPTION_PHRASES: file })
  const words = wordsOf(await readOrderRules('./order-rules', 'beijing'))
  const ears = await openRecognizers(settings, words, tools)
  expect(ears.phrases.slice(0, 2)).toEqual(['回龙观', '供热单位'])
  expect(ears.phrases).toEqual(expect.arrayContaining(['停水', '水管爆裂', '路灯不亮', '城市管理委']))
  expect(new Set(ears.phrases).size).toBe(ears.phrases.length)
  await ears.close()
})

it('names the file of phrases that cannot be read', async () => {
  const settings = readSettings({ CAPTION_PHRASES: join(directory, 'none.txt') })
  await expect(openRecognizers(settings, [], tools)).rejects.toMatchObject({
    code: 'phrases-unreadable',
    place: 'CAPTION_PHRASES',
  })
})
