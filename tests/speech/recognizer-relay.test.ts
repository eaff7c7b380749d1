import { beforeEach, expect, it } from 'vitest'
import { createManualClock, type ManualClock, silentLog } from '../../src/foundation/index.ts'
import {
  createRelay,
  createScriptedRecognizer,
  type ListenOptions,
  type Recognizer,
  type Script,
} from '../../src/speech/index.ts'
import { allOf, finals, follow, keepSilent } from '../support/hearing.ts'

let clock: ManualClock
beforeEach(() => {
  clock = createManualClock()
})
const relay = (...recognizers: readonly Recognizer[]) => createRelay(recognizers, { clock, log: silentLog })
const ear = (name: string, script: Script | ((options: ListenOptions) => Script)): Recognizer => ({
  ...createScriptedRecognizer(script),
  name,
})
const line = (text: string, startMs: number, endMs: number) => ({ lines: [{ text, startMs, endMs }] })
const listen = (recognizer: Recognizer) => recognizer.listen({ language: 'zh-CN' })
const settled = () => clock.advance(1)

it('is like its first recognizer while that one listens', async () => {
  const both = relay(ear('first', line('我家漏水', 0, 800)), ear('second', {}))
  const hearing = listen(both)
  keepSilent(hearing, 2000, 0)
  hearing.close()
  expect(finals(await allOf(hearing))).toEqual(['我家漏水'])
  expect(both.name).toBe('first, second')
})

it('lets the next take over in the call, who hears again what was not final, and says it in place', async () => {
  const both = relay(
    ear('first', { ...line('我家路水', 1000, 2000), failsAtMs: 1500 }),
    ear('second', line('我家漏水', 1000, 2000)),
  )
  const hearing = listen(both)
  const { heard, over } = follow(hearing)
  keepSilent(hearing, 1600, 0)
  await settled()
  expect(heard.map(({ kind }) => kind)).toContain('switched')
  keepSilent(hearing, 1400, 1600)
  await settled()
  expect(heard.find(({ kind }) => kind === 'switched')).toEqual({
    kind: 'switched',
    from: 'first',
    to: 'second',
    reason: 'recognizer-failed',
  })
  expect(finals(heard)).toEqual(['我家漏水'])
  const ids = heard.flatMap(one => ('id' in one ? [one.id] : []))
  expect(new Set(ids)).toEqual(new Set([1]))
  expect(heard.filter(({ kind }) => kind === 'gap')).toEqual([])
  hearing.close()
  await over
})

it('tells the stretch that one who said nothing has let pass', async () => {
  const both = relay(
    ear('first', { failsAtMs: 25_000, failsWith: 'recognizer-stalled' }),
    ear('second', line('喂', 24_000, 24_500)),
  )
  const hearing = listen(both)
  const { heard } = follow(hearing)
  for (let atMs = 0; atMs < 26_000; atMs += 1000) {
    keepSilent(hearing, 1000, atMs)
    await settled()
  }
  const [gap] = heard
  expect(gap).toMatchObject({ kind: 'gap', reason: 'recognizer-stalled', toMs: expect.closeTo(16_000, -3) })
  hearing.close()
})

it('asks one that failed no more for a while, in no call, and then again', async () => {
  let fails = true
  const both = relay(
    ear('first', () => (fails ? { failsAtMs: 0, failsWith: 'recognizer-throttled' } : {})),
    ear('second', {}),
  )
  const first = listen(both)
  keepSilent(first, 100, 0)
  await settled()
  expect(both.figures()).toMatchObject([
    { name: 'first', rests: true, listening: 0, failures: { 'recognizer-throttled': 1 } },
    { name: 'second', rests: false, listening: 1 },
  ])
  const second = listen(both)
  keepSilent(second, 100, 0)
  await settled()
  expect(both.figures()[0]).toMatchObject({ failures: { 'recognizer-throttled': 1 } })
  fails = false
  await clock.advance(5_000)
  listen(both)
  expect(both.figures()).toMatchObject([{ listening: 1 }, { listening: 2 }])
})

it('says once that nobody is left, goes on trying, and tells what was lost when somebody hears again', async () => {
  let tries = 0
  const only = relay(
    ear('only', () => (++tries < 4 ? { failsAtMs: 0, failsWith: 'recognizer-refused' } : {})),
  )
  const hearing = listen(only)
  const { heard } = follow(hearing)
  for (let seconds = 0; seconds < 60; seconds++) {
    keepSilent(hearing, 1000, seconds * 1000)
    await clock.advance(1000)
  }
  expect(tries).toBe(4)
  expect(heard.map(({ kind }) => kind)).toEqual(['deaf', 'gap', 'switched'])
  const [, gap, switched] = heard
  expect(switched).toEqual({ kind: 'switched', to: 'only', reason: 'recognizer-refused' })
  // What the one who came back was given again is not lost: ten seconds.
  expect(gap).toMatchObject({ fromMs: 0, toMs: expect.closeTo(25_000, -4), reason: 'recognizer-refused' })
  hearing.close()
})

it('leaves words as they were last taken for when nobody is left', async () => {
  const hearing = listen(relay(ear('only', { ...line('我家漏水', 0, 1000), failsAtMs: 700 })))
  const { heard } = follow(hearing)
  keepSilent(hearing, 1000, 0)
  await settled()
  expect(finals(heard)).toEqual(['我家'])
  expect(heard.at(-1)).toMatchObject({ kind: 'deaf' })
  hearing.close()
})

it('ends with the last words when the call is over, and tells what nobody heard by then', async () => {
  const only = relay(ear('only', { failsAtMs: 0 }))
  const hearing = listen(only)
  const { heard, over } = follow(hearing)
  keepSilent(hearing, 1000, 0)
  await settled()
  hearing.close()
  await over
  expect(heard.at(-1)).toMatchObject({ kind: 'gap', fromMs: 0, toMs: 1000, frames: 50 })
  expect(only.figures()).toMatchObject([{ listening: 0 }])
})

it('hears nothing once the call is called off', async () => {
  const off = new AbortController()
  const only = relay(ear('only', line('喂', 0, 200)))
  const hearing = only.listen({ language: 'zh-CN', signal: off.signal })
  off.abort()
  keepSilent(hearing, 1000, 0)
  expect(await allOf(hearing)).toEqual([])
  expect(only.figures()).toMatchObject([{ listening: 0 }])
})

it('rests five seconds for one refusal, however many speakers it took, and lets one of them try it for all', async () => {
  let refuses = true
  let asked = 0
  const only = relay(
    ear('only', () => {
      asked++
      return refuses ? { failsAtMs: 0, failsWith: 'recognizer-refused' } : line('喂', 4_000, 6_000)
    }),
  )
  const speakers = Array.from({ length: 5 }, () => listen(only))
  const heard = speakers.map(speaker => follow(speaker).heard)
  for (const speaker of speakers) keepSilent(speaker, 1000, 0)
  await settled()
  expect(asked).toBe(5)
  refuses = false
  await clock.advance(4_000)
  expect(asked).toBe(5)
  for (const speaker of speakers) keepSilent(speaker, 1000, 1000)
  await clock.advance(1_000)
  expect(asked).toBe(6)
  for (const speaker of speakers) keepSilent(speaker, 4000, 2000)
  await settled()
  expect(asked).toBe(10)
  expect(heard.map(one => one.filter(({ kind }) => kind === 'switched').length)).toEqual([1, 1, 1, 1, 1])
  for (const speaker of speakers) speaker.close()
})

it('lets the next speaker try when the one who tried has hung up', async () => {
  let refuses = true
  let asked = 0
  const only = relay(
    ear('only', () => {
      asked++
      return refuses ? { failsAtMs: 0 } : {}
    }),
  )
  const speakers = [listen(only), listen(only)]
  for (const speaker of speakers) {
    follow(speaker)
    keepSilent(speaker, 1000, 0)
  }
  await settled()
  refuses = false
  await clock.advance(5_000)
  expect(asked).toBe(3)
  speakers[0]?.close()
  await settled()
  expect(asked).toBe(4)
  speakers[1]?.close()
})
