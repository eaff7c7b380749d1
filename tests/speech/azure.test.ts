import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, systemClock } from '../../src/foundation/index.ts'
import { createAzure, type Synthesizer, type Utterance } from '../../src/speech/index.ts'
import { toSsml } from '../../src/speech/ssml.ts'
import { type Manner, type SpeechEndpoint, startSpeechEndpoint } from '../support/speech-endpoint.ts'

const utterance: Utterance = { text: '您好', language: 'zh-CN', syllablesPerMinute: 180 }
const voices = ['zh-CN-XiaoxiaoNeural', 'en-US-JennyNeural']

let endpoint: SpeechEndpoint
let azure: Synthesizer
beforeAll(async () => {
  endpoint = await startSpeechEndpoint()
  azure = createAzure({ access: { host: endpoint.url }, voices, clock: systemClock })
})
beforeEach(() => {
  endpoint.manner = 'speak'
})
afterAll(async () => {
  await azure.close()
  await endpoint.close()
})

it('asks for raw PCM at 8 kHz, by the voice of the language, at the rate', async () => {
  await azure.speak(utterance)
  expect(endpoint.requests.at(-1)).toMatchObject({
    format: 'raw-8khz-16bit-mono-pcm',
    ssml: expect.stringContaining('<voice name="zh-CN-XiaoxiaoNeural"><prosody rate="-25%">您好</prosody>'),
  })
  await azure.speak({ ...utterance, language: 'en', text: 'Hello' })
  expect(endpoint.requests.at(-1)?.ssml).toContain('en-US-JennyNeural')
})

it.each<[Manner, RegExp]>([
  ['refuse', /401/],
  ['reject', /SSML parsing error/],
  ['drop', /1006/],
  ['mute', /no sound/],
])('says what was wrong when the service answers with %s', async (manner, found) => {
  endpoint.manner = manner
  const speaking = azure.speak(utterance)
  await expect(speaking).rejects.toMatchObject({ name: 'Fault', code: 'speech-failed' })
  await expect(speaking).rejects.toThrow(found)
  await endpoint.idle()
})

it('gives up on a service that says nothing, and hangs up', async () => {
  endpoint.manner = 'stall'
  const clock = createManualClock()
  const patient = createAzure({ access: { host: endpoint.url }, voices, clock })
  const asked = endpoint.requests.length
  const speaking = expect(patient.speak(utterance)).rejects.toThrow(/nothing within 10000 ms/)
  await expect.poll(() => endpoint.requests.length).toBe(asked + 1)
  await clock.advance(10_000)
  await speaking
  await endpoint.idle()
})

it('fails when nobody is there', async () => {
  const gone = await startSpeechEndpoint()
  await gone.close()
  const lonely = createAzure({ access: { host: gone.url }, voices, clock: systemClock })
  await expect(lonely.speak(utterance)).rejects.toMatchObject({ code: 'speech-failed' })
})

it('knows the languages of its voices and no other', async () => {
  await expect(azure.speak({ ...utterance, language: 'fr' })).rejects.toMatchObject({
    code: 'speech-unknown',
    found: 'language fr',
    expected: 'zh-CN or en-US',
  })
})

it('lets go of what is under way when it is closed', async () => {
  endpoint.manner = 'stall'
  const closing = createAzure({ access: { host: endpoint.url }, voices, clock: systemClock })
  const speaking = expect(closing.speak(utterance)).rejects.toThrow('closed')
  await closing.close()
  await speaking
  await endpoint.idle()
})

describe('SSML', () => {
  const textOf = (text: string) =>
    /<prosody[^>]*>(.*)<\/prosody>/su.exec(toSsml({ ...utterance, text }, 'v'))?.[1]

  it('escapes what has a meaning in XML', () => {
    expect(textOf(`</prosody><audio src="http://x"/> R&D 'a'`)).toBe(
      '&lt;/prosody&gt;&lt;audio src=&quot;http://x&quot;/&gt; R&amp;D &apos;a&apos;',
    )
    expect(toSsml({ ...utterance, language: 'a"b' }, 'c"d')).toMatch(/xml:lang="a&quot;b".*name="c&quot;d"/)
  })

  it('leaves out what XML cannot hold, and nothing else', () => {
    expect(textOf('a\u0000\u001b\ufffeb\ud83d c\td\n😀')).toBe('ab c\td\n😀')
  })

  it.each([
    [240, '+0%'],
    [120, '-50%'],
    [300, '+25%'],
  ])('asks for %i syllables a minute as %s', (syllablesPerMinute, rate) => {
    expect(toSsml({ ...utterance, syllablesPerMinute }, 'v')).toContain(`rate="${rate}"`)
  })
})
