import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { messageFlow } from '../support/message-flow.ts'
import { type Caller, ring, talk } from './callers.ts'
import { idsOf, openCaptions } from './captioned.ts'
import { cpuSeconds } from './cost.ts'
import { type Hotline, start, stop } from './product.ts'
import type { FromPages, ToPages } from './readers-pages.ts'
import { percentile, type Row } from './row.ts'

/** Callers whose words are read, and callers who hear music: the distance of whose packets is measured. */
const talkers = 50
const listeners = 50
const readersACall = 200
const measureMs = 10_000
/** Everyone says a word a second. */
const framesAWord = 50

/** Whether ten thousand who read reach into the loop that sends the sound. */
export async function run(): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), messageFlow)
  const settings = { RECOGNIZERS: 'scripted', MAX_CALLS: '400', MEDIA_TIMEOUT_SECONDS: '600' }
  const hotline = await start(directory, settings)
  const pages = fork(fileURLToPath(new URL('readers-pages.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  try {
    return [await measure(hotline, pages)]
  } finally {
    pages.kill('SIGKILL')
    await stop(hotline.child)
    await rm(directory, { recursive: true })
  }
}

async function measure({ sip, api, child }: Hotline, pages: ChildProcess): Promise<Row> {
  const callers: Caller[] = []
  const ask = async (message: ToPages) => {
    pages.send(message)
    const [answer] = (await once(pages, 'message')) as [FromPages]
    return answer
  }
  let talking = true
  let frame = 0
  try {
    for (let at = 0; at < talkers; at++) callers.push(await ring(sip, at))
    const ids = await idsOf(api)
    for (let at = 0; at < listeners; at++) {
      const caller = await ring(sip, talkers + at)
      callers.push(caller)
      caller.pressZero()
    }
    void talk(
      callers,
      () => talking,
      caller => {
        if (caller === 0) frame++
        if (caller >= talkers || (frame + caller * 7) % framesAWord !== 0) return undefined
        const word = `字${caller}.${frame}`
        return Buffer.alloc(160, ' ').fill(word, 0, Buffer.byteLength(word))
      },
    )
    const passes = await Promise.all(ids.map(id => openCaptions(api, id)))
    await delay(3_000)
    const watch = async () => {
      const distances = callers.slice(talkers).map(caller => caller.listen())
      const before = cpuSeconds(child)
      await delay(measureMs)
      const percent = ((cpuSeconds(child) - before) / (measureMs / 1000)) * 100
      return { ms: distances.flatMap(stopListening => stopListening()), percent }
    }
    const alone = await watch()
    const opened = await ask({ api, paths: passes.flatMap(({ live }) => Array(readersACall).fill(live)) })
    await delay(5_000)
    await ask('count')
    const read = await watch()
    const { changes, open } = await ask('count')
    return {
      what: `Distance of packets while ${opened.open} pages read`,
      figure:
        `p50 ${percentile(read.ms, 0.5)} p99 ${percentile(read.ms, 0.99)} ms with them, ` +
        `p50 ${percentile(alone.ms, 0.5)} p99 ${percentile(alone.ms, 0.99)} ms without; ${open} still there`,
      target: 'the same',
      method:
        `${listeners} calls hear music, ${talkers} others say a word a second, ${readersACall} pages each; ` +
        `${((1000 * changes) / measureMs).toFixed(0)} changes a second came to pages; the product takes ` +
        `${read.percent.toFixed(0)} % of a core, ${alone.percent.toFixed(0)} % without them; pages in a process of their own, on the same machine`,
    }
  } finally {
    talking = false
    for (const caller of callers) caller.hangup()
    await delay(500)
    for (const caller of callers) caller.close()
  }
}
