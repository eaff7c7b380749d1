import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { openFrontDesk } from '../../src/http/index.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

describe.skipIf(!hasBrowser && !process.env.CI)('the API’s page (Chromium)', () => {
  let browser: Browser
  let desk: Awaited<ReturnType<typeof openFrontDesk>>
  let page: Page
  beforeAll(async () => {
    browser = await openBrowser()
    desk = await openPageDesk()
    page = await (await browser.newContext()).newPage()
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  it.each(['zh-CN', 'en'])(
    'is read and opened by keys alone in %s',
    async language => {
      await page.goto(`${desk.url}/docs?lang=${language}`)
      const search = page.getByRole('searchbox')
      await search.waitFor()
      expect(await axeFaults(page)).toEqual([])
      await search.focus()
      await page.keyboard.type('orders make')
      const summary = page.locator('summary', { hasText: 'Make an order' })
      await summary.waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      // What a body has to have is said, as deep as it goes.
      await page
        .locator('code', { hasText: /^category$/ })
        .first()
        .waitFor()
      expect(await page.locator('details[open]').count()).toBe(1)
      expect(await axeFaults(page)).toEqual([])
      for (const width of [320, 640]) expect(await scrollsSideways(page, width)).toBe(false)
      await search.fill('xyzzy')
      await page.getByText(language === 'en' ? 'No such route' : '没有这样的接口').waitFor()
      expect(await page.locator('details').count()).toBe(0)
    },
    60_000,
  )
})
