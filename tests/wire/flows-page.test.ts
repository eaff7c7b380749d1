/** The page /flows in Chromium: the flows that answer, where calls are in them, and what was proved. */
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { createFlowCrowd, type Flows, prove } from '../../src/ivr/index.ts'
import type { CallId } from '../../src/telephony/index.ts'
import { apiToken, bearer, createRooms, createWeb } from '../http/house.ts'
import { shipped, shippedSources } from '../ivr/shipped.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'

const pagesDir = join(import.meta.dirname, '..', '..', 'dist', 'web')

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page /flows (Chromium)', () => {
  let desk: FrontDesk
  let browser: Browser
  const crowd = createFlowCrowd()
  const { write } = crowd.follow({ write: () => undefined })
  beforeAll(async () => {
    const proof = await prove(shippedSources(), {}, flowNeeds)
    const flows: Pick<Flows, 'current' | 'proof' | 'use'> = {
      current: () => ({ ...shipped, number: 7 }),
      proof: () => proof,
      use: async () => undefined,
    }
    const { rooms } = createRooms()
    const { web } = createWeb({ flows: { ...rooms.flows, ...flows }, crowd })
    desk = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      apiToken,
      log: silentLog,
      clock: systemClock,
      ...web,
      pagesDir,
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  /** A supervisor's page; that they have signed in is tested where that is done. */
  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
    await page.setExtraHTTPHeaders(bearer)
    const member = { name: 'wang', display: '王主任', role: 'supervisor' }
    await page.route(/\/session(\/use)?$/, route => route.fulfill({ json: { member, openId: false } }))
    await page.goto(`${desk.url}/flows`)
    await page.getByRole('heading', { name: '热线' }).waitFor()
    return page
  }
  const row = (page: Page, state: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${state}( |$)`) }) })

  it('shows the version, the verdict, the time to a person, and calls as they move', async () => {
    const page = await open()
    await page.getByText('使用版本 7').waitFor()
    await page.getByText(/已证明：处处按 0 都能找到人工/).waitFor()
    // This proof had no voice to count with.
    await page.getByText(/从接听到排队：最可能 \d+ 秒，最长 \d+ 秒。（按音节估算）/).waitFor()
    expect(await row(page, '问候').textContent()).toMatch(/菜单0\d+ 秒按 1 → 输入工单号/)
    write('call_1' as CallId, { kind: 'flow', flow: 'hotline', state: 'queue' })
    await row(page, '排队').and(page.locator('[data-depth="1"]')).waitFor()
    expect(await row(page, '排队').textContent()).toContain('排队等人工1已在排队')
    await page.locator('.state[data-person="true"][data-depth="1"]', { hasText: '1 通' }).waitFor()
    write('call_1' as CallId, { kind: 'ended', by: 'them', reason: 'hung-up' })
    await row(page, '排队').and(page.locator('[data-depth="0"]')).waitFor()
    await page.close()
  })

  it('draws every state and every way', async () => {
    const page = await open()
    const { flows } = (await (await fetch(`${desk.url}/api/flows`, { headers: bearer })).json()) as {
      flows: { flow: string; states: unknown[]; ways: unknown[] }[]
    }
    const hotline = flows.find(({ flow }) => flow === 'hotline')
    await expect.poll(() => page.locator('.state').count()).toBe(hotline?.states.length)
    await expect.poll(() => page.locator('path.way').count()).toBe(hotline?.ways.length)
    await page.close()
  })

  it('begins where a call begins, in letters that can be read, and is moved and sized by keys', async () => {
    const page = await open({ viewport: { width: 1440, height: 900 } })
    await page.locator('path.way').first().waitFor()
    const start = page.locator('.state[data-start="true"]')
    const seen = async () => {
      const [box, pane] = [await start.boundingBox(), await page.locator('.map').boundingBox()]
      if (!box || !pane) throw new Error('nothing is drawn')
      return { left: box.x - pane.x, top: box.y - pane.y, zoom: box.width / 190, pane }
    }
    const first = await seen()
    expect(first.zoom).toBeGreaterThanOrEqual(0.85)
    expect(first.left).toBeGreaterThan(0)
    expect(first.left + 190 * first.zoom).toBeLessThan(first.pane.width)
    expect(Math.abs(first.top - 24)).toBeLessThan(2)
    await page.locator('.map').focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await seen()).top).toBeCloseTo(first.top - 80, 0)
    await page.keyboard.press('+')
    await expect.poll(async () => (await seen()).zoom).toBeGreaterThan(first.zoom)
    await page.keyboard.press('0')
    await expect.poll(async () => (await seen()).top).toBeCloseTo(first.top, 0)
    expect((await seen()).zoom).toBeCloseTo(first.zoom, 2)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/flows-1440.png` })
    await page.close()
  })

  it('is used by the keyboard alone', async () => {
    const page = await open()
    const elder = page.locator('.choice', { hasText: '长者' })
    // Past the pages of one's role.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    for (let tabs = 0; tabs < 8 && (await page.locator('.choice:focus').count()) === 0; tabs++)
      await page.keyboard.press('Tab')
    for (let steps = 0; steps < 8 && !(await elder.evaluate(it => it.matches(':focus'))); steps++)
      await page.keyboard.press(steps < 4 ? 'ArrowLeft' : 'ArrowRight')
    await page.keyboard.press('Space')
    await page.getByRole('heading', { name: '长者' }).waitFor({ timeout: 8_000 })
    await page.close()
  })

  it('has no fault that axe finds, light or dark, and needs no scrolling sideways', async () => {
    for (const options of [{}, { colorScheme: 'dark' } as const]) {
      const page = await open(options)
      await page.locator('path.way').first().waitFor()
      expect(await axeFaults(page)).toEqual([])
      expect(await scrollsSideways(page, 640)).toBe(false)
      expect(await scrollsSideways(page, 320)).toBe(false)
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/flows-360.png`, fullPage: true })
      await page.setViewportSize({ width: 1280, height: 900 })
      if (process.env.SHOTS)
        await page.screenshot({
          path: `${process.env.SHOTS}/flows-${options.colorScheme ?? 'light'}.png`,
          fullPage: true,
        })
      await page.close()
    }
  })
})
