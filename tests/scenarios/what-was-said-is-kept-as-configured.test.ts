import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createScriptedRecognizer } from '../../src/speech/index.ts'
import type { Database } from '../../src/storage/index.ts'
import type { CallId } from '../../src/telephony/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
const open = (env: Readonly<Record<string, string>> = {}) =>
  openHotline(database, { recognizer: createScriptedRecognizer(), env: { TRANSCRIPT_DAYS: '1', ...env } })
beforeEach(async () => {
  hotline = await open()
})
afterEach(() => hotline.close())

/** A captioned call in which somebody says something; it is up. Where nobody asks for captions, a seat's screen reads along. */
async function talk(words: string, isAsked = true) {
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  await seat.answers()
  await hotline.happens('connected')
  await hotline.stored.flush()
  const [call] = await hotline.callsUp()
  if (!call) throw new Error('no call is up')
  if (isAsked) await records().open(call)
  else hotline.captions.turnOn(call as CallId, false)
  caller.says(words)
  await hotline.clock.advance(1_000)
  return { call, caller }
}
const records = () => hotline.captioning.records
const hangUp = async (caller: Awaited<ReturnType<typeof talk>>['caller']) => {
  caller.hangsUp()
  await caller.isLeft()
  await hotline.captioning.keeper.flush()
}

it('reads the transcript while the call is up and after it, until its days are over', async () => {
  const { call, caller } = await talk('我家没有暖气')
  expect(await records().show(call)).toMatchObject({ on: true, over: false })
  await hangUp(caller)
  const kept = await records().show(call)
  expect(kept?.over).toBe(true)
  expect(kept?.lines.map(({ text }) => text)).toContain('我家没有暖气')
  expect((await records().file(call, 'vtt'))?.body).toContain('<v 来电人>我家没有暖气')
  await expect(records().open(call)).rejects.toMatchObject({ code: 'call-not-up' })
  await hotline.clock.advance(24 * 60 * 60_000)
  expect(await records().show(call)).toBeUndefined()
})

it('is erased once two ask for it, and where they do so during the call, when that is over', async () => {
  const isForgotten = async (call: string) => {
    await hotline.retention.ask({ call, because: '本人要求' }, 'li')
    await hotline.retention.decide({ call, agreed: true }, 'zhao')
    await hotline.jobs.runDue()
  }
  const first = await talk('请把这些忘掉')
  await hangUp(first.caller)
  await hotline.stored.flush()
  await isForgotten(first.call)
  expect(await records().show(first.call)).toBeUndefined()
  await hotline.close()
  hotline = await open()
  const second = await talk('这些也不要记')
  await isForgotten(second.call)
  await hangUp(second.caller)
  await hotline.stored.flush()
  expect(await records().show(second.call)).toBeDefined()
  await hotline.retention.sweep()
  expect(await records().show(second.call)).toBeUndefined()
})

it('is not kept where only a seat read along, unless the city says so', async () => {
  const read = await talk('话务员看到了', false)
  expect((await records().show(read.call))?.lines.map(({ text }) => text)).toContain('话务员看到了')
  await hangUp(read.caller)
  expect(await records().show(read.call)).toBeUndefined()
  await hotline.close()
  const rules = join(await mkdtemp(join(tmpdir(), 'jieting-')), 'retention.json')
  await writeFile(rules, JSON.stringify({ seatTranscripts: true }))
  hotline = await open({ RETENTION_RULES: rules })
  const kept = await talk('城市要留存', false)
  await hangUp(kept.caller)
  expect((await records().show(kept.call))?.lines.map(({ text }) => text)).toContain('城市要留存')
})
