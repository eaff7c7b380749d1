import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Callers, callerMigrations, createCallers } from '../../src/callers/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import type { Member } from '../../src/staff/api.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { everybodyIs } from '../http/house.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const number = '+8613800138000'

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of misused calls in Chromium', () => {
  let database: Database
  let callers: Callers
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let member: Member = { name: 'li', display: '李主任', role: 'supervisor' }

  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, callerMigrations)
    callers = createCallers({ database, clock: systemClock, log: silentLog })
    // What calls it may rest on is asked where calls are; here each is one of that number, by its network's word.
    const call = { caller: number, direction: 'in' as const, proved: true }
    desk = await openPageDesk({
      callers,
      calls: {
        list: async () => [],
        find: async (id: string) => ({ call: { id, ...call }, facts: [] }) as never,
      },
      staff: everybodyIs(() => member),
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(9000)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await callers?.close()
    await database?.close()
  })

  const button = (name: string) => page.getByRole('button', { name })

  it('leads from asking to stop to a restriction, which another person agrees to, by keyboard', async () => {
    await page.goto(`${desk.url}/ladder`)
    await givesPassword(page, 'li')
    await page.getByText('没有记录').waitFor()
    const another = page.getByRole('region', { name: '新的号码' })
    await another.getByLabel('电话号码').fill('138 0013 8000')
    await another.getByLabel('电话号码').press('Enter')
    await another.locator('summary', { hasText: '劝阻' }).press('Enter')
    await another.getByLabel('依据的通话或工单').fill('call_1')
    await another.getByLabel('对来电人说了什么').fill('请不要反复拨打')
    await another.getByRole('button', { name: '记录：劝阻' }).press('Enter')
    const listed = page.getByRole('region', { name: '不当来电' })
    await listed.getByText('请不要反复拨打').waitFor()
    const take = (step: 'explain' | 'warn', fact: string) =>
      callers.ladder.take(number, { step, facts: [fact], words: '说明了' }, 's1')
    await take('explain', 'call_2')
    await take('warn', 'call_3')
    await page.reload()
    await listed.locator('summary', { hasText: '限制' }).press('Enter')
    await listed.getByLabel('依据的通话或工单').fill('call_4')
    await listed.getByLabel('理由').fill('仍在骂人')
    await listed.getByRole('button', { name: '记录：限制' }).press('Enter')
    await listed.getByText('您提出的，须另一人决定').waitFor()

    member = { name: 'zhao', display: '赵班长', role: 'supervisor' }
    await page.reload()
    await listed.getByLabel('理由').fill('录音已听')
    await isFitForAll(page, 'ladder')
    await button('同意限制').press('Enter')
    await listed.getByText(/排队靠后，至/).waitFor()
    await listed.getByLabel('来电人的申诉').fill('号码换了主人')
    await button('记录申诉').press('Enter')
    await listed.getByText('申诉待定，暂停限制').waitFor()
    expect(await button('申诉成立，撤销').count()).toBe(0)

    member = { name: 'qian', display: '钱班长', role: 'supervisor' }
    await page.reload()
    await listed.getByLabel('理由').fill('查明换了主人')
    await button('申诉成立，撤销').press('Enter')
    await listed.getByText('已撤销').waitFor()
    expect(await callers.ladder.isRestricted(number)).toBe(false)
  }, 120_000)
})
