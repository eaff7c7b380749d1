/** An agent keeps a callback on their page: who gave up waiting is on the list, is rung through the trunk, and is closed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wavHeader } from '../../src/media/wav.ts'
import { type Baresip, hasBaresip, startBaresip } from '../support/baresip.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { soundOfMark } from '../support/marks.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { chirp } from '../support/sounds.ts'

const password = 'a long enough password'
const number = '+8613800138000'
const canRun = (hasBrowser && hasBaresip) || process.env.CI !== undefined

describe.skipIf(!canRun)('callbacks at the page /seat (Chromium, baresip)', { timeout: 90_000 }, () => {
  let directory: string
  let browser: Browser
  let phone: Baresip
  let hotline: RunningHotline
  let page: Page

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'seat-callbacks-'))
    const wav = join(directory, 'microphone.wav')
    const { samples } = soundOfMark('high', 2_000)
    await writeFile(wav, Buffer.concat([wavHeader(1, samples.byteLength), Buffer.from(samples.buffer)]))
    browser = await openBrowser(wav)
    phone = await startBaresip({ user: number, codec: 'pcma', says: chirp(400, 3000, 300), answers: true })
    hotline = await runHotline({
      SIP_TRUNK: phone.contact.replace(/sip:.*@/, 'sip:'),
      SEAT_WRAP_UP_SECONDS: '60',
      CALLBACK_ABANDONED_SECONDS: '0',
      CALLBACK_LEAD: 'hotline',
    })
    const agent = { name: 's1', display: '张三', role: 'seat', password }
    expect(await hire(hotline.url, 'a-token-that-only-the-tests-know', agent)).toBe(204)
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    await page.goto(`${hotline.url}/seat`)
    await givesPassword(page, 's1', password)
    await page.getByRole('button', { name: '退出' }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await hotline?.close()
    await phone?.close()
    await rm(directory, { recursive: true })
  })

  const panel = () => page.getByRole('region', { name: '待回电' })
  const isNow = (words: string) =>
    page
      .getByRole('region', { name: '坐席状态' })
      .getByRole('status')
      .first()
      .getByText(words)
      .waitFor({ timeout: 30_000 })
  const kinds = async () => (await hotline.facts()).map(({ kind }) => kind)

  /** All of a page stands in its body, which has the focus where nothing else has. */
  const isFocused = (words: string) =>
    expect
      .poll(() => page.evaluate('document.querySelector("button:focus")?.textContent'), { timeout: 10_000 })
      .toBe(words)

  /** The citizen rings, waits for a moment, and hangs up. */
  const givesUp = async () => {
    const before = (await hotline.newestCall())?.call.id
    const newKinds = async () => ((await hotline.newestCall())?.call.id === before ? [] : kinds())
    phone.order('dial', `sip:12345@127.0.0.1:${hotline.sip.port}`)
    await expect.poll(newKinds, { timeout: 20_000 }).toContain('answered')
    phone.order('sndcode', '0')
    await expect.poll(newKinds, { timeout: 20_000 }).toContain('queued')
    phone.order('hangup')
  }

  it('lists who gave up, rings them from the seat, and closes it by one key', async () => {
    await panel().getByText('没有待回电').waitFor()
    await page.getByRole('button', { name: '示闲，开始接线' }).click()
    await isNow('示闲')
    // On a break the hotline asks for nothing, and the list is there.
    await page.keyboard.press('F2')
    await isNow('示忙')
    await givesUp()
    await panel().getByText('138 0013 8000').waitFor({ timeout: 20_000 })
    await panel().getByText('排队时挂机').waitFor()
    await panel().getByText('时限内').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await panel().getByRole('button', { name: '立即回拨' }).click()
    await isNow('通话中')
    await page.getByRole('region', { name: '来电人' }).getByText('138 0013 8000').waitFor()
    expect(await axeFaults(page)).toEqual([])
    const isWide = await scrollsSideways(page, 320)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/narrow.png`, fullPage: true })
    expect(isWide).toBe(false)
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect
      .poll(async () => (await hotline.facts('out')).map(({ kind }) => kind), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(['called-back', 'connected']))
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/talk.png`, fullPage: true })
    phone.order('hangup')
    await isNow('话后处理')
    await isFocused('1 已接通并办理')
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('1')
    await panel().getByText('没有待回电').waitFor()
    const { callbacks } = await hotline.api<{ callbacks: readonly object[] }>('/callbacks?state=closed')
    expect(callbacks).toMatchObject([{ number, end: 'served', tries: [{ by: 's1' }] }])
  })

  it('asks the agent who is ready, where the hotline leads, and rings once they take it', async () => {
    await givesUp()
    await panel().getByText('138 0013 8000').waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: '处理完毕，继续接线' }).click()
    await isNow('示忙')
    await page.getByRole('button', { name: '示闲，开始接线' }).click()
    await page.getByRole('alert').getByText('请回拨 138 0013 8000').waitFor({ timeout: 20_000 })
    await panel().getByRole('heading', { name: '我的回电' }).waitFor()
    await panel().getByText('排队时挂机').waitFor()
    await isFocused('接听')
    expect(await axeFaults(page)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/led.png`, fullPage: true })
    await page.keyboard.press('F4')
    await isNow('通话中')
    phone.order('hangup')
    await isNow('话后处理')
    await isFocused('1 已接通并办理')
    await page.keyboard.press('1')
    await panel().getByText('没有待回电').waitFor()
  })
})
