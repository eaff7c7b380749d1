import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { firstPlaces, speakFlows } from '../../src/hall/voices.ts'
import { firstUtterancesOf, placeUtterancesOf, readFlows } from '../../src/ivr/index.ts'
import { soundOf } from '../../src/media/index.ts'
import { createPromptBook, type Synthesizer } from '../../src/speech/index.ts'

const flows = join(import.meta.dirname, '..', '..', 'ivr-flows')

it('lets no place in the queue hold up the first call, and speaks the first places before all else', async () => {
  const names = (await readdir(flows)).filter(name => name.endsWith('.yaml'))
  const set = readFlows(
    await Promise.all(names.map(async path => ({ path, text: await readFile(join(flows, path), 'utf8') }))),
  )
  const first = new Set(firstUtterancesOf(set).map(({ text }) => text))
  const asked: string[] = []
  let end: () => void = () => undefined
  const ending = new Promise<void>(resolve => {
    end = resolve
  })
  /** Speaks what callers hear first, and is at the next thing for ever. */
  const slow: Synthesizer = {
    name: 'slow',
    edition: () => '1',
    speak: async ({ text }) => {
      asked.push(text)
      if (first.has(text)) return soundOf(new Int16Array(80).fill(1), text)
      await ending
      throw new Error('over')
    },
    close: async () => end(),
  }
  const cacheDir = await mkdtemp(join(tmpdir(), 'jieting-prompts-'))
  const prompts = createPromptBook({
    synthesizers: [slow],
    cacheDir,
    clock: createManualClock(),
    log: silentLog,
  })
  const lengths = await speakFlows(prompts, set, () => undefined)
  expect(Object.keys(lengths).length).toBeGreaterThan(20)
  // Several are looked for on the disk at once, and whichever is missed there first is spoken first.
  const places = placeUtterancesOf(set, 1, firstPlaces).map(({ text }) => text)
  await expect.poll(() => asked.at(-1), { timeout: 10_000 }).toBeOneOf(places)
  await prompts.close()
  await rm(cacheDir, { recursive: true })
})
