import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import WebSocket from 'ws'
import type { ToPage } from '../../src/captions/index.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { messageFlow } from '../support/message-flow.ts'
import { createRttPhone, type RttPhone } from '../support/rtt-phone.ts'
import { type Caller, ring, talk } from './callers.ts'
import { idsOf, openCaptions, type Pass } from './captioned.ts'
import { cpuSeconds, residentMegabytes } from './cost.ts'
import { type Hotline, start, stop } from './product.ts'
import { percentile, type Row } from './row.ts'

const calls = 200
/** Of those, read in Chromium; the others are read by plain sockets. */
const pages = 4
const measureMs = 10_000
/** Everyone says a word a second. */
const framesAWord = 50
const letters = 300

/** The whole product in a process of its own, everyone talking, captions off and then on. */
export async function run(): Promise<readonly Row[]> {
  if (!hasBrowser) return [{ what: 'Captions', figure: 'not measured: no Chromium', target: '-', method: '' }]
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), messageFlow)
  const settings = { RECOGNIZERS: 'scripted', MAX_CALLS: String(calls * 2), MEDIA_TIMEOUT_SECONDS: '600' }
  const hotline = await start(directory, settings)
  const browser = await openBrowser()
  try {
    return await measure(hotline, browser)
  } finally {
    await browser.close()
    await stop(hotline.child)
    await rm(directory, { recursive: true })
  }
}

async function measure(hotline: Hotline, browser: Browser): Promise<readonly Row[]> {
  const { sip, api } = hotline
  const callers: Caller[] = []
  /** When each word was sent, on the wall's scale, to the fraction of a ms. */
  const spoken = new Map<string, number>()
  let frame = 0
  let talking = true
  let watched = 0
  const text = await createRttPhone()
  const close: (() => void)[] = [text.close]
  try {
    // The first is a phone with real-time text.
    for (let at = 0; at < calls; at++)
      callers.push(await ring(sip, at, at === 0 ? text.streams : [], at === 0 ? text.answered : undefined))
    void talk(
      callers,
      () => talking,
      caller => {
        if (caller === 0) frame++
        if ((frame + caller * 7) % framesAWord !== 0) return undefined
        const word = `字${caller}.${frame}`
        if (caller > 0 && caller <= watched) spoken.set(word, wallMs())
        return Buffer.alloc(160, ' ').fill(word, 0, Buffer.byteLength(word))
      },
    )
    const ids = await idsOf(api)
    await delay(3_000)
    const bare = await costOf(hotline)
    const passes = await Promise.all(ids.map(id => openCaptions(api, id)))
    // The oldest call is the first that rang.
    const [first, ...others] = passes
    for (const { live } of others.slice(pages)) close.push(openReader(api, live).close)
    const shown: Page[] = []
    for (const { link } of others.slice(0, pages)) shown.push(await openPage(browser, link))
    // Opening pages holds up the telephones of this process: until their packets are even again.
    await delay(8_000)
    watched = pages
    const captioned = await costOf(hotline)
    const painted = (await Promise.all(shown.map(page => page.evaluate('window.painted')))) as Record<
      string,
      number
    >[]
    const delaysMs = painted.flatMap(words =>
      Object.entries(words).flatMap(([word, atMs]) => {
        const sentMs = spoken.get(word)
        return sentMs === undefined ? [] : [atMs - sentMs]
      }),
    )
    const typedMs = await typingDelays(api, others[pages + 1] ?? { link: '', live: '' })
    const phoneMs = first ? await phoneDelays(api, first.live, text) : []
    const insideMs = await insideDelay(api)
    return rowsOf({ insideMs, delaysMs, typedMs, phoneMs, bare, captioned })
  } finally {
    talking = false
    for (const act of close) act()
    for (const caller of callers) caller.hangup()
    await delay(500)
    for (const caller of callers) caller.close()
  }
}

type Cost = { readonly percent: number; readonly megabytes: number }

async function costOf({ child }: Hotline): Promise<Cost> {
  const before = cpuSeconds(child)
  const startMs = performance.now()
  await delay(measureMs)
  const percent = ((cpuSeconds(child) - before) / ((performance.now() - startMs) / 1000)) * 100
  return { percent, megabytes: residentMegabytes(child) }
}

type Measured = {
  /** From the tap of a media port to the transcript, on average, as the product itself counts. */
  readonly insideMs: number
  readonly delaysMs: readonly number[]
  readonly typedMs: readonly number[]
  readonly phoneMs: readonly number[]
  readonly bare: Cost
  readonly captioned: Cost
}

function rowsOf({ insideMs, delaysMs, typedMs, phoneMs, bare, captioned }: Measured): readonly Row[] {
  const spread = (values: readonly number[]) =>
    `p50 ${percentile(values, 0.5)} p95 ${percentile(values, 0.95)} p99 ${percentile(values, 0.99)} ms of ${values.length}`
  return [
    {
      what: `A word sent by the phone to its paint in Chromium, first and final appearance, ${calls} captioned calls`,
      figure: spread(delaysMs),
      target: 'p95 <= 100 ms',
      method:
        `a recognizer that takes no time of its own tells both at once; everyone says a word a second, ${pages} calls are read ` +
        'in Chromium (a task after the frame that shows the word), the others by sockets; the jitter buffer is in it',
    },
    {
      what: 'Of that, from a word being audible at our end to its line in the transcript',
      figure: `${insideMs.toFixed(1)} ms on average`,
      target: '-',
      method: 'jieting_caption_delay_seconds in /metrics, first appearance; the frame of 20 ms is not in it',
    },
    {
      what: 'A letter typed on a page to the seat’s socket',
      figure: spread(typedMs),
      target: 'p99 <= 300 ms',
      method: 'the same load; from the page’s socket to the seat’s, a letter each 50 ms',
    },
    {
      what: 'A letter typed on a phone with real-time text to the seat’s socket',
      figure: spread(phoneMs),
      target: 'p99 <= 300 ms',
      method: 'the same load; from the RTP packet, which a phone holds back for up to 300 ms itself',
    },
    {
      what: 'CPU of a captioned call beside an uncaptioned one',
      figure:
        `${(captioned.percent / calls).toFixed(3)} % of a core, ${(bare.percent / calls).toFixed(3)} % without, ` +
        `${(captioned.percent / bare.percent).toFixed(2)} times`,
      target: '-',
      method: `all threads of the product over ${measureMs / 1000} s each, ${calls} calls that are recorded, one reader a call`,
    },
    {
      what: 'Memory of a captioned call beside an uncaptioned one',
      figure: `${(((captioned.megabytes - bare.megabytes) * 1024) / calls).toFixed(0)} kB more`,
      target: '-',
      method: `resident set before (${bare.megabytes.toFixed(0)} MB) and after ${measureMs / 1000} s of captions (${captioned.megabytes.toFixed(0)} MB)`,
    },
  ]
}

const wallMs = () => performance.timeOrigin + performance.now()
async function insideDelay(api: string): Promise<number> {
  const metrics = await (await fetch(`${api}/metrics`)).text()
  const figure = (pattern: RegExp) => Number(pattern.exec(metrics)?.[1])
  const sum = figure(/caption_delay_seconds_sum\{appearance="first"\} (\S+)/)
  return (1000 * sum) / figure(/caption_delay_seconds_bucket\{appearance="first",le="\+Inf"\} (\S+)/)
}

/** A page that notes when each word was painted: one task after the frame that has it. */
async function openPage(browser: Browser, link: string): Promise<Page> {
  const page = await browser.newPage()
  await page.addInitScript(`{
    window.painted = {}
    const note = words => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        for (const word of words) window.painted[word] ??= performance.timeOrigin + performance.now()
      }
      port2.postMessage(0)
    }
    new MutationObserver(changes => {
      const words = changes.flatMap(({ target }) => (target.textContent ?? '').match(/字\\d+\\.\\d+/g) ?? [])
      const fresh = words.filter(word => !(word in window.painted))
      if (fresh.length > 0) requestAnimationFrame(() => note(fresh))
    }).observe(document, { subtree: true, childList: true, characterData: true })
  }`)
  await page.goto(link)
  await page.locator('.lines').waitFor()
  return page
}

let readers = 0
function openReader(api: string, path: string, take: (message: ToPage) => void = () => undefined) {
  // One address may open 120 a minute: readers come from several.
  const localAddress = `127.0.0.${2 + (readers++ % 8)}`
  const socket = new WebSocket(`${api.replace('http', 'ws')}${path}`, { localAddress })
  socket.on('message', data => take(JSON.parse(String(data)) as ToPage))
  const open = new Promise<void>(resolve => socket.once('open', () => resolve()))
  return {
    open,
    send: (message: object) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  }
}

/** What a seat sees of what is typed, and when. */
function openSeat(api: string, live: string) {
  const seen = new Map<string, number>()
  const seat = openReader(api, live, message => {
    if (message.kind !== 'changes') return
    for (const { line } of message.changes)
      if (line.kind === 'typed' && !seen.has(line.text)) seen.set(line.text, performance.now())
  })
  return { ...seat, seen }
}

const delaysIn = (sent: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>) =>
  [...sent].map(([text, atMs]) => (seen.get(text) ?? Number.POSITIVE_INFINITY) - atMs)

async function typingDelays(api: string, { link, live }: Pass): Promise<readonly number[]> {
  const seat = openSeat(api, live)
  const page = openReader(api, `${new URL(link).pathname}/live`)
  await Promise.all([seat.open, page.open])
  await delay(500)
  const sent = new Map<string, number>()
  for (let letter = 1; letter <= letters; letter++) {
    const text = '打'.repeat(letter)
    sent.set(text, performance.now())
    page.send({ kind: 'type', line: 1, text })
    await delay(50)
  }
  await delay(1000)
  seat.close()
  page.close()
  return delaysIn(sent, seat.seen)
}

async function phoneDelays(api: string, live: string, phone: RttPhone): Promise<readonly number[]> {
  const seat = openSeat(api, live)
  await seat.open
  await delay(500)
  const sent = new Map<string, number>()
  for (let letter = 1; letter < letters; letter++) {
    sent.set('写'.repeat(letter), performance.now())
    phone.type('写')
    await delay(50)
  }
  await delay(1000)
  seat.close()
  return delaysIn(sent, seat.seen)
}
