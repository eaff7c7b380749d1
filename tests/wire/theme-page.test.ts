/** The pages as they are built: light and dark are colours that change, whatever the build made of the style sheets. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { createWeb } from '../http/house.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'

const pagesDir = join(import.meta.dirname, '..', '..', 'dist', 'web')
const pages = readdirSync(pagesDir).filter(name => existsSync(join(pagesDir, name, 'index.html')))
const dark = 'rgb(20, 23, 28)'
const light = 'rgb(255, 255, 255)'
const { web } = createWeb()

describe.skipIf(!hasBrowser && !process.env.CI)('the colours of every built page (Chromium)', () => {
  let browser: Browser
  let desk: Awaited<ReturnType<typeof openFrontDesk>>
  beforeAll(async () => {
    browser = await openBrowser()
    desk = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      clock: systemClock,
      apiToken: 'x'.repeat(24),
      pagesDir,
      ...web,
    })
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  const ground = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const ink = (page: Page) => page.evaluate('getComputedStyle(document.body).color')

  describe.each([
    ['light', light],
    ['dark', dark],
  ] as const)('on a system that is %s', (colorScheme, asSystem) => {
    // One reader for all pages: what these have in common is fetched and compiled once.
    let page: Page
    beforeAll(async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } })
      page = await context.newPage()
    })
    afterAll(() => page.context().close())
    beforeEach(() => page.setViewportSize({ width: 1280, height: 800 }))

    it.each(pages)(
      '/%s is light, dark, or as the system is, as its reader chooses',
      { timeout: 60_000 },
      async name => {
        await page.goto(`${desk.url}/${name === 'home' ? '' : name}`)
        const colours = page.getByLabel('颜色')
        await colours.waitFor()
        expect(await ground(page)).toBe(asSystem)
        await colours.selectOption('浅色')
        expect([await ground(page), await ink(page)]).toEqual([light, 'rgb(20, 24, 31)'])
        await colours.selectOption('深色')
        expect([await ground(page), await ink(page)]).toEqual([dark, 'rgb(242, 244, 247)'])
        await page.reload()
        await colours.waitFor()
        expect(await ground(page)).toBe(dark)
        // Chosen, it is the same dark on every system, and was looked at on a light one.
        if (colorScheme === 'light') {
          expect(await axeFaults(page)).toEqual([])
          for (const width of [320, 640]) expect(await scrollsSideways(page, width)).toBe(false)
        }
        await colours.selectOption('随系统')
        expect(await ground(page)).toBe(asSystem)
      },
    )
  })

  it('says at a wrong address where one is and where to go, in one language', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const answer = await page.goto(`${desk.url}/orderz/2601050000127?x=1`)
    expect(answer?.status()).toBe(404)
    await page.getByText('这里是 12345 热线，但没有这个地址： /orderz/2601050000127').waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/route|GET|expected|API/)
    expect(await axeFaults(page)).toEqual([])
    for (const width of [320, 640]) expect(await scrollsSideways(page, width)).toBe(false)
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByText('nothing is at this address: /orderz/2601050000127').waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/[\u4e00-\u9fff]/)
    await page.getByRole('link', { name: 'Web phone' }).click()
    await page.getByRole('button', { name: 'Call 12345' }).waitFor()
    await page.close()
  })
})
