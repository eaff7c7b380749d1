import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLog, createManualClock, silentLog } from '../../src/foundation/index.ts'
import { createPromptBook, createScripted, openRecorded, type Utterance } from '../../src/speech/index.ts'
import { fromPcm16, toPcm16, writeWav } from '../../src/speech/wav.ts'
import { amplitudeAt, sine } from './signals.ts'

const greeting: Utterance = {
  text: '您好，市民热线',
  language: 'zh-CN',
  syllablesPerMinute: 200,
  prompt: 'greeting',
}

let dir: string
const file = (name: string) => join(dir, 'zh-CN', name)
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jieting-recorded-'))
  await mkdir(join(dir, 'zh-CN'))
})
afterEach(() => rm(dir, { recursive: true }))

const wav = (hz: number, rate = 16_000) => writeWav(toPcm16(sine(hz, rate, 1)), rate)
async function record(name: string, hz: number, text?: string) {
  await writeFile(file(`${name}.wav`), wav(hz))
  if (text !== undefined) await writeFile(file(`${name}.txt`), `${text}\n`)
}
const unknown = { name: 'Fault', code: 'speech-unknown' }

it('plays the recording that has the name of the prompt, at 8 kHz', async () => {
  await record('greeting', 440)
  const recorded = await openRecorded(dir, silentLog)
  const sound = await recorded.speak(greeting)
  expect(amplitudeAt(440, fromPcm16(sound.samples).subarray(200, 8000), 8000)).toBeGreaterThan(0.1)
  expect(sound.durationMs).toBeCloseTo(1000, -2)
  expect(sound.text).toBe(greeting.text)
})

it('finds a recording by its text, whatever the prompt is called', async () => {
  await record('welcome', 440, greeting.text)
  const recorded = await openRecorded(dir, silentLog)
  expect((await recorded.speak(greeting)).text).toBe(greeting.text)
  await expect(recorded.speak({ ...greeting, text: '再见' })).rejects.toMatchObject(unknown)
  await expect(recorded.speak({ ...greeting, language: 'en' })).rejects.toMatchObject(unknown)
})

it('does not play a recording that says something else than its prompt does now, and warns once', async () => {
  await record('greeting', 440, '您好，旧的热线')
  const lines: string[] = []
  const recorded = await openRecorded(
    dir,
    createLog('warn', line => lines.push(line)),
  )
  await expect(recorded.speak(greeting)).rejects.toMatchObject(unknown)
  await expect(recorded.speak(greeting)).rejects.toMatchObject(unknown)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('greeting')
})

it('names a broken file, and plays it once it is mended', async () => {
  await writeFile(file('greeting.wav'), 'not a sound')
  const recorded = await openRecorded(dir, silentLog)
  await expect(recorded.speak(greeting)).rejects.toMatchObject({
    code: 'wav-unreadable',
    place: file('greeting.wav'),
    found: expect.stringContaining('11 bytes'),
  })
  await record('greeting', 440)
  expect((await recorded.speak(greeting)).text).toBe(greeting.text)
})

it('does not take silence or a lost file for a recording', async () => {
  await writeFile(file('greeting.wav'), writeWav(new Int16Array(8000), 8000))
  await record('bye', 440, '再见')
  const recorded = await openRecorded(dir, silentLog)
  await expect(recorded.speak(greeting)).rejects.toThrow(/greeting\.wav: found silence, expected a voice/)
  await rm(file('bye.wav'))
  await expect(recorded.speak({ ...greeting, text: '再见', prompt: 'bye' })).rejects.toThrow(
    /bye\.wav: found ENOENT/,
  )
})

it('comes before synthesis, which takes over where nothing is recorded or a file is broken', async () => {
  await record('greeting', 440)
  for (const name of ['one', 'two', 'three']) await writeFile(file(`${name}.wav`), 'not a sound')
  const recorded = await openRecorded(dir, silentLog)
  const asked: string[] = []
  const scripted = createScripted(({ text }) => {
    asked.push(text)
    return 'speak'
  })
  const book = createPromptBook({
    synthesizers: [recorded, scripted],
    cacheDir: join(dir, 'cache'),
    clock: createManualClock(),
    log: silentLog,
  })
  for (const prompt of ['one', 'two', 'three']) await book.sound({ ...greeting, text: prompt, prompt })
  expect((await book.sound(greeting)).id).toBe((await recorded.speak(greeting)).id)
  expect(asked).toEqual(['one', 'two', 'three'])
  expect(book.figures()).toMatchObject({ rendered: 3, kept: 1, failed: 0 })
  await book.close()
})

it('has nothing recorded where there is no directory, and says so when there is something else', async () => {
  const recorded = await openRecorded(join(dir, 'nowhere'), silentLog)
  await expect(recorded.speak(greeting)).rejects.toMatchObject(unknown)
  await record('greeting', 440)
  await expect(openRecorded(file('greeting.wav'), silentLog)).rejects.toMatchObject({ code: 'ENOTDIR' })
})
