/** What every ear promises, whichever recognizer is behind the port; they hear a language of tones. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { CodecName } from '../../src/media/index.ts'
import {
  createAzureRecognizer,
  createRelay,
  createScriptedRecognizer,
  type Heard,
  openSherpa,
  type Recognizer,
  scoreText,
} from '../../src/speech/index.ts'
import { allOf, finals, follow, keepSilent, speak } from '../support/hearing.ts'
import { startSpeechEndpoint } from '../support/speech-endpoint.ts'
import { makeToneModel } from '../support/tone-model.ts'
import { durationOf } from '../support/tone-speech.ts'

type Ear = { readonly recognizer: Recognizer; close(): Promise<void> }

/** What is said in these tests, when, for the ear that reads it from a script. */
const first = '我家没有暖气'
const second = '请快来修'
const pauseMs = 1500
const secondMs = pauseMs + durationOf(first) + pauseMs
const endMs = secondMs + durationOf(second) + pauseMs
const script = {
  lines: [
    { text: first, startMs: pauseMs, endMs: pauseMs + durationOf(first) },
    { text: second, startMs: secondMs, endMs: secondMs + durationOf(second) },
  ],
}

const ears = [
  {
    name: 'scripted',
    async open(): Promise<Ear> {
      const recognizer = createScriptedRecognizer(script)
      return { recognizer, close: recognizer.close }
    },
  },
  {
    name: 'relay',
    async open(): Promise<Ear> {
      const broken = createScriptedRecognizer({ failsAtMs: 2000 })
      const tools = { clock: systemClock, log: silentLog }
      const recognizer = createRelay([broken, createScriptedRecognizer(script)], tools)
      return { recognizer, close: recognizer.close }
    },
  },
  {
    name: 'azure',
    async open(): Promise<Ear> {
      const endpoint = await startSpeechEndpoint()
      const recognizer = createAzureRecognizer({ access: { host: endpoint.url }, clock: systemClock })
      return {
        recognizer,
        async close() {
          await recognizer.close()
          await endpoint.close()
        },
      }
    },
  },
  {
    name: 'sherpa',
    async open(): Promise<Ear> {
      const directory = await makeToneModel()
      const recognizer = await openSherpa({
        directory,
        family: 't-one-ctc',
        workers: 1,
        clock: systemClock,
        log: silentLog,
      })
      return {
        recognizer,
        async close() {
          await recognizer.close()
          await rm(directory, { recursive: true })
        },
      }
    },
  },
]

describe.each(ears)('the ear $name', ({ open }) => {
  let ear: Ear
  let recognizer: Recognizer
  beforeAll(async () => {
    ear = await open()
    recognizer = ear.recognizer
  })
  afterAll(() => ear.close())

  const listen = (signal?: AbortSignal) => recognizer.listen({ language: 'zh-CN', signal })
  /** Both sentences, from a moment of the call on. */
  const hear = async (atMs: number, codec?: CodecName): Promise<readonly Heard[]> => {
    const hearing = listen()
    let nowMs = keepSilent(hearing, pauseMs, atMs, codec)
    nowMs = keepSilent(hearing, pauseMs, speak(hearing, first, nowMs, codec), codec)
    nowMs = keepSilent(hearing, pauseMs, speak(hearing, second, nowMs, codec), codec)
    expect(nowMs).toBe(atMs + endMs)
    hearing.close()
    return allOf(hearing)
  }

  it('hears each sentence, while it is said and then for good, and knows when', async () => {
    const heard = await hear(60_000)
    expect(finals(heard)).toEqual([first, second])
    expect(scoreText(`${first}\n${second}`, finals(heard).join('\n')).cer).toBe(0)
    const words = heard.flatMap(one => (one.kind === 'interim' || one.kind === 'final' ? [one] : []))
    expect([...new Set(words.map(({ id }) => id))]).toEqual([1, 2])
    for (const id of [1, 2]) {
      const own = words.filter(one => one.id === id)
      expect(own.length).toBeGreaterThan(1)
      expect(own.slice(0, -1).every(({ kind }) => kind === 'interim')).toBe(true)
      expect(own.at(-1)?.kind).toBe('final')
      const startMs = 60_000 + (id === 1 ? pauseMs : secondMs)
      const last = own.at(-1)
      expect(Math.abs((last?.startMs ?? 0) - startMs)).toBeLessThan(100)
      expect(Math.abs((last?.endMs ?? 0) - startMs - durationOf(id === 1 ? first : second))).toBeLessThan(150)
    }
  })

  it('hears µ-law as it hears A-law', async () => {
    expect(finals(await hear(0, 'PCMU'))).toEqual([first, second])
  })

  it('gives someone who hangs up within a word what they had said', async () => {
    const hearing = listen()
    speak(hearing, '我家没', keepSilent(hearing, pauseMs, 0))
    hearing.close()
    hearing.push({ codec: 'PCMA', payload: new Uint8Array(160) }, 0)
    const heard = await allOf(hearing)
    expect(heard.at(-1)?.kind).toBe('final')
    expect(first.startsWith(finals(heard)[0] ?? '?')).toBe(true)
  })

  it('hears nothing in silence, and ends when it is closed', async () => {
    const hearing = listen()
    keepSilent(hearing, 1000, 0)
    hearing.close()
    expect(finals(await allOf(hearing))).toEqual([])
  })

  it('ends at once when the call is called off, also when it is before the first sound', async () => {
    const off = new AbortController()
    const hearing = listen(off.signal)
    const { over } = follow(hearing)
    keepSilent(hearing, 500, 0)
    off.abort()
    await over
    expect(await allOf(listen(AbortSignal.abort()))).toEqual([])
  })

  it('hears many speakers at once, each for itself', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, (_, place) => hear(place * 1000)))
    expect(all.map(finals)).toEqual(Array(12).fill([first, second]))
  })

  it('ends every hearing when it is closed, and closes twice', async () => {
    const closing = await open()
    const hearings = [1, 2, 3].map(() => follow(closing.recognizer.listen({ language: 'zh-CN' })))
    await closing.recognizer.close()
    await Promise.all(hearings.map(({ over }) => over))
    await closing.close()
  })
})
