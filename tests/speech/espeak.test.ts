import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, expect, it } from 'vitest'
import { createManualClock, monotonicMs, silentLog, systemClock } from '../../src/foundation/index.ts'
import { createEspeak, type Utterance } from '../../src/speech/index.ts'
import { activeLevelDbov } from '../../src/speech/level.ts'
import { syllablesIn } from '../../src/speech/syllables.ts'
import { fromPcm16 } from '../../src/speech/wav.ts'

const utterance: Utterance = {
  text: '您的诉求已经记录，工作人员会与您联系。',
  language: 'zh-CN',
  syllablesPerMinute: 200,
}
const espeak = createEspeak({ clock: systemClock, log: silentLog })
afterAll(() => espeak.close())

/** Every worker thread that this process starts during a test. */
const workers: Worker[] = []
const watch = (worker: Worker) => workers.push(worker)
process.on('worker', watch)
afterEach(() => {
  workers.length = 0
})
afterAll(() => {
  process.off('worker', watch)
})

/** None of them is among those that the rates were measured with. */
const prompts = {
  'zh-CN': [
    '欢迎致电市民服务热线，反映问题请按一，查询进度请按二。',
    '现在是来电高峰，预计还要等候两分钟，您也可以按星号键，由我们给您回电。',
    '请输入您的工单号，以井号键结束。',
    '感谢您的评价，祝您生活愉快，再见。',
  ],
  en: [
    'Welcome to the citizen hotline. To report a problem, press one. To ask about an order, press two.',
    'All our colleagues are talking to other callers. You may press star, and we will call you back.',
    'Please enter the number of your order, followed by the pound key.',
    'Thank you for your answer. Have a good day, and goodbye.',
  ],
}

it.each([
  ['zh-CN', 120],
  ['zh-CN', 140],
  ['zh-CN', 160],
  ['zh-CN', 200],
  ['zh-CN', 240],
  ['en', 140],
  ['en', 200],
] as const)('speaks %s at %i syllables a minute', async (language, syllablesPerMinute) => {
  let syllables = 0
  let minutes = 0
  for (const text of prompts[language]) {
    const { durationMs } = await espeak.speak({ text, language, syllablesPerMinute })
    syllables += syllablesIn(text)
    minutes += durationMs / 60_000
  }
  expect(Math.abs(syllables / minutes / syllablesPerMinute - 1)).toBeLessThan(0.1)
})

it('sounds like a voice: most of its power where vowels have theirs, and syllables that rise and fall', async () => {
  const samples = fromPcm16((await espeak.speak(utterance)).samples)
  const powerBetween = (from: number, to: number) => {
    let filtered = 0
    // Two one-pole low passes a band: enough to tell a voice from a tone, a hum or hiss.
    let low = 0
    let high = 0
    for (const sample of samples) {
      low += (1 - Math.exp((-2 * Math.PI * to) / 8000)) * (sample - low)
      high += (1 - Math.exp((-2 * Math.PI * from) / 8000)) * (low - high)
      filtered += (low - high) ** 2
    }
    return filtered
  }
  expect(powerBetween(200, 1500)).toBeGreaterThan(powerBetween(2500, 4000))
  expect(powerBetween(2500, 4000)).toBeGreaterThan(0)

  const frames = Array.from({ length: Math.floor(samples.length / 160) }, (_, frame) =>
    activeLevelDbov(samples.subarray(frame * 160, (frame + 1) * 160)),
  )
  const loud = Math.max(...frames)
  expect(frames.filter(level => level < loud - 20).length / frames.length).toBeGreaterThan(0.1)
})

it('says the same in the same way, whatever it said before, and however much', async () => {
  const alone = createEspeak({ clock: systemClock, log: silentLog })
  const first = await alone.speak(utterance)
  await alone.speak({ text: 'Please wait.', language: 'en', syllablesPerMinute: 150 })
  expect((await alone.speak(utterance)).id).toBe(first.id)
  const long = await alone.speak({ ...utterance, text: utterance.text.repeat(20) })
  expect(long.durationMs).toBeGreaterThan(80_000)
  expect((await alone.speak(utterance)).id).toBe(first.id)
  await alone.close()
})

it('takes no markup from a text', async () => {
  const plain = await espeak.speak({ ...utterance, text: 'a b' })
  const marked = await espeak.speak({ ...utterance, text: 'a<b' })
  expect(marked.durationMs).toBeCloseTo(plain.durationMs, -2)
  await expect(espeak.speak({ ...utterance, text: '<>' })).rejects.toMatchObject({ code: 'speech-unknown' })
})

it('speaks any language that espeak-ng has, and no other', async () => {
  const { durationMs } = await espeak.speak({ ...utterance, text: '而家帮您驳去人工。', language: 'yue' })
  expect(durationMs).toBeGreaterThan(1000)
  expect(
    (await espeak.speak({ ...utterance, text: 'Merci.', language: 'fr-CA' })).durationMs,
  ).toBeGreaterThan(200)
  await expect(espeak.speak({ ...utterance, language: 'tlh' })).rejects.toMatchObject({
    code: 'speech-unknown',
  })
})

it('does not hold up the thread that calls are served in', async () => {
  await espeak.speak(utterance)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const beganMs = monotonicMs()
  const { durationMs } = await espeak.speak({ ...utterance, text: utterance.text.repeat(2) })
  const tookMs = monotonicMs() - beganMs
  delay.disable()
  expect(durationMs).toBeGreaterThan(5000)
  expect(tookMs).toBeLessThan(durationMs / 2)
  // Were it done in this thread, the longest delay would be all of it.
  expect(delay.max / 1e6).toBeLessThan(tookMs / 2)
})

it('fails what a worker was at when that dies, and starts another', async () => {
  const mortal = createEspeak({ clock: systemClock, log: silentLog })
  const speaking = expect(mortal.speak(utterance)).rejects.toThrow(/a worker thread that ended/)
  const waiting = mortal.speak({ ...utterance, text: '您好' })
  await expect.poll(() => workers.length).toBe(1)
  await workers[0]?.terminate()
  await speaking
  expect((await waiting).text).toBe('您好')
  expect(workers).toHaveLength(2)
  await mortal.close()
})

it('replaces a worker that is stuck', async () => {
  const clock = createManualClock()
  const stuck = createEspeak({ clock, log: silentLog })
  const speaking = expect(stuck.speak(utterance)).rejects.toThrow(/nothing within 30000 ms/)
  await clock.advance(30_000)
  await speaking
  expect((await stuck.speak(utterance)).text).toBe(utterance.text)
  expect(workers).toHaveLength(2)
  await stuck.close()
  expect(clock.pending()).toBe(0)
})

it('gives its memory back when nobody has asked for anything, and speaks again when somebody does', async () => {
  const clock = createManualClock()
  const idle = createEspeak({ clock, log: silentLog })
  const first = await idle.speak(utterance)
  await clock.advance(19_999)
  await idle.speak(utterance)
  expect(workers).toHaveLength(1)
  const ended = once(workers[0]!, 'exit')
  await clock.advance(20_000)
  await ended
  expect((await idle.speak(utterance)).id).toBe(first.id)
  expect(workers).toHaveLength(2)
  await idle.close()
  expect(clock.pending()).toBe(0)
})

it('lets go of a caller who left the queue, without speaking for them', async () => {
  const hangUp = new AbortController()
  const first = espeak.speak(utterance)
  const left = espeak.speak({ ...utterance, text: '再见' }, hangUp.signal)
  hangUp.abort(new Error('hung up'))
  await expect(left).rejects.toThrow('hung up')
  expect((await first).text).toBe(utterance.text)
})

it('refuses more than it could ever speak in time', async () => {
  const busy = createEspeak({ clock: systemClock, log: silentLog })
  const all = Array.from({ length: 202 }, () => busy.speak(utterance))
  const outcomes = Promise.allSettled(all)
  await expect(all[201]).rejects.toMatchObject({ code: 'speech-failed', expected: 'fewer than 200' })
  await busy.close()
  expect((await outcomes).every(outcome => outcome.status === 'rejected')).toBe(true)
})

it('says what to install where the optional package is missing', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'jieting-bare-'))
  const root = join(import.meta.dirname, '..', '..')
  await cp(join(root, 'dist'), join(bare, 'dist'), { recursive: true })
  await writeFile(join(bare, 'package.json'), '{ "type": "module" }')
  await cp(join(root, 'node_modules', '.package-lock.json'), join(bare, 'node_modules', 'lock.json'))
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@echogarden')
      await symlink(join(root, 'node_modules', name), join(bare, 'node_modules', name))

  const script = `
    import { createEspeak } from './dist/speech/index.js'
    try { createEspeak({}) } catch (fault) { console.log(JSON.stringify({ ...fault, message: fault.message })) }`
  await writeFile(join(bare, 'try.js'), script)
  const { stdout } = await promisify(execFile)(process.execPath, [join(bare, 'try.js')])
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'voice-missing',
    message: expect.stringMatching(
      /^@echogarden\/espeak-ng-emscripten: found no such package, expected .*npm install/,
    ),
  })
  await rm(bare, { recursive: true })
})
