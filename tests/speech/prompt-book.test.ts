import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLog, createManualClock, type Log, silentLog } from '../../src/foundation/index.ts'
import {
  type Behaviour,
  createPromptBook,
  createScripted,
  type Synthesizer,
  type Utterance,
} from '../../src/speech/index.ts'

const hello: Utterance = { text: '您好', language: 'zh-CN', syllablesPerMinute: 200 }
const bye: Utterance = { ...hello, text: '再见' }

let cacheDir: string
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'jieting-prompts-'))
})
afterEach(() => rm(cacheDir, { recursive: true }))

/** A voice with a name of its own, and a list of what it was asked. */
function voice(name: string, behave: () => Behaviour = () => 'speak') {
  const asked: string[] = []
  const mouth: Synthesizer = {
    ...createScripted(utterance => {
      asked.push(utterance.text)
      return behave()
    }),
    name,
    edition: () => name,
  }
  return { mouth, asked }
}

const clock = createManualClock()
const bookOf = (
  synthesizers: readonly Synthesizer[],
  more: { log?: Log; mostMemoryBytes?: number; mostDiskBytes?: number } = {},
) => createPromptBook({ synthesizers, cacheDir, clock, log: silentLog, deadlineMs: 1000, ...more })

async function keptFiles(): Promise<string[]> {
  const names = await readdir(cacheDir, { recursive: true })
  return names.filter(name => name.endsWith('.wav')).map(name => join(cacheDir, name))
}

it('asks a voice once for a prompt that many callers want at the same time', async () => {
  const { mouth, asked } = voice('a')
  const book = bookOf([mouth])
  const sounds = await Promise.all([book.sound(hello), book.sound(hello), book.sound(hello)])
  expect(new Set(sounds.map(sound => sound.id)).size).toBe(1)
  expect(await book.sound(hello)).toBe(sounds[0])
  expect(asked).toEqual(['您好'])
  expect(book.figures()).toEqual({
    rendered: 1,
    kept: 1,
    failed: 0,
    memoryBytes: sounds[0]?.samples.byteLength,
  })
  await book.close()
})

it('plays from disk after a restart, without a voice', async () => {
  const before = bookOf([voice('a').mouth])
  const rendered = await before.sound(hello)
  await before.close()

  const { mouth, asked } = voice('a')
  const after = bookOf([mouth])
  expect(await after.sound(hello)).toEqual(rendered)
  expect(asked).toEqual([])
  await after.close()
})

it('renders anew when the text, the rate, the language or the voice differs', async () => {
  const { mouth, asked } = voice('a')
  const book = bookOf([mouth])
  for (const utterance of [hello, bye, { ...hello, syllablesPerMinute: 140 }, { ...hello, language: 'en' }])
    await book.sound(utterance)
  await book.close()
  expect(asked).toHaveLength(4)

  const other = voice('b')
  const again = bookOf([other.mouth])
  await again.sound(hello)
  expect(other.asked).toHaveLength(1)
  await again.close()
})

it.each([
  ['cut short', (path: string) => truncate(path, 1000)],
  ['emptied', (path: string) => truncate(path, 0)],
  ['overwritten with something else', (path: string) => writeFile(path, 'not a sound at all')],
])('renders a kept prompt anew that was %s, and mends the file', async (_, spoil) => {
  const before = bookOf([voice('a').mouth])
  const rendered = await before.sound(hello)
  await before.close()
  const [path = ''] = await keptFiles()
  const whole = await readFile(path)
  await spoil(path)

  const after = bookOf([voice('a').mouth])
  expect((await after.sound(hello)).id).toBe(rendered.id)
  await after.close()
  expect(await readFile(path)).toEqual(whole)
})

it('goes on without a disk', async () => {
  const lines: string[] = []
  await writeFile(join(cacheDir, 'a-file'), '')
  const book = createPromptBook({
    synthesizers: [voice('a').mouth],
    cacheDir: join(cacheDir, 'a-file', 'below'),
    clock,
    log: createLog('warn', line => lines.push(line)),
  })
  expect((await book.sound(hello)).text).toBe('您好')
  await book.close()
  expect(lines.join('')).toContain('could not be kept')
})

it('holds no more in memory than it may, and forgets what was not played for longest', async () => {
  const { mouth, asked } = voice('a')
  const measure = bookOf([voice('measure').mouth])
  const { samples } = await measure.sound(hello)
  await measure.close()

  const book = bookOf([mouth], { mostMemoryBytes: samples.byteLength * 1.5 })
  await book.sound(hello)
  await book.sound(bye)
  expect(book.figures().memoryBytes).toBeLessThanOrEqual(samples.byteLength * 1.5)
  await book.close()
  expect(asked).toHaveLength(2)
})

it('asks the next voice when one fails', async () => {
  const broken = voice('broken', () => 'fail')
  const book = bookOf([broken.mouth, voice('spare').mouth])
  expect((await book.sound(hello)).text).toBe('您好')
  await book.close()
})

it('asks the next voice when one is late, and calls the late one off', async () => {
  const stuck = voice('stuck', () => 'stall')
  const book = bookOf([stuck.mouth, voice('spare').mouth])
  const sound = book.sound(hello)
  await vi.waitFor(() => expect(stuck.asked).toHaveLength(1))
  await clock.advance(1000)
  expect((await sound).text).toBe('您好')
  expect(clock.pending()).toBe(0)
  await book.close()
})

it('leaves a voice in peace for ten seconds after three failures in a row, then tries it again', async () => {
  let behaviour: Behaviour = 'fail'
  const shaky = voice('shaky', () => behaviour)
  const book = bookOf([shaky.mouth, voice('spare').mouth])
  for (const text of ['一', '二', '三', '四']) await book.sound({ ...hello, text })
  expect(shaky.asked).toEqual(['一', '二', '三'])

  behaviour = 'speak'
  await clock.advance(10_000)
  await book.sound({ ...hello, text: '五' })
  await book.sound({ ...hello, text: '六' })
  expect(shaky.asked).toEqual(['一', '二', '三', '五', '六'])
  await book.close()
})

it('says so when no voice can speak, and still has the message that ships with the product', async () => {
  const book = bookOf([voice('one', () => 'fail').mouth, voice('two', () => 'fail').mouth])
  await expect(book.sound(hello)).rejects.toMatchObject({ name: 'Fault', code: 'speech-failed' })
  expect(book.figures()).toMatchObject({ rendered: 0, failed: 1 })

  const zh = book.emergencySound('zh-CN')
  expect(zh.durationMs).toBeGreaterThan(5000)
  expect(zh.text).toContain('120')
  expect(book.emergencySound('en-US').text).toContain('emergency')
  expect(book.emergencySound('fr').id).toBe(zh.id)
  await book.close()
})

it('lets one caller go while another waits for the same prompt', async () => {
  let behaviour: Behaviour = 'stall'
  const slow = voice('slow', () => behaviour)
  const book = bookOf([slow.mouth, voice('spare').mouth])
  const hangUp = new AbortController()
  const gone = book.sound(hello, hangUp.signal)
  const waiting = book.sound(hello)
  behaviour = 'speak'
  hangUp.abort(new Error('hung up'))
  await expect(gone).rejects.toThrow('hung up')
  await clock.advance(1000)
  expect((await waiting).text).toBe('您好')
  await book.close()
})

it('keeps nothing of what is said to one caller only', async () => {
  const { mouth, asked } = voice('a')
  const book = bookOf([mouth])
  await book.sound({ ...hello, once: true })
  await book.sound({ ...hello, once: true })
  expect(book.figures().memoryBytes).toBe(0)
  await book.close()
  expect(asked).toHaveLength(2)
  expect(await keptFiles()).toEqual([])
})

it('prepares prompts ahead of the callers, and counts what came of it', async () => {
  const { mouth } = voice('a')
  const picky: Synthesizer = {
    ...mouth,
    speak: utterance =>
      utterance.text === '坏' ? Promise.reject(new Error('broken')) : mouth.speak(utterance),
  }
  const book = bookOf([picky])
  await book.sound(hello)
  const progress: number[] = []
  const prepared = await book.prepare([hello, bye, { ...hello, text: '坏' }], done => progress.push(done))
  expect(prepared).toEqual({ rendered: 1, kept: 1, failed: 1 })
  expect(progress).toEqual([1, 2, 3])
  await book.close()
})

it('logs no word of what is said', async () => {
  const lines: string[] = []
  const log = createLog('debug', line => lines.push(line))
  const book = bookOf([voice('a', () => 'fail').mouth], { log })
  await expect(book.sound({ ...hello, text: '王小明一三八零零零' })).rejects.toThrow()
  await book.close()
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('')).not.toMatch(/[王一三零]/)
})

it('lets go of the prompts on disk that were not used for the longest time', async () => {
  const texts = ['一', '二', '三', '四', '五']
  const speak = async (spoken: readonly string[], mostDiskBytes?: number) => {
    const { mouth, asked } = voice('a')
    // Memory has no room: what is known is on disk.
    const book = bookOf([mouth], { mostMemoryBytes: 1, mostDiskBytes: mostDiskBytes || undefined })
    for (const text of spoken) await book.sound({ ...hello, text })
    await book.close()
    return asked
  }
  const files: string[] = []
  for (const [minute, text] of texts.entries()) {
    await speak([text])
    const made = (await keptFiles()).find(path => !files.includes(path)) ?? ''
    await utimes(made, minute, minute)
    files.push(made)
  }
  const bytes = (await Promise.all(files.map(path => stat(path)))).reduce((sum, { size }) => sum + size, 0)

  expect(await speak(['一', '六'], bytes)).toEqual(['六'])
  expect(await speak(['一', '四', '五', '六'])).toEqual([])
  expect(await speak(['二'])).toEqual(['二'])
})

it('asks by a voice whether somebody is still there, and as shipped when every voice fails', async () => {
  const { mouth, asked } = voice('one')
  const book = bookOf([mouth])
  expect((await book.notice('still-there', 'zh-CN')).text).toBe('您还在吗？请按任意键。')
  expect((await book.notice('still-there', 'en-GB')).text).toContain('still there')
  expect(asked).toEqual(['您还在吗？请按任意键。', 'Are you still there? Please press any key.'])
  await book.close()

  const mute = bookOf([voice('two', () => 'fail').mouth])
  for (const [language, words] of [
    ['zh-CN', '您还在吗'],
    ['en', 'still there'],
    ['fr', '您还在吗'],
  ] as const) {
    const shipped = await mute.notice('still-there', language)
    expect(shipped.text).toContain(words)
    expect(shipped.samples.some(sample => Math.abs(sample) > 1_000)).toBe(true)
  }
  await mute.close()
})
