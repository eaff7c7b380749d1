import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fault, silentLog, systemClock } from '../../src/foundation/index.ts'
import { createSherpaThread, portionOf } from '../../src/speech/recognizers/sherpa-thread.ts'

/** As the worker with a model: it answers each portion by a word, and dies when it hears µ-law. */
const worker = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ portions }) => {
  if (portions.some(({ codec }) => codec === 'PCMU')) process.exit(9)
  const words = portions.map(({ id }) => ({ id, text: '好', startMs: 0, endMs: 20, isFinal: true }))
  parentPort.postMessage({ what: 'done', words, over: portions.filter(({ isLast }) => isLast).map(({ id }) => id) })
})
parentPort.postMessage({ what: 'ready' })
`
let folder: string
let file: URL
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  file = pathToFileURL(join(folder, 'worker.mjs'))
  await writeFile(file, worker)
})
afterAll(() => rm(folder, { recursive: true }))

type Thread = ReturnType<typeof createSherpaThread>

/** Speaks frame by frame, and is told words and its end. */
function speakerOn(thread: Thread, id: number) {
  let codec: 'PCMA' | 'PCMU' | undefined
  const heard: string[] = []
  let end: (fault: Fault | undefined) => void = () => undefined
  const ended = new Promise<Fault | undefined>(resolve => {
    end = resolve
  })
  thread.join(id, {
    take() {
      const said = codec
      codec = undefined
      return said && portionOf(said, [new Uint8Array(160)], false)
    },
    tell: ({ text }) => heard.push(text),
    end,
  })
  return {
    heard,
    ended,
    say(now: 'PCMA' | 'PCMU') {
      codec = now
      thread.wake()
    },
  }
}

it('fails all hundred whom it heard when it dies, each at once and once, and hears the next ones', async () => {
  const thread = createSherpaThread(file, { model: {}, hotwords: [] } as never, systemClock, silentLog)
  await thread.ready
  const speakers = Array.from({ length: 100 }, (_, id) => speakerOn(thread, id))
  for (const one of speakers) one.say('PCMA')
  await expect.poll(() => speakers.every(({ heard }) => heard.length === 1), { timeout: 5_000 }).toBe(true)
  const again: ReturnType<typeof speakerOn>[] = []
  // Each goes on elsewhere as soon as it is told, as in a call.
  const faults = speakers.map(async ({ ended }, id) => {
    const fault = await ended
    again.push(speakerOn(thread, 1_000 + id))
    return fault?.code
  })
  speakers[7]?.say('PCMU')
  expect(new Set(await Promise.all(faults))).toEqual(new Set(['recognizer-failed']))
  expect(thread.size()).toBe(100)
  for (const one of again) one.say('PCMA')
  await expect.poll(() => again.every(({ heard }) => heard.length === 1), { timeout: 5_000 }).toBe(true)
  await thread.close()
})
