/** What an agent does to the form of an order at /seat by hand, in Chromium on the whole product. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givesPassword, hasBrowser, openBrowser } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { type RunningHotline, runHotline, testToken } from '../support/running-hotline.ts'

const password = 'a long enough password'

describe.skipIf(!hasBrowser && !process.env.CI)(
  'the form of an order at /seat (Chromium)',
  { timeout: 120_000 },
  () => {
    let browser: Browser
    let hotline: RunningHotline
    let page: Page
    const form = () => page.getByRole('region', { name: '工单', exact: true })
    const kind = () => form().getByRole('combobox', { name: '事项（必填）' })
    const kindIs = (name: string | RegExp) => expect.poll(() => kind().inputValue()).toMatch(name)
    const isClosed = () => expect.poll(() => kind().getAttribute('aria-expanded')).toBe('false')
    const option = (name: string | RegExp) => page.getByRole('option', { name }).first()

    beforeAll(async () => {
      browser = await openBrowser()
      hotline = await runHotline()
      expect(
        await hire(hotline.url, testToken, { name: 's1', display: '张三', role: 'seat', password }),
      ).toBe(204)
      page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(`${hotline.url}/seat`)
      await givesPassword(page, 's1', password)
      await kind().waitFor()
    }, 120_000)
    afterAll(async () => {
      await browser.close()
      await hotline.close()
    })

    it('closes the list over a kind that was chosen by mouse, and takes another typed over it', async () => {
      await kind().click()
      await page.keyboard.type('停水', { delay: 30 })
      await option(/^居民供水·/).click()
      await kindIs(/^居民供水·/)
      await isClosed()
      await form()
        .getByText(/^派往 /)
        .waitFor()
      await form().getByLabel('区（必填）').selectOption('朝阳区')

      await kind().click()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('路灯', { delay: 30 })
      await kindIs('路灯')
      await option(/路灯/).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await kindIs(/路灯/)
      await isClosed()
      await page.keyboard.press('Tab')
      await kindIs(/路灯/)
    })

    it('has neither kind nor unit once the field is emptied', async () => {
      await kind().click()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await kindIs(/^$/)
      await form().getByText('选好事项后显示承办单位和时限').waitFor()
      await page.keyboard.press('Tab')
      await kindIs(/^$/)
      const kept = () => page.evaluate("fetch('/api/drafts').then(answer => answer.text())")
      await expect.poll(kept).toContain('"kind":""')
    })
  },
)
