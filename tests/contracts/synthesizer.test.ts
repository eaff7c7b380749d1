/** What every mouth promises, whichever voice is behind the port. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault, silentLog, systemClock } from '../../src/foundation/index.ts'
import { sampleRate } from '../../src/media/index.ts'
import {
  createAzure,
  createEspeak,
  createScripted,
  openRecorded,
  type Synthesizer,
  type Utterance,
} from '../../src/speech/index.ts'
import { activeLevelDbov, speechLevelDbov } from '../../src/speech/level.ts'
import { writeWav } from '../../src/speech/wav.ts'
import { startSpeechEndpoint } from '../support/speech-endpoint.ts'

const sentence: Utterance = {
  text: '您前面还有三位市民在等候，请不要挂机。',
  language: 'zh-CN',
  syllablesPerMinute: 200,
}

type Voice = { readonly mouth: Synthesizer; close(): Promise<void> }
const alone = (mouth: Synthesizer): Voice => ({ mouth, close: () => mouth.close() })

const voices = [
  { name: 'scripted', hasRate: true, open: async () => alone(createScripted()) },
  {
    name: 'espeak',
    hasRate: true,
    open: async () => alone(createEspeak({ clock: systemClock, log: silentLog })),
  },
  { name: 'recorded', hasRate: false, open: openRecording },
  { name: 'azure', hasRate: true, open: openAzure },
]

async function openRecording(): Promise<Voice> {
  const dir = await mkdtemp(join(tmpdir(), 'jieting-recorded-'))
  await mkdir(join(dir, sentence.language))
  const file = join(dir, sentence.language, 'waiting')
  await writeFile(`${file}.wav`, writeWav((await createScripted().speak(sentence)).samples, sampleRate))
  await writeFile(`${file}.txt`, sentence.text)
  const mouth = await openRecorded(dir, silentLog)
  return {
    mouth,
    async close() {
      await mouth.close()
      await rm(dir, { recursive: true })
    },
  }
}

async function openAzure(): Promise<Voice> {
  const endpoint = await startSpeechEndpoint()
  const access = { host: endpoint.url }
  const mouth = createAzure({ access, voices: ['zh-CN-XiaoxiaoNeural'], clock: systemClock })
  return {
    mouth,
    async close() {
      await mouth.close()
      await endpoint.close()
    },
  }
}

describe.each(voices)('the voice $name', ({ hasRate, open }) => {
  let voice: Voice
  let mouth: Synthesizer
  beforeAll(async () => {
    voice = await open()
    mouth = voice.mouth
  })
  afterAll(() => voice.close())

  it('gives the same sound for the same utterance, with its text', async () => {
    const first = await mouth.speak(sentence)
    const second = await mouth.speak(sentence)
    expect(second.id).toBe(first.id)
    expect(first.text).toBe(sentence.text)
    expect(first.durationMs).toBeCloseTo((first.samples.length / sampleRate) * 1000)
  })

  it('takes as long as someone who speaks at that rate', async () => {
    const { durationMs } = await mouth.speak(sentence)
    const syllables = 17
    expect(durationMs / 1000 / 60).toBeGreaterThan((syllables / sentence.syllablesPerMinute) * 0.85)
    expect(durationMs / 1000 / 60).toBeLessThan((syllables / sentence.syllablesPerMinute) * 1.15)
  })

  it.skipIf(!hasRate)('speaks longer when it speaks slower', async () => {
    const quick = await mouth.speak(sentence)
    const slow = await mouth.speak({ ...sentence, syllablesPerMinute: 140 })
    expect(slow.durationMs / quick.durationMs).toBeGreaterThan(1.25)
  })

  it('is at the level of prompts, unclipped, without silence around it', async () => {
    const { samples } = await mouth.speak(sentence)
    const scaled = Float32Array.from(samples, sample => sample / 32_768)
    expect(Math.abs(activeLevelDbov(scaled) - speechLevelDbov)).toBeLessThan(1)
    expect(samples.filter(sample => Math.abs(sample) > 32_000)).toHaveLength(0)
    const heard = (sample: number) => Math.abs(sample) > 200
    expect(samples.findIndex(heard)).toBeLessThan(0.06 * sampleRate)
    expect(samples.length - samples.findLastIndex(heard)).toBeLessThan(0.12 * sampleRate)
  })

  it('stops with the reason of the signal', async () => {
    const reason = new Error('hung up')
    await expect(mouth.speak(sentence, AbortSignal.abort(reason))).rejects.toBe(reason)
    const hangUp = new AbortController()
    const speaking = mouth.speak({ ...sentence, syllablesPerMinute: 150 }, hangUp.signal)
    hangUp.abort(reason)
    await expect(speaking).rejects.toBe(reason)
    expect((await mouth.speak(sentence)).text).toBe(sentence.text)
  })

  it('answers with a sound or a fault, whatever it is asked to say', async () => {
    const odd = ['', ' ', '<speak>', '&', ']]>', '[[', '\u0000', '\ud83d', '😀', '，。？']
    for (const text of odd) {
      const outcome = await mouth.speak({ ...sentence, text }).catch(error => error)
      expect(outcome).toSatisfy(outcome => 'samples' in outcome || outcome instanceof Fault)
    }
  })

  it('refuses to speak once it is closed, and closes twice', async () => {
    const closing = await open()
    await closing.mouth.close()
    await closing.close()
    await expect(closing.mouth.speak(sentence)).rejects.toBeInstanceOf(Fault)
  })
})
