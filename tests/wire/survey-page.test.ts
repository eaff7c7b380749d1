import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrontDesk } from '../../src/http/index.ts'
import type { LinkState } from '../../src/surveys/api.ts'
import { noSurveys } from '../http/house.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const token = 'yYpuDzlNxcNXGjZjNqgN5w'

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of a link in Chromium', () => {
  let desk: FrontDesk
  let browser: Browser
  let state: LinkState = 'open'
  const answers: unknown[] = []
  beforeAll(async () => {
    desk = await openPageDesk({
      surveys: {
        ...noSurveys,
        link: {
          open: async given => (given === token ? state : undefined),
          async answer(_given, answer) {
            answers.push(answer)
            state = 'answered'
            return 'taken'
          },
        },
      },
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  async function open(link = token, search = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    await page.goto(`${desk.url}/s/${link}${search}`)
    return page
  }

  it('takes an answer with three presses, and says that it has it', async () => {
    state = 'open'
    const page = await open()
    await page.getByText('联系过', { exact: true }).click()
    await page.getByText('没有解决').click()
    await page.getByRole('button', { name: '非常不满意' }).click()
    await page.getByText('已经收到您的评价').waitFor()
    expect(answers.splice(0)).toEqual([{ contacted: 'yes', solved: 'no', rating: 5 }])
    await page.reload()
    await page.getByText('已经评价过了').waitFor()
    expect(await page.getByRole('button').count()).toBe(0)
    await page.close()
  })

  it('takes a rating alone, by the keyboard', async () => {
    state = 'open'
    const page = await open()
    await page.getByRole('button', { name: '非常满意' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('已经收到您的评价').waitFor()
    expect(answers.splice(0)).toEqual([{ rating: 1 }])
    await page.close()
  })

  it('says of a link that opens nothing, or has run out, what to do', async () => {
    const wrong = await open('aaaaaaaaaaaaaaaaaaaaaa')
    await wrong.getByText('打不开这个链接').waitFor()
    await wrong.close()
    state = 'over'
    const late = await open(token, '?lang=en')
    await late.getByText('This link has run out').waitFor()
    await late.close()
  })

  it('can be read by everybody: axe finds nothing, large targets, no scrolling sideways', async () => {
    state = 'open'
    const page = await open()
    await page.getByRole('button', { name: '非常满意' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    for (const button of await page.getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(60)
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/survey.png`, fullPage: true })
    expect(await scrollsSideways(page, 360)).toBe(false)
    expect(await scrollsSideways(page, 640)).toBe(false)
    await page.close()
  })
})
