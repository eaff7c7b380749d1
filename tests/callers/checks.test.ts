/** A code that is read back: how often, how long, and that guessing does not help. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { callerMigrations, createNumberChecks, type NumberChecks } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, type ManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'

const number = '13900139000'
const asked = { number, about: '2601050000127', by: 's1' }
const minuteMs = 60_000

let city: { texts: typeof exampleCity.texts }
let database: Database
let clock: ManualClock
let checks: NumberChecks
let texts: { readonly to: string; readonly text: string }[]
let isAway = false

beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, callerMigrations)
})
afterAll(() => database.close())
beforeEach(() => {
  clock = createManualClock()
  city = { texts: exampleCity.texts }
  texts = []
  isAway = false
  checks = createNumberChecks({
    database,
    clock,
    city,
    async send(text) {
      if (isAway) throw new Error('away')
      texts.push(text)
    },
  })
})
afterEach(() => database.execute(sql`truncate number_checks`))

const send = (of = asked) => checks.send({ ...of, language: 'zh-CN' })
const sent = () => /\d{6}/.exec(texts.at(-1)?.text.replace('12345', '') ?? '')?.[0] ?? ''
const readBack = (code: string, of = asked) => checks.readBack(of, code, async () => undefined)
const other = (code: string) => (code === '111111' ? '222222' : '111111')

it('is sent to that number, and once it is read back the number is known', async () => {
  expect(await send()).toBe(clock.now() + 10 * minuteMs)
  expect(texts[0]?.to).toBe(number)
  expect(await checks.isVerified(number)).toBe(false)
  await readBack(` ${sent().slice(0, 3)}-${sent().slice(3)} `)
  expect(await checks.isVerified(number)).toBe(true)
  const rows = await database.query(
    sql`select verified_by, how, code_hash from number_checks`,
    z.object({ verified_by: z.string(), how: z.string(), code_hash: z.string() }),
  )
  expect(rows).toMatchObject([{ verified_by: 's1', how: 'read-back' }])
  expect(rows[0]?.code_hash).not.toContain(sent())
  // Once is enough.
  await expect(readBack(sent())).rejects.toMatchObject({ code: 'code-over' })
  await clock.advance(366 * 24 * 60 * minuteMs)
  expect(await checks.isVerified(number)).toBe(false)
})

it('takes five guesses, also when they come all at once, and then not even the right one', async () => {
  await send()
  const wrong = other(sent())
  const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => readBack(wrong)))
  const codes = guesses.map(guess => (guess.status === 'rejected' ? guess.reason.code : 'taken'))
  expect(codes.filter(code => code === 'code-wrong')).toHaveLength(5)
  await expect(readBack(sent())).rejects.toMatchObject({ code: 'code-over' })
})

it('is good for ten minutes, for its own order, and only the latest is', async () => {
  await send()
  const first = sent()
  await clock.advance(minuteMs)
  await send()
  if (first !== sent()) await expect(readBack(first)).rejects.toMatchObject({ code: 'code-wrong' })
  await expect(readBack(sent(), { ...asked, about: '2601050000138' })).rejects.toMatchObject({
    code: 'code-over',
  })
  await clock.advance(10 * minuteMs)
  await expect(readBack(sent())).rejects.toMatchObject({ code: 'code-over' })
})

it('pesters nobody, and lets nobody at the desk send without end', async () => {
  for (let at = 0; at < 3; at++) await send({ ...asked, about: `order ${at}` })
  await expect(send()).rejects.toMatchObject({ code: 'code-too-often' })
  for (let at = 3; at < 20; at++) await send({ ...asked, number: `1380000${1000 + at}` })
  await expect(send({ ...asked, number: '13800009999' })).rejects.toMatchObject({ code: 'code-too-often' })
  await send({ ...asked, number: '13800009999', by: 's2' })
  await clock.advance(60 * minuteMs)
  await send()
})

it('counts no code that the gateway would not have', async () => {
  isAway = true
  for (let at = 0; at < 5; at++) await expect(send()).rejects.toThrow('away')
  isAway = false
  await send()
})

it('does nothing by halves: when what follows fails, the number is not known', async () => {
  await send()
  const fails = checks.readBack(asked, sent(), async () => {
    throw new Error('closed meanwhile')
  })
  await expect(fails).rejects.toThrow('closed meanwhile')
  expect(await checks.isVerified(number)).toBe(false)
})

it('comes in the words of the city and the language of the citizen', async () => {
  city.texts = {
    ...exampleCity.texts,
    code: { 'zh-CN': '本市热线：{code}', en: 'Our hotline: {code}, {minutes} min' },
  }
  await send()
  expect(texts.at(-1)?.text).toMatch(/^本市热线：\d{6}$/)
  await checks.send({ ...asked, language: 'en-GB' })
  expect(texts.at(-1)?.text).toMatch(/^Our hotline: \d{6}, 10 min$/)
})
