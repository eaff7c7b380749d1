import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createManualClock, type ManualClock, silentLog, sleep } from '../../src/foundation/index.ts'
import { createPromptBook, createScripted, type Synthesizer, type Utterance } from '../../src/speech/index.ts'

const place = (number: number): Utterance => ({
  text: `您现在排在第${number}位。要留言，请按2。`,
  language: 'zh-CN',
  syllablesPerMinute: 200,
})

let cacheDir: string
let clock: ManualClock
beforeEach(async () => {
  clock = createManualClock()
  cacheDir = await mkdtemp(join(tmpdir(), 'jieting-surge-'))
})
afterEach(() => rm(cacheDir, { recursive: true }))

/** One worker: it speaks one utterance after the other, and takes its time over each. */
function worker(tookMs: (utterance: Utterance) => number) {
  const spoken: string[] = []
  let last: Promise<unknown> = Promise.resolve()
  const scripted = createScripted()
  const mouth: Synthesizer = {
    ...scripted,
    async speak(utterance, signal) {
      const before = last
      const work = before.then(async () => {
        spoken.push(utterance.text)
        await sleep(clock, tookMs(utterance), signal)
      })
      last = work.catch(() => undefined)
      await work
      return scripted.speak(utterance)
    },
  }
  return { mouth, spoken }
}
const bookOf = (...synthesizers: readonly Synthesizer[]) =>
  createPromptBook({ synthesizers, cacheDir, clock, log: silentLog })

/** What became of each so far. */
function watch(asked: readonly Promise<{ readonly text?: string }>[]) {
  const outcomes = asked.map(() => 'waits')
  for (const [index, sound] of asked.entries())
    sound.then(
      () => (outcomes[index] = 'heard'),
      () => (outcomes[index] = 'failed'),
    )
  return outcomes
}

/** A voice that never has recordings stands before the one that speaks, as in the product. */
const unrecorded: Synthesizer = {
  ...createScripted(),
  atOnce: Number.POSITIVE_INFINITY,
  edition: () => undefined,
  speak: () => Promise.reject(Object.assign(new Error('none'), { code: 'speech-unknown' })),
}

it('tells each of ten callers their place by a voice that takes half a second: the wait is not its lateness', async () => {
  const { mouth, spoken } = worker(() => 500)
  const book = bookOf(mouth)
  const outcomes = watch(Array.from({ length: 10 }, (_, index) => book.sound(place(index + 1))))
  // The voice at work, its two bounds, and a bound on the wait of each of nine callers.
  await vi.waitFor(() => expect(clock.pending()).toBe(12))
  for (let turn = 0; turn < 10; turn++) {
    await vi.waitFor(() => expect(spoken.length).toBeGreaterThan(turn))
    await clock.advance(500)
  }
  await vi.waitFor(() => expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'heard')))
  expect(clock.pending()).toBe(0)
  await book.close()
})

it('loses late prompts alone: the voice is asked for the next one at once', async () => {
  const late = new Set([1, 2, 3, 4].map(number => place(number).text))
  const { mouth, spoken } = worker(({ text }) => (late.has(text) ? 60_000 : 50))
  const book = bookOf(unrecorded, mouth)
  for (const number of [1, 2, 3, 4]) {
    const [outcome] = [watch([book.sound(place(number))])]
    await vi.waitFor(() => expect(spoken).toHaveLength(number))
    await clock.advance(3_000)
    await vi.waitFor(() => expect(outcome).toEqual(['failed']))
  }
  const outcomes = watch([book.sound(place(5))])
  await vi.waitFor(() => expect(spoken).toHaveLength(5))
  await clock.advance(50)
  await vi.waitFor(() => expect(outcomes).toEqual(['heard']))
  await book.close()
})

it('finishes what is late where a voice does one thing at a time, and keeps it for the next caller', async () => {
  const { mouth, spoken } = worker(() => 4_000)
  const shelved: Synthesizer = { ...mouth, finishesLate: true, edition: () => 'one' }
  const book = bookOf(shelved)
  const kept = { ...place(7), once: undefined }
  const outcome = watch([book.sound(kept)])
  await vi.waitFor(() => expect(spoken).toHaveLength(1))
  await clock.advance(3_000)
  await vi.waitFor(() => expect(outcome).toEqual(['failed']))
  await clock.advance(1_000)
  await vi.waitFor(() => expect(book.figures()).toMatchObject({ rendered: 1, failed: 1 }))
  expect((await book.sound(kept)).text).toBe(kept.text)
  expect(spoken).toHaveLength(1)
  await book.close()
})

it('asks a voice that failed last, yet asks it when nobody else can speak', async () => {
  let fails = true
  const { mouth, spoken } = worker(() => 0)
  const shaky: Synthesizer = {
    ...mouth,
    speak: (utterance, signal) =>
      fails ? Promise.reject(new Error('broken')) : mouth.speak(utterance, signal),
  }
  const book = bookOf(unrecorded, shaky)
  for (const number of [1, 2, 3]) await expect(book.sound(place(number))).rejects.toThrow()
  fails = false
  const sound = book.sound(place(4))
  await vi.waitFor(() => expect(spoken).toHaveLength(1))
  await clock.advance(0)
  expect((await sound).text).toContain('第4位')
  await book.close()
})

it('speaks to callers before what it prepares, and hurries what it prepares once a caller asks for it', async () => {
  const { mouth, spoken } = worker(() => 100)
  const book = bookOf(mouth)
  const prepared = book.prepare([1, 2, 3, 4].map(place))
  await vi.waitFor(() => expect(spoken).toHaveLength(1))
  const [hurried = 4] = [4, 3].filter(number => place(number).text !== spoken[0])
  const outcomes = watch([book.sound(place(9)), book.sound(place(hurried))])
  // The voice at work, its two bounds, and a bound on the wait of each of two callers.
  await vi.waitFor(() => expect(clock.pending()).toBe(5))
  for (let turn = 1; turn <= 5; turn++) {
    await vi.waitFor(() => expect(spoken).toHaveLength(turn))
    await clock.advance(100)
  }
  expect(await prepared).toEqual({ rendered: 4, kept: 0, failed: 0 })
  expect(new Set(spoken.slice(1, 3))).toEqual(new Set([place(9).text, place(hurried).text]))
  expect(spoken).toHaveLength(5)
  await vi.waitFor(() => expect(outcomes).toEqual(['heard', 'heard']))
  await book.close()
})

it('waits no longer than six seconds for its turn, and leaves the queue', async () => {
  const { mouth, spoken } = worker(() => 2_900)
  const book = bookOf(mouth)
  const outcomes = watch([1, 2, 3, 4].map(number => book.sound(place(number))))
  // The voice at work, its two bounds, and a bound on the wait of each of three callers.
  await vi.waitFor(() => expect(clock.pending()).toBe(6))
  for (let turn = 1; turn <= 3; turn++) {
    await vi.waitFor(() => expect(spoken).toHaveLength(turn))
    await clock.advance(2_900)
  }
  await vi.waitFor(() => expect(outcomes.filter(outcome => outcome === 'heard')).toHaveLength(3))
  expect(outcomes.filter(outcome => outcome === 'failed')).toHaveLength(1)
  expect(spoken).toHaveLength(3)
  expect(clock.pending()).toBe(0)
  await book.close()
})

it('makes one rendering of a text that prompts of different names share', async () => {
  const { mouth, spoken } = worker(() => 100)
  const book = bookOf(mouth)
  const asked = [
    book.sound({ ...place(1), prompt: 'hotline-line', once: true }),
    book.sound({ ...place(1), prompt: 'elder-line', once: true }),
    book.sound({ ...place(1), once: true }),
  ]
  await vi.waitFor(() => expect(spoken).toHaveLength(1))
  await clock.advance(100)
  expect(new Set((await Promise.all(asked)).map(({ id }) => id)).size).toBe(1)
  expect(spoken).toHaveLength(1)
  await book.close()
})
