import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FlowSet, readFlows } from '../../src/ivr/index.ts'
import type { Key } from '../../src/media/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

const order = '2603110000014'
const keysOf = (number: string) => [...number] as Key[]

let database: Database
let dir: string
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
}, 120_000)
afterAll(() => database.close())
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(async () => {
  await hotline.close()
  await rm(dir, { recursive: true })
})

it('tells a caller how their order stands, from the file that the city keeps', async () => {
  const file = join(dir, 'orders.json')
  await writeFile(file, JSON.stringify({ [order]: 'closed' }))
  hotline = await openHotline(database, { env: { ORDER_STATUS_FILE: file } })
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('1', ...keysOf(order))
  await caller.hears('您的诉求已经办结')
  await rm(file)
  await hotline.clock.advance(12_000)
  await caller.hears('再查一件请按1')
  caller.presses('1', ...keysOf(order))
  // The file is gone: a person knows.
  await caller.hears('正在为您接通话务员')
})

/** A flow that offers its caller the captions of this very call by text message. */
const offering = (template: string) => `
flow: hotline
audience: general
syllablesPerMinute: 200
patience: 5s
start: link
person: line
states:
  link:
    text:
      template: ${template}
      words: { zh-CN: "看字幕请点 {link}", en: "Captions: {link}" }
      next: sent
  sent:
    say: { prompt: { zh-CN: 字幕链接已经发到您的手机。, en: We have sent you a link. }, next: line }
  line:
    queue:
      reason: hotline
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: 请稍候。, en: Please hold. }
      every: 20s
      full: line
      failed: line
`
const library = (text: string) => {
  const flows: FlowSet = readFlows([{ path: 'hotline.yaml', text }])
  return { current: () => flows }
}

it('sends a caller a link to what is said, and no word of it stands in the logs', async () => {
  hotline = await openHotline(database, { library: library(offering('captions')) })
  const caller = hotline.rings()
  await caller.hears('字幕链接已经发到您的手机')
  const texts = await hotline.texts()
  expect(texts).toEqual([
    {
      id: expect.stringMatching(/^text_/),
      to: '13800138000',
      text: expect.stringMatching(/^看字幕请点 https:\/\/12345\.example\/c\/[\w-]{11}$/),
    },
  ])
  const link = texts[0]?.text.split('/').at(-1) ?? ''
  expect(hotline.captioning.captions.passes.enter(link, '192.0.2.1')).toMatchObject({ role: 'citizen' })
  expect(hotline.logged.filter(line => line.includes('13800138000') || line.includes(link))).toEqual([])
})

it('leads to a person when the number is withheld, or when this house has no such link', async () => {
  hotline = await openHotline(database, { library: library(offering('captions')) })
  const withheld = hotline.rings({ from: '' })
  await withheld.hears('请稍候')
  await hotline.close()
  hotline = await openHotline(database, { library: library(offering('nobody-knows')) })
  const caller = hotline.rings()
  await caller.hears('请稍候')
  expect((await hotline.timelines()).flat()).toContainEqual(
    expect.objectContaining({ kind: 'failure', what: 'text', reason: 'link-missing' }),
  )
})

it('keeps what a caller leaves as a message, also in a house that has never kept one', async () => {
  hotline = await openHotline(database, { env: { DATA_DIR: dir } })
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('2')
  await caller.hears('请说出您的诉求')
  caller.presses('#')
  await hotline.happens('recording')
  expect(await readdir(dir)).toContain('recordings')
})
