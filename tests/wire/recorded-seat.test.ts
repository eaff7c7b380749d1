/** A call that the product records, from /phone to the seat's page in Chromium: told, paused by a key, and heard again. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { openPagePhone } from '../support/page-phone.ts'
import { type RunningHotline, runHotline, testToken } from '../support/running-hotline.ts'

type Listed = {
  readonly recordings: readonly {
    readonly id: string
    readonly call: string
    readonly isRunning: boolean
    readonly durationMs: number
    readonly seats: readonly { readonly seat: string }[]
    readonly spans: readonly { readonly kind: string; readonly fromMs: number; readonly untilMs: number }[]
  }[]
}

describe.skipIf(!hasBrowser && !process.env.CI)('a recorded call (Chromium)', { timeout: 90_000 }, () => {
  let hotline: RunningHotline
  let browser: Browser
  let page: Page
  const password = 'a long enough password'

  beforeAll(async () => {
    hotline = await runHotline({ RECORD_CALLS: 'on' })
    expect(await hire(hotline.url, testToken, { name: 's1', display: '张三', role: 'seat', password })).toBe(
      204,
    )
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await hotline.close()
  })

  it('tells the caller first, is silent while the agent pauses it, and can be heard again', async () => {
    await page.goto(`${hotline.url}/seat`)
    await givesPassword(page, 's1', password)
    await page.getByRole('button', { name: '示闲，开始接线' }).waitFor()
    await page.keyboard.press('F2')
    const status = page.getByRole('region', { name: '坐席状态' }).getByRole('status')
    await status.getByText('示闲').waitFor({ timeout: 30_000 })
    const phone = await openPagePhone(`${hotline.url.replace('http', 'ws')}/phone/line`)
    phone.ring('12345')
    expect(await phone.answered).toBe(true)
    phone.press('0')
    await status.getByText('来电振铃').waitFor({ timeout: 30_000 })
    await page.keyboard.press('F4')
    await page.getByText('● 正在录音').waitFor({ timeout: 30_000 })
    phone.says('middle', 20_000)
    await page.waitForTimeout(1_000)

    await page.keyboard.press('Shift+F8')
    await page.getByText('‖ 录音已暂停').waitFor()
    await page.getByText(/\d+ 秒后自动继续/).waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 320), await scrollsSideways(page, 640)]).toEqual([false, false])
    await page.setViewportSize({ width: 1280, height: 900 })
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/seat-recording-paused.png` })
    await page.keyboard.press('Shift+F8')
    await page.getByText('● 正在录音').waitFor()
    await page.waitForTimeout(1_000)
    await page.keyboard.press('F4')
    await phone.ended

    const list = () => hotline.api<Listed>('/recordings')
    await expect.poll(async () => (await list()).recordings[0]?.isRunning, { timeout: 10_000 }).toBe(false)
    const [one] = (await list()).recordings
    expect(one?.seats).toMatchObject([{ seat: 's1', fromMs: 0 }])
    const paused = one?.spans.find(({ kind }) => kind === 'paused')
    expect(paused?.fromMs).toBeGreaterThan(500)
    expect(one?.durationMs).toBeGreaterThan((paused?.untilMs ?? 0) + 500)
    const { timeline } = (await hotline.newestCall())!
    expect(timeline.some(({ fact }) => fact.kind === 'prompt' && String(fact.text).includes('会录音'))).toBe(
      true,
    )

    const answer = await fetch(`${hotline.url}/api/recordings/${one?.id}/sound`, {
      headers: { authorization: `Bearer ${testToken}` },
    })
    const file = Buffer.from(await answer.arrayBuffer())
    const at = file.indexOf('data', 0, 'latin1') + 8
    const loudest = (fromMs: number, untilMs: number) =>
      Math.max(
        ...file
          .subarray(at + fromMs * 16, at + untilMs * 16)
          .filter((_, each) => each % 2 === 0)
          .map(byte => (byte ^ 0xd5) & 0x7f),
      )
    const [from, until] = [
      Math.ceil((paused?.fromMs ?? 0) / 20) * 20,
      Math.floor((paused?.untilMs ?? 0) / 20) * 20,
    ]
    expect(loudest(from, until)).toBe(0)
    expect(loudest(until, Math.floor(one?.durationMs ?? 0))).toBeGreaterThan(20)
  })
})
