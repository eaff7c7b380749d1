import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { type Lengths, measure, proveFlows, samplesOf, verify } from '../../src/ivr/index.ts'
import {
  createEspeak,
  createPromptBook,
  createScripted,
  type Synthesizer,
  type Utterance,
} from '../../src/speech/index.ts'
import { shipped } from './shipped.ts'
import { setOf, sound } from './verify-flow.ts'

const directory = await mkdtemp(join(tmpdir(), 'jieting-lengths-'))
afterAll(() => rm(directory, { recursive: true }))

async function heard(voice: Synthesizer, utterances: readonly Utterance[]): Promise<Lengths> {
  const cacheDir = await mkdtemp(join(directory, 'book-'))
  const book = createPromptBook({
    synthesizers: [voice],
    cacheDir,
    clock: systemClock,
    log: silentLog,
    deadlineMs: 30_000,
  })
  const lengths = await measure(book, utterances)
  await book.close()
  return lengths
}

const startsOf = (...names: readonly string[]) =>
  samplesOf(shipped).filter(({ prompt }) => names.includes(prompt ?? ''))

describe('in the offline voice, as callers hear it,', () => {
  it('the hotline greets within 9 s, its notice that calls are turned into text included, and the line is within 20 s for elder callers, in every language', async () => {
    const starts = startsOf('hotline-greeting', 'elder-greeting')
    expect(starts).toHaveLength(2 * shipped.languages.size)
    const lengths = await heard(createEspeak({ clock: systemClock, log: silentLog }), starts)
    for (const language of shipped.languages.keys()) {
      expect(lengths[`${language} hotline-greeting`]).toBeGreaterThan(3)
      expect(lengths[`${language} hotline-greeting`]).toBeLessThanOrEqual(9)
    }
    expect(proveFlows(shipped, lengths, flowNeeds)).toEqual([])
  }, 60_000)
})

describe('what was measured', () => {
  const set = setOf(sound)

  it('is what the proof counts with, and an elder flow that speaks too long is refused by it', () => {
    const slow = Object.fromEntries(
      samplesOf(shipped).map(({ language, prompt }) => [`${language} ${prompt}`, 11]),
    )
    const [fault] = proveFlows(shipped, slow)
    expect(fault?.message).toContain('found 21.0 s (hears "您好，12345长辈专线')
  })

  it('is everything that can be said, with numbers in the gaps', async () => {
    const texts = samplesOf(shipped).map(({ text }) => text)
    expect(texts.filter(text => text.includes('{'))).toEqual([])
    expect(texts).toContain('您的号码是 幺三八，零零幺三，八零零零。不对请按星号键重新输入。')
    expect(texts).toContain('您嘅评价系非常唔满意。啱嘅话请收线，重新评价请撳星号键。')
    const lengths = await heard(createScripted(), samplesOf(set))
    expect(Object.keys(lengths)).toHaveLength(samplesOf(set).length)
    expect(verify(set, lengths).flows[0]?.timeToPerson.measured).toBe(true)
  })

  it('leaves out what no voice says, and the proof says that it estimated', async () => {
    const mute = createScripted(({ language }) => (language === 'en' ? 'fail' : 'speak'))
    const lengths = await heard(mute, samplesOf(set))
    expect(Object.keys(lengths).every(name => name.startsWith('zh-CN '))).toBe(true)
    expect(verify(set, lengths).flows[0]?.timeToPerson.measured).toBe(false)
  })
})
