/** The page /admin in Chromium, over the rulebook itself: hours are written in a form, refused, published and taken back. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createLive, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { hoursSubject, openRulebook, type Rulebook, rulebookBrings } from '../../src/rulebook/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { createWeb, everybodyIs } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { pagesDir } from '../support/page-phone.ts'

const admin = { name: 'admin', display: '王管理', role: 'admin' } as const

describe.skipIf(!hasBrowser && !process.env.CI)('the page of administration in Chromium', () => {
  let database: Database
  let rulebook: Rulebook
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  const city = createLive(exampleCity)
  beforeAll(async () => {
    const shared = { clock: systemClock, log: silentLog }
    database = await openDatabase(shared)
    await migrate(database, rulebookBrings.tables)
    const subjects = [hoursSubject(city, './city.json')]
    rulebook = await openRulebook({ ...shared, database, subjects })
    desk = await openFrontDesk({
      ...shared,
      host: '127.0.0.1',
      port: 0,
      apiToken: 'x'.repeat(24),
      pagesDir,
      ...createWeb({ staff: everybodyIs(() => admin), rulebook }).web,
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(9000)
    await page.goto(`${desk.url}/admin`)
    await givesPassword(page, 'admin')
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
    await rulebook.close()
    await database.close()
  })

  async function isFitForAll(name: string) {
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 320)).toBe(false)
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true })
  }

  it('leads to opening hours, which are written in a form and hold once they are published', {
    timeout: 60_000,
  }, async () => {
    await page.getByText('来自文件 ./city.json').waitFor()
    await isFitForAll('admin')
    await page.getByRole('link', { name: '开放时间与节假日' }).press('Enter')
    const workday = page.getByRole('textbox', { name: /^工作日/ })
    await workday.fill('9点到18点')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page
      .getByRole('alert')
      .getByText(/^开放时间 · 工作日 · 第 1 项："9点到18点"；应为：一天之内的时段/)
      .waitFor()
    await isFitForAll('admin-wrong')
    expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true)

    await workday.fill('09:00-12:00\n13:30-18:00')
    await page.getByPlaceholder('新的年份或代码').fill('2027')
    await page.getByRole('button', { name: '增加' }).press('Enter')
    await page.getByRole('textbox', { name: /^放假/ }).fill('2027-05-03')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page.getByText('检查通过').waitFor()
    await page.getByText('放假安排（国务院通知之外） · 2027 · 放假').waitFor()
    await page.getByLabel('为什么修改').fill('夏季时间')
    await isFitForAll('admin-draft')
    expect(city.value.openingHours.workday).toHaveLength(1)
    await page.getByLabel('为什么修改').press('Enter')
    await page.getByText('已发布').waitFor()
    expect(city.value.openingHours.workday).toEqual([
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 810, toMinute: 1080 },
    ])
    await page.getByText(/^现在使用: 第 2 版 · .+ 起，由 admin 发布$/).waitFor()
  })

  it('shows every version with who and why, and goes back to one', { timeout: 60_000 }, async () => {
    await page.getByRole('button', { name: '版本', exact: true }).press('Enter')
    const published = page.getByRole('row').filter({ hasText: '夏季时间' })
    await published.getByText('在用').waitFor()
    await page.getByRole('button', { name: '第 2 版 看改动' }).press('Enter')
    await page.getByText('13:30-18:00').waitFor()
    await isFitForAll('admin-versions')
    await page.getByRole('button', { name: '改用这一版' }).press('Enter')
    await page.getByRole('row').filter({ hasText: './city.json' }).getByText('在用').waitFor()
    expect(city.value.openingHours.workday).toEqual(exampleCity.openingHours.workday)
  })
})
