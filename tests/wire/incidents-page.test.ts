/** The page /incidents in Chromium, over the room itself: one is made known and ended, and citizens' pages show it meanwhile. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity, placeTime } from '../../src/city/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { type Incidents, incidentMigrations, openIncidents } from '../../src/incidents/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { createWeb, everybodyIs } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { pagesDir } from '../support/page-phone.ts'

const boss = { name: 'boss', display: '李主任', role: 'supervisor' } as const
const inTwoHours = () => {
  const { date, minute } = placeTime(systemClock.now() + 2 * 60 * 60_000, exampleCity.timeZone)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

describe.skipIf(!hasBrowser && !process.env.CI)('the page of known incidents in Chromium', () => {
  let database: Database
  let incidents: Incidents
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    const shared = { clock: systemClock, log: silentLog }
    database = await openDatabase(shared)
    await migrate(database, incidentMigrations)
    incidents = openIncidents({ ...shared, database, city: exampleCity })
    desk = await openFrontDesk({
      ...shared,
      host: '127.0.0.1',
      port: 0,
      apiToken: 'x'.repeat(24),
      pagesDir,
      ...createWeb({ staff: everybodyIs(() => boss), incidents }).web,
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${desk.url}/incidents`)
    await givesPassword(page, 'boss')
    await page.getByText('还没有发布过').waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
    await incidents.close()
    await database.close()
  })

  it('is made known by the keyboard, and refused without an end', { timeout: 60_000 }, async () => {
    await page.getByLabel('播报内容').fill('望京停水，预计18点恢复')
    await page.getByLabel('地点').fill('望京')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('请填写预计结束时间').waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect(incidents.current()).toEqual([])
    await page.getByLabel('预计结束时间').fill(inTwoHours())
    await page.getByLabel('地点').press('Enter')
    await page.getByText('正在播报').waitFor()
    expect(incidents.toldIn('zh-CN').map(({ words }) => words)).toEqual(['望京停水，预计18点恢复'])
    expect(await page.getByRole('listitem').textContent()).toContain('发布人 boss')
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 320)).toBe(false)
  })

  it('is asked about before it ends by itself, where supervisors are', { timeout: 60_000 }, async () => {
    const untilMs = systemClock.now() + 10 * 60_000
    const made = {
      words: { 'zh-CN': '上地停电，预计很快恢复' },
      kind: 'power',
      area: { place: '上地' },
    } as const
    const { id } = await incidents.make({ ...made, untilMs }, 'boss')
    await page.goto(`${desk.url}/floor`)
    const asked = page.getByRole('alert', { name: '即将自动结束' })
    await asked.getByText('上地停电').waitFor()
    expect(await axeFaults(page)).toEqual([])
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/ending.png` })
    await asked.getByRole('button', { name: '延长 30 分钟' }).press('Enter')
    await asked.waitFor({ state: 'detached' })
    expect((await incidents.list())[0]).toMatchObject({ id, untilMs: untilMs + 30 * 60_000, endsSoon: false })
    await incidents.end(id, 'boss')
    await page.goto(`${desk.url}/incidents`)
  })

  it('is shown on citizens’ pages while it lasts, and no more once it is ended', {
    timeout: 60_000,
  }, async () => {
    const citizen = await browser.newPage({ viewport: { width: 320, height: 700 } })
    for (const path of ['/phone', '/']) {
      await citizen.goto(`${desk.url}${path}`)
      await citizen.getByRole('region', { name: '已知情况' }).getByText('望京停水，预计18点恢复').waitFor()
      expect(await axeFaults(citizen)).toEqual([])
      expect(await scrollsSideways(citizen, 320)).toBe(false)
    }
    const [{ untilMs } = { untilMs: 0 }] = incidents.current()
    await page.getByRole('button', { name: '延长 2 小时' }).press('Enter')
    await expect.poll(() => incidents.current()[0]?.untilMs).toBe(untilMs + 2 * 60 * 60_000)
    await page.getByRole('button', { name: '修改' }).press('Enter')
    const words = page.getByRole('form', { name: '修改' }).getByLabel('播报内容')
    await words.fill('望京停水，预计20点恢复')
    await words.press('Enter')
    await page.getByText('望京停水，预计20点恢复').waitFor()
    await page.getByRole('button', { name: '提前结束' }).press('Enter')
    await expect.poll(() => incidents.current()).toEqual([])
    await page.getByText('经过').last().click()
    await page.getByText('此前：望京停水，预计18点恢复').waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 320)).toBe(false)
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/incidents.png` })
    expect(incidents.current()).toEqual([])
    await citizen.goto(`${desk.url}/phone`)
    await citizen.getByText('转人工').first().waitFor()
    expect(await citizen.getByText('望京停水').count()).toBe(0)
    await citizen.close()
  })
})
