import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { ledgerMigrations } from '../../src/ledger/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import {
  createDeductions,
  type Deductions,
  openSupervision,
  ordinaryScores,
  supervisionBrings,
} from '../../src/supervision/index.ts'
import { ordinaryRules } from '../../src/surveys/index.ts'
import { everybodyIs } from '../http/house.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser, takesUnit } from '../support/browser.ts'
import { testLedger } from '../support/ledger.ts'
import { openPageDesk } from '../support/page-desk.ts'

const order = orderNumberOf('2026-01-05', 1)

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of deductions in Chromium', () => {
  let database: Database
  let deductions: Deductions
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let member: { name: string; display: string; role: 'supervisor' | 'unit'; unit?: string } = {
    name: 'li',
    display: '李主任',
    role: 'supervisor',
  }

  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, [...ledgerMigrations, ...supervisionBrings.tables])
    const clock = createManualClock(Date.UTC(2026, 0, 5, 2))
    deductions = createDeductions({
      database,
      ledger: testLedger,
      rules: ordinaryScores,
      units: new Map([['heating', {}]]),
      clock,
    })
    desk = await openPageDesk({
      supervision: openSupervision({
        deductions,
        surveys: { mixes: async () => [], behind: async () => [], formula: ordinaryRules.rates },
        units: new Map(),
        rules: ordinaryScores,
        city: exampleCity,
        clock,
      }),
      staff: everybodyIs(() => member),
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(9000)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await database?.close()
  })

  const button = (name: RegExp) => page.getByRole('button', { name })

  it('lets a person say what no rule sees, and another person decide, by keyboard', async () => {
    await page.goto(`${desk.url}/deductions`)
    await givesPassword(page, 'li')
    await page.getByText('没有扣分').waitFor()
    await page.locator('summary', { hasText: '提出扣分' }).press('Enter')
    await page.getByLabel('工单号').fill(order)
    await takesUnit(page.getByRole('combobox', { name: '单位' }), '供热单位')
    const why = page.getByLabel('理由（必填，不写姓名）')
    await why.fill('电话里辱骂市民')
    await why.press('Enter')
    await page.getByText('您已同意，须由另一人复核').waitFor()
    expect(await button(/^同意扣分/).count()).toBe(0)

    member = { ...member, name: 'zhao', display: '赵班长' }
    await page.reload()
    const agree = button(/^同意扣分/)
    await agree.waitFor()
    // Nothing is decided without a reason.
    expect(await agree.isDisabled()).toBe(true)
    await page.getByLabel('理由（必填，不写姓名）').first().fill('录音已听')
    await isFitForAll(page, 'deductions')
    await agree.focus()
    await page.keyboard.press('Enter')
    await page.getByText('已扣分', { exact: true }).and(page.locator('.state')).waitFor()
  }, 60_000)

  it('lets the unit appeal once, and shows it nothing that two have not confirmed', async () => {
    await deductions.propose({ order, unit: 'heating', reason: 'leak', words: '未成立' }, 'li')
    member = { name: 'wang', display: '王工', role: 'unit', unit: 'heating' }
    await page.reload()
    await page.getByText('电话里辱骂市民').or(page.getByText('录音已听')).waitFor()
    expect(await page.getByText('泄露信息').count()).toBe(0)
    expect(await page.getByText('提出扣分').count()).toBe(0)
    await page.getByLabel('理由（必填，不写姓名）').fill('当天由外包客服接听')
    await button(/^申诉/).press('Enter')
    await page.locator('.state', { hasText: '申诉待定' }).waitFor()
    expect(await button(/^申诉/).count()).toBe(0)
  })
})
