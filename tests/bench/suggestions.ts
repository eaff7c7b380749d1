import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { givesPassword, hasBrowser, openBrowser } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { messageFlow } from '../support/message-flow.ts'
import { usualPassword, visitorsOf } from '../support/visitors.ts'
import { type Caller, ring, talk } from './callers.ts'
import { idsOf, openCaptions } from './captioned.ts'
import { cpuSeconds } from './cost.ts'
import { apiToken, type Hotline, start, stop } from './product.ts'
import { percentile, type Row } from './row.ts'
import type { FromSeats, ToSeats } from './suggestions-seats.ts'

const calls = 200
const sentences = 40
/** Frames of 20 ms from one sentence to the next: of the caller who is measured, and of everybody else. */
const framesASentence = { measured: 100, others: 200 }

/** What callers ring about, in turn: what is suggested changes. */
const matters = [
  '我家暖气从前天晚上开始就不热',
  '小区停水三天了没有人通知',
  '楼下饭店油烟噪音很大',
  '路口的井盖坏了有人摔倒',
]

/** An agent's page in Chromium, with a caller who tells something, while everybody else talks to seats that are told, too. */
export async function run(): Promise<readonly Row[]> {
  if (!hasBrowser)
    return [{ what: 'Suggestions', figure: 'not measured: no Chromium', target: '-', method: '' }]
  const directory = await mkdtemp(join(tmpdir(), 'jieting-bench-'))
  await writeFile(join(directory, 'hotline.yaml'), messageFlow)
  const settings = {
    RECOGNIZERS: 'scripted',
    MAX_CALLS: String(calls * 2),
    MEDIA_TIMEOUT_SECONDS: '600',
    KNOWLEDGE_EXAMPLES: 'off',
  }
  const hotline = await start(directory, settings)
  const browser = await openBrowser()
  const seats = fork(fileURLToPath(new URL('suggestions-seats.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  try {
    return await measure(hotline, browser, seats)
  } finally {
    seats.kill('SIGKILL')
    await browser.close()
    await stop(hotline.child)
    await rm(directory, { recursive: true })
  }
}

/** Of a sentence, on the wall's scale in ms: its caption at the page, a kind suggested of it, a field proposed of it. */
type Seen = { readonly captionMs?: number; readonly kindMs?: number; readonly fieldMs?: number }

async function measure(hotline: Hotline, browser: Browser, seats: ChildProcess): Promise<readonly Row[]> {
  const { api, sip, child } = hotline
  // Whoever asks for the other seats signs in before anybody rings.
  await hire(api, apiToken, { name: 's2', display: '李四', role: 'seat', password: usualPassword })
  const { cookie } = await visitorsOf(api).signsIn('s2')
  const page = await openSeat(api, browser)
  const callers: Caller[] = []
  const said = new Map<number, number>()
  let isTalking = true
  let isMeasured = false
  let frame = 0
  const say = (caller: number) => {
    if (caller === 0) frame++
    const every = caller === 0 ? framesASentence.measured : framesASentence.others
    if (!isMeasured || (frame + caller * 7) % every !== 0) return undefined
    const at = Math.floor(frame / every)
    if (caller === 0) said.set(at, performance.timeOrigin + performance.now())
    return sentence(at + caller, at)
  }
  try {
    for (let at = 0; at < calls; at++) callers.push(await ring(sip, at))
    void talk(callers, () => isTalking, say)
    const ids = (await idsOf(api)).slice(0, calls)
    callers[0]?.pressZero()
    await takesCall(page)
    const others = await Promise.all(ids.slice(1).map(id => openCaptions(api, id)))
    await ask(seats, { api, cookie, paths: others.map(({ live }) => live) })
    // Until the packets of this process, which had pages to open, are even again.
    await delay(5_000)
    isMeasured = true
    const before = cpuSeconds(child)
    const measuredMs = sentences * framesASentence.measured * 20
    await delay(measuredMs)
    const percent = ((cpuSeconds(child) - before) / (measuredMs / 1000)) * 100
    const seen = (await page.evaluate('window.seen')) as Readonly<Record<string, Seen>>
    return rowsOf(said, seen, { percent, ...(await ask(seats, 'count')) })
  } finally {
    isTalking = false
    for (const caller of callers) caller.hangup()
    await delay(500)
    for (const caller of callers) caller.close()
  }
}

async function ask(seats: ChildProcess, message: ToSeats): Promise<FromSeats> {
  seats.send(message)
  const [answer] = (await once(seats, 'message')) as [FromSeats]
  return answer
}

async function takesCall(page: Page): Promise<void> {
  const status = page.getByRole('region', { name: '坐席状态' }).getByRole('status')
  await status.getByText('来电振铃').waitFor()
  // Beside all others it may take the page a moment to hear that its phone rings.
  while (await status.getByText('来电振铃').isVisible()) {
    await page.keyboard.press('F4')
    await delay(1_000)
  }
  await status.getByText('通话中').waitFor({ timeout: 10_000 })
}

/** The number tells sentences apart, the sum is a field that is offered, and that no other sentence has. */
function sentence(matter: number, at: number): Uint8Array {
  const words = `第${at}句，${matters[matter % matters.length]}，扣了我${1000 + at}元`
  return Buffer.alloc(160, ' ').fill(words, 0, Buffer.byteLength(words))
}

/** A page that notes when a final caption came to it, and when what it suggests of it stood there. */
async function openSeat(api: string, browser: Browser): Promise<Page> {
  const member = { name: 's1', display: '张三', role: 'seat', password: usualPassword }
  await hire(api, apiToken, member)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  await page.addInitScript(watch)
  await page.goto(`${api}/seat`)
  await givesPassword(page, member.name, usualPassword)
  await page.getByRole('button', { name: /示闲，开始接线/ }).press('Enter')
  await page.getByRole('region', { name: '坐席状态' }).getByRole('status').getByText('示闲').waitFor()
  return page
}

/** Of kinds the same three may go on standing there: they are seen in the second frame after the answer came. */
const watch = `{
  const seen = window.seen = {}
  const nowMs = () => performance.timeOrigin + performance.now()
  const note = (text, pattern, name) => {
    for (const [, figure] of text.matchAll(pattern))
      (seen[name === 'fieldMs' ? figure - 1000 : figure] ??= {})[name] ??= nowMs()
  }
  const Plain = window.WebSocket
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.includes('"changes"')) return
        for (const { line } of JSON.parse(data).changes)
          if (line.settled && line.who === 'citizen') note(line.text, /第(\\d+)句/g, 'captionMs')
      })
    }
  }
  const plain = window.fetch
  window.fetch = async (...given) => {
    const answer = await plain(...given)
    const [asked, { body } = {}] = given
    if (String(asked).includes('/api/suggestions'))
      requestAnimationFrame(() => requestAnimationFrame(() => note(String(body), /第(\\d+)句/g, 'kindMs')))
    return answer
  }
  new MutationObserver(() => {
    note(document.querySelector('.proposals')?.textContent ?? '', /(\\d{4})元/g, 'fieldMs')
  }).observe(document, { subtree: true, childList: true, characterData: true })
}`

function rowsOf(
  said: ReadonlyMap<number, number>,
  seen: Readonly<Record<string, Seen>>,
  load: FromSeats & { readonly percent: number },
): readonly Row[] {
  const method =
    `one agent’s page in Chromium on the whole product, a caller who says a sentence each ${framesASentence.measured / 50} s, ` +
    `${calls - 1} others one each ${framesASentence.others / 50} s, whose seats ask after each as the page does ` +
    `(${load.answered} answers, ${load.refused} refused, ${load.percent.toFixed(0)} % of a core); a recognizer that takes no time of its own`
  const rowOf = (what: string, name: keyof Seen, since: 'said' | 'caption', target: string): Row => {
    // A packet that was lost was never heard, and is no suggestion that did not come.
    const heard = [...said].slice(0, -1).flatMap(([at, saidMs]) => {
      const one = seen[at]
      return one?.captionMs === undefined ? [] : [{ ...one, saidMs, captionMs: one.captionMs }]
    })
    const delays = heard.flatMap(one =>
      one[name] === undefined ? [] : [one[name] - (since === 'said' ? one.saidMs : one.captionMs)],
    )
    const figure = `p50 ${percentile(delays, 0.5)} p95 ${percentile(delays, 0.95)} ms of ${delays.length}, ${heard.length - delays.length} never`
    return { what: `${what}, ${calls} captioned calls`, figure, target, method }
  }
  return [
    rowOf('A final caption at the seat to kinds suggested of it', 'kindMs', 'caption', 'p95 < 150 ms'),
    rowOf('A final caption at the seat to a field proposed of it', 'fieldMs', 'caption', 'p95 < 150 ms'),
    rowOf('A sentence sent by the phone to a field proposed of it', 'fieldMs', 'said', '-'),
  ]
}
