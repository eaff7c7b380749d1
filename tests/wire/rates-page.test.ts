import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { openAuditing } from '../../src/ledger/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import type { Database } from '../../src/storage/index.ts'
import { ordinaryRules, reportedSurveys } from '../../src/surveys/index.ts'
import { everybodyIs } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { testKeys } from '../support/ledger.ts'
import { openPageDesk } from '../support/page-desk.ts'
import { hour, openRoom, openRoomDatabase, type Room } from '../surveys/house.ts'

const numberOf = (sequence: number) => orderNumberOf('2026-01-05', sequence)

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of rates in Chromium', () => {
  let database: Database
  let room: Room
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let name = 'li'
  let closing: (() => Promise<void>) | undefined

  beforeAll(async () => {
    database = await openRoomDatabase()
    room = await openRoom(database, {
      // All but the last say the best, and that one says nothing.
      async phone({ order }, told) {
        if (order === numberOf(8)) return { how: 'no-answer' }
        await told.answer({ name: 'contacted', value: 'yes' })
        await told.answer({ name: 'solved', value: order === numberOf(1) ? 'no' : 'yes' })
        await told.answer({ name: 'rating', value: order === numberOf(1) ? 5 : 1 })
        return { how: 'talked' }
      },
    })
    for (let at = 1; at <= 8; at++)
      await room.closes(numberOf(at), {
        number: `+861380013800${at}`,
        unit: at < 5 ? 'heating' : '东四街道办事处城市管理委员会联合执法中心',
      })
    await room.passes(25 * hour)
    const member = () => ({ name, display: name, role: 'supervisor' }) as const
    const auditing = openAuditing({
      database,
      keys: testKeys,
      reported: [reportedSurveys(ordinaryRules)],
      ways: [],
      timeZone: exampleCity.timeZone,
      clock: systemClock,
      log: silentLog,
    })
    closing = auditing.close
    desk = await openPageDesk({ surveys: room, auditing, staff: everybodyIs(member) })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(9000)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await closing?.()
    await room?.leave()
    await database?.close()
  })

  async function isFitForAll(shot: string) {
    const picture = (width: string) =>
      process.env.SCREENSHOTS &&
      page.screenshot({ path: `${process.env.SCREENSHOTS}/${shot}${width}.png`, fullPage: true })
    await picture('')
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 640)).toBe(false)
    expect(await scrollsSideways(page, 360)).toBe(false)
    await picture('-360')
    expect(await axeFaults(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  const rows = () => page.getByRole('region', { name: '三率' }).getByRole('row').allTextContents()

  it('shows each rate beside what it is made of, and excludes what two persons agree on', async () => {
    await page.goto(`${desk.url}/rates`)
    await givesPassword(page, 'li')
    await page.getByRole('cell').first().waitFor()
    expect(await rows()).toContain('供热单位100.0%75.0%75.0%82.5%44400')
    await page.getByText('综合按 0.3 : 0.35 : 0.35 加权').waitFor()

    await page.locator('summary', { hasText: '申请剔除' }).press('Enter')
    const order = page.getByLabel('工单号')
    await order.fill('260105 000001 3')
    await order.press('Enter')
    await page.getByRole('alert').getByText('工单号有误').waitFor()
    await order.fill(numberOf(1))
    await page.getByLabel('理由').selectOption({ label: '市民撤回' })
    await page.getByRole('button', { name: '申请剔除' }).press('Enter')
    await page.getByText('您自己的申请，须由另一人决定').waitFor()
    expect(await page.getByRole('button', { name: /^同意剔除/ }).count()).toBe(0)
    expect(await rows()).toContain('供热单位100.0%75.0%75.0%82.5%44400')

    name = 'zhao'
    await page.reload()
    await page.getByText(/^li .* 申请$/).waitFor()
    await page.getByText('待另一人决定').waitFor()
    await isFitForAll('rates')
    await page.getByRole('button', { name: /^同意剔除/ }).press('Enter')
    await page.getByText(/^zhao .* 同意剔除$/).waitFor()
    await page.getByRole('cell', { name: '3', exact: true }).first().waitFor()
    expect(await rows()).toContain('供热单位100.0%100.0%100.0%100.0%33310')
  })

  it('walks every record, and lists what looks coached', async () => {
    // One number that gave the best for four orders.
    for (let at = 11; at <= 15; at++) {
      await room.closes(numberOf(at), { number: '+8613900139000', unit: 'heating' })
      await room.passes(24 * hour)
    }
    await room.passes(48 * hour)
    await page.getByRole('button', { name: '核验全部记录' }).press('Enter')
    await page.getByText(/^没有改动：[1-9]\d* 条记录/).waitFor()
    await page.getByText('供热单位 · 同一号码多次最好评').waitFor()
    await page.locator('summary', { hasText: '校验码' }).press('Enter')
    await isFitForAll('rates-audit')
    // A week of survey calls, all of them audited, in a browser.
  }, 60_000)
})
