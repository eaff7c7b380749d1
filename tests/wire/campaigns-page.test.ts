import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrontDesk } from '../../src/http/index.ts'
import type { Campaign } from '../../src/surveys/api.ts'
import { everybodyIs, noSurveys } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const hour = 3600_000
const ten = Date.UTC(2026, 0, 6, 2)
const boss = { name: 'boss', display: '李主任', role: 'supervisor' } as const

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of campaigns in Chromium', () => {
  let desk: FrontDesk
  let browser: Browser
  const moves: unknown[] = []
  let campaign: Campaign = {
    name: 'closed-orders',
    state: 'running',
    because: '',
    by: '',
    startedAtMs: ten,
    lines: 10,
    perHour: 2000,
    ringing: 3,
    lastHour: 120,
    owed: 540,
    due: 60,
    linked: 25,
    settled: { answered: 310, unreached: 40, 'opted-out': 6 },
    persons: { asked: 42, missed: 1, most: 0.03, least: 30, seconds: 15 },
    hours: [
      { atMs: ten - hour, rung: 80, reached: 52, answered: 47 },
      { atMs: ten, rung: 120, reached: 71, answered: 64 },
    ],
  }
  beforeAll(async () => {
    desk = await openPageDesk({
      staff: everybodyIs(() => boss),
      surveys: {
        ...noSurveys,
        campaigns: async () => [campaign],
        async move(name, state, why) {
          moves.push({ name, state, ...why })
          campaign = { ...campaign, state, by: why.by, because: why.because ?? '' }
        },
      },
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  it('shows pace, reach and answers by hour, and is paused and started by a press', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${desk.url}/campaigns`)
    await givesPassword(page, 'boss')
    const region = page.getByRole('region', { name: '办结回访' })
    await region.getByText('进行中').waitFor()
    expect(await region.locator('dl').first().textContent()).toContain('3 / 10')
    expect(await region.getByRole('row').allTextContents()).toEqual([
      '时间拨打接通回答',
      '09:00805247',
      '10:001207164',
    ])
    await page.getByRole('img', { name: '近 24 小时' }).waitFor()

    await page.getByLabel('原因（可不填）').fill('停电')
    await page.getByRole('button', { name: '暂停' }).click()
    await region.getByText('已暂停').waitFor()
    await region.getByText('boss：停电').waitFor()
    await page.getByRole('button', { name: '开始' }).click()
    await region.getByText('进行中').waitFor()
    expect(moves).toEqual([
      { name: 'closed-orders', state: 'paused', because: '停电', by: 'boss' },
      { name: 'closed-orders', state: 'running', by: 'boss' },
    ])

    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/campaigns.png`, fullPage: true })
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 360), await scrollsSideways(page, 640)]).toEqual([false, false])
    await page.close()
  })
})
