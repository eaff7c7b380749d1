/** The Speech SDK's listening side over real web sockets, against a service that hears tones and lets its callers down. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createManualClock, systemClock } from '../../src/foundation/index.ts'
import { createAzureRecognizer, type Recognizer } from '../../src/speech/index.ts'
import { allOf, finals, follow, keepSilent, speak } from '../support/hearing.ts'
import { type Manner, type SpeechEndpoint, startSpeechEndpoint } from '../support/speech-endpoint.ts'
import { durationOf } from '../support/tone-speech.ts'

let endpoint: SpeechEndpoint
let azure: Recognizer
beforeAll(async () => {
  endpoint = await startSpeechEndpoint()
  azure = createAzureRecognizer({ access: { host: endpoint.url, key: 'a key' }, clock: systemClock })
})
beforeEach(() => {
  endpoint.manner = 'speak'
})
afterAll(async () => {
  await azure.close()
  await endpoint.idle()
  await endpoint.close()
})

/** A line goes on while nobody speaks. */
const whileLineGoesOn = (isEnough: () => boolean, goOn: () => void) =>
  expect
    .poll(
      () => {
        if (!isEnough()) goOn()
        return isEnough()
      },
      { timeout: 10_000 },
    )
    .toBe(true)

it.each([
  ['PCMA', 6],
  ['PCMU', 7],
] as const)('sends %s as it came from the line, and its words come as they are said', async (codec, tag) => {
  const hearing = azure.listen({ language: 'zh-CN', phrases: ['回龙观', '暖气'] })
  const endMs = speak(hearing, '我家没有暖气', 1000, codec)
  keepSilent(hearing, 1000, endMs, codec)
  hearing.close()
  const heard = await allOf(hearing)
  const asked = endpoint.recognitions.at(-1)
  expect(asked?.format()).toBe(tag)
  expect(asked?.bytes()).toBe((durationOf('我家没有暖气') + 1000) * 8)
  expect(asked?.query).toMatchObject({ language: 'zh-CN', format: 'detailed' })
  expect(JSON.stringify(asked?.context())).toContain('回龙观')
  expect(asked?.config()).toMatchObject({ context: { audio: { source: { samplerate: 8000 } } } })
  expect(asked?.paths()).toEqual(expect.arrayContaining(['speech.config', 'speech.context', 'audio']))

  expect(heard.map(one => one.kind)).toEqual([...Array(6).fill('interim'), 'final'])
  expect(heard.at(-1)).toMatchObject({ id: 1, text: '我家没有暖气', confidence: 0.9 })
  const final = heard.at(-1)
  if (final?.kind !== 'final') throw new Error('no final')
  expect(Math.abs(final.startMs - 1000)).toBeLessThanOrEqual(40)
  expect(Math.abs(final.endMs - endMs)).toBeLessThanOrEqual(80)
})

it('goes on in another codec when the line changes it', async () => {
  const hearing = azure.listen({ language: 'zh-CN' })
  let nowMs = keepSilent(hearing, 1000, speak(hearing, '我家', 0, 'PCMA'), 'PCMA')
  nowMs = keepSilent(hearing, 1000, speak(hearing, '没有', nowMs, 'PCMU'), 'PCMU')
  hearing.close()
  const heard = await allOf(hearing)
  expect(finals(heard).toSorted()).toEqual(['我家', '没有'])
})

it('knows where in the call its words are, also after frames that got lost', async () => {
  const hearing = azure.listen({ language: 'zh-CN' })
  const endMs = keepSilent(hearing, 1000, speak(hearing, '我家', 0))
  const laterMs = keepSilent(hearing, 40, endMs + 5000)
  keepSilent(hearing, 1000, speak(hearing, '没有', laterMs))
  hearing.close()
  const heard = await allOf(hearing)
  const second = heard.find(one => one.kind === 'final' && one.text === '没有')
  expect(second).toMatchObject({ id: 2, startMs: expect.closeTo(laterMs, -2) })
})

it.each<[Manner, string]>([
  ['refuse', 'recognizer-refused'],
  ['throttle', 'recognizer-throttled'],
  ['drop', 'recognizer-failed'],
])('says what was wrong when the service answers with %s', async (manner, code) => {
  endpoint.manner = manner
  const hearing = azure.listen({ language: 'zh-CN' })
  const { failure, isOver } = follow(hearing)
  let nowMs = speak(hearing, '我家', 0)
  await whileLineGoesOn(isOver, () => {
    nowMs = keepSilent(hearing, 100, nowMs)
  })
  expect(failure()).toMatchObject({ name: 'Fault', code })
  await endpoint.idle()
})

it('loses its connection once, and no word', async () => {
  endpoint.manner = 'drop-once'
  const before = endpoint.recognitions.length
  const hearing = azure.listen({ language: 'zh-CN' })
  const { heard, over } = follow(hearing)
  let nowMs = speak(hearing, '我家没有暖气', 0)
  await whileLineGoesOn(
    () => finals(heard).length > 0,
    () => {
      nowMs = keepSilent(hearing, 100, nowMs)
    },
  )
  expect(finals(heard)).toEqual(['我家没有暖气'])
  hearing.close()
  await over
  expect(endpoint.recognitions.length).toBe(before + 2)
})

it('gives up on a service that takes sound and says nothing', async () => {
  endpoint.manner = 'stall'
  const clock = createManualClock()
  const patient = createAzureRecognizer({ access: { host: endpoint.url }, clock })
  const hearing = patient.listen({ language: 'zh-CN' })
  const { failure, over } = follow(hearing)
  for (let seconds = 0; seconds < 12; seconds++) {
    keepSilent(hearing, 1000, seconds * 1000)
    await clock.advance(1000)
  }
  await over
  expect(failure()).toMatchObject({ code: 'recognizer-stalled' })
  await endpoint.idle()
})

it('hears all of what was said while the service was late to answer, up to ten seconds', async () => {
  endpoint.manner = 'late'
  const hearing = azure.listen({ language: 'zh-CN' })
  const { heard, over } = follow(hearing)
  let nowMs = keepSilent(hearing, 4000, 0)
  nowMs = keepSilent(hearing, 9000, speak(hearing, '我家没有', nowMs))
  endpoint.hurry()
  await expect.poll(() => finals(heard), { timeout: 8_000 }).toEqual(['我家没有'])
  const gap = heard.find(one => one.kind === 'gap')
  const lostMs = gap?.kind === 'gap' ? gap.frames * 20 : 0
  expect(lostMs).toBeGreaterThan(0)
  const sentMs = () => (endpoint.recognitions.at(-1)?.bytes() ?? 0) / 8
  await expect.poll(() => lostMs + sentMs(), { timeout: 8_000 }).toBe(nowMs)
  hearing.close()
  await over
})

it('hears silence for minutes, and then a word', async () => {
  const clock = createManualClock()
  const patient = createAzureRecognizer({ access: { host: endpoint.url }, clock })
  const hearing = patient.listen({ language: 'zh-CN' })
  const { heard, isOver } = follow(hearing)
  const before = endpoint.recognitions.length
  keepSilent(hearing, 1000, 0)
  await expect.poll(() => endpoint.recognitions[before]?.paths() ?? []).toContain('audio')
  await expect.poll(() => endpoint.recognitions[before]?.bytes()).toBe(8000)
  for (let minutes = 0; minutes < 3; minutes++) {
    await clock.advance(60_000)
    keepSilent(hearing, 200, 1000 + minutes * 60_000)
  }
  expect(isOver()).toBe(false)
  keepSilent(hearing, 1000, speak(hearing, '您好', 200_000))
  hearing.close()
  await expect.poll(() => finals(heard)).toEqual(['您好'])
  await patient.close()
})

it('has nobody to reach', async () => {
  const gone = await startSpeechEndpoint()
  await gone.close()
  const lonely = createAzureRecognizer({ access: { host: gone.url }, clock: systemClock })
  const hearing = lonely.listen({ language: 'zh-CN' })
  keepSilent(hearing, 100, 0)
  await expect(allOf(hearing)).rejects.toMatchObject({ code: 'recognizer-failed' })
})

it('ends at once when the call is over, and leaves no connection', async () => {
  const over = new AbortController()
  const hearing = azure.listen({ language: 'zh-CN', signal: over.signal })
  speak(hearing, '我家', 0)
  over.abort()
  await allOf(hearing)
  await endpoint.idle()
})
