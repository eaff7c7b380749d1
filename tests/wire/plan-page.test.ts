import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { openPlanning } from '../../src/planning/index.ts'
import { everybodyIs } from '../http/house.ts'
import { cityMonth, cityShifts, nowMs } from '../planning/city-month.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'
import { shownLearning } from '../support/shown-learning.ts'

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of planners in Chromium', () => {
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  const used: number[] = []

  beforeAll(async () => {
    const { names, ...seats } = cityShifts()
    desk = await openPageDesk({
      planning: openPlanning({
        calls: cityMonth(),
        desk: seats,
        names,
        city: exampleCity,
        clock: createManualClock(nowMs),
        log: silentLog,
        wrapUpSeconds: 5,
      }),
      learning: shownLearning(version => used.push(version)),
      staff: everybodyIs(() => ({ name: 'zhao', display: '赵班长', role: 'supervisor' })),
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'Asia/Shanghai' })
    page.setDefaultTimeout(9000)
    await page.goto(`${desk.url}/plan`)
    await givesPassword(page, 'zhao')
    await page.getByRole('heading', { name: '班次与在岗' }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  const rowOf = (start: string) => page.getByRole('row', { name: start })
  const figure = (name: string) =>
    page.locator('.figures div').filter({ hasText: name }).locator('dd').textContent()

  it('shows what each half-hour takes beside who was there, drawn and as a table', async () => {
    await rowOf('09:30').waitFor()
    expect(await figure('最多时段')).toBe('09:30')
    expect(await figure('Erlang C')).toBe('18')
    expect(await figure('Erlang A')).toBe('17')
    const cells = await rowOf('09:30').getByRole('cell').allTextContents()
    expect(cells.slice(0, 5)).toEqual(['117', '175', '18', '17', '25'])
    expect(cells[7]).toBe('11.0')
    const chart = page.getByRole('img', { name: /09:30 需要最多，17 人；\d+ 个半小时缺人/ })
    await chart.waitFor()
    expect(await chart.locator('svg path').count()).toBeGreaterThan(5)
  })

  it('plans anew for another kind of day, target and growth, by keyboard alone', async () => {
    await page.getByLabel('日子').focus()
    await page.keyboard.press('ArrowDown')
    await page.getByText(/^休息日：/).waitFor()
    expect(await figure('Erlang C')).toBe('11')
    await page.getByLabel('来电增长（%）').fill('100')
    await expect.poll(() => figure('Erlang C')).toBe('18')
    await page.getByLabel('目标（%）').fill('80')
    await expect.poll(() => figure('Erlang C')).not.toBe('18')
    const csv = await page.getByRole('link', { name: '下载 CSV' }).getAttribute('href')
    expect(csv).toBe('/api/plan/csv?day=restday&weeks=4&target=0.8&shrinkage=0.3&growth=2')
    await page.getByLabel('目标（%）').fill('120')
    expect(await page.getByRole('alert').textContent()).toBe('请把红框中的数字填好')
    await page.getByLabel('目标（%）').fill('')
    await page.getByLabel('来电增长（%）').fill('0')
    await page.getByLabel('日子').selectOption('workday')
    await page.getByText(/^工作日：/).waitFor()
  })

  it('says that there is no such day, and keeps the rest', async () => {
    await page.getByLabel('日子').selectOption('holiday')
    await page.getByText('这段时间没有节假日的来电').waitFor()
    await page.getByLabel('日子').selectOption('workday')
    await rowOf('09:30').waitFor()
  })

  it('shows who was there when, as bars and in words', async () => {
    const first = page.getByRole('listitem').filter({ hasText: '坐席21号' })
    await first.getByText('在岗 7:20，通话 3:00，离席 0:40').waitFor()
    expect(await first.locator('.bar span').count()).toBe(3)
    await first.locator('summary').focus()
    await page.keyboard.press('Enter')
    const rows = await first.getByRole('row').allTextContents()
    expect(rows.slice(1)).toEqual(['08:0012:00在岗', '12:0012:40离席（就餐）', '12:4016:00在岗'])
    await page.keyboard.press('Enter')
    await page.getByLabel('日期').fill('2026-01-30')
    await page.getByRole('listitem').filter({ hasText: '坐席64号' }).waitFor()
  })

  it.each(['light', 'dark'])(
    'is read by everybody: axe finds nothing where it is %s',
    { timeout: 60_000 },
    async colours => {
      await page.getByLabel('颜色').selectOption(colours)
      expect(await axeFaults(page)).toEqual([])
    },
  )

  it.each(['zh-CN', 'en'])(
    'in %s it fits a narrow telephone and 200 per cent, and breaks no number',
    async language => {
      await page.goto(`${desk.url}/plan?lang=${language}`)
      await rowOf('09:30').waitFor()
      for (const width of [1280, 320, 640]) expect(await scrollsSideways(page, width)).toBe(false)
      await page.setViewportSize({ width: 1280, height: 900 })
      const heights = await page
        .locator('[data-short]')
        .evaluateAll(rows => rows.map(row => Math.round(row.getBoundingClientRect().height)))
      expect(new Set(heights).size).toBe(1)
    },
  )

  it('shows what each night learnt, why one was refused, and goes back when it is asked twice', {
    timeout: 60_000,
  }, async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${desk.url}/learning?lang=zh-CN`)
    await page.getByRole('heading', { name: '现在用的：第 2 版' }).waitFor()
    await page.getByText('路灯：第一个对的从 17 条降到 15 条').waitFor()
    await page.getByRole('button', { name: '查看第 2 版的各类数字' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '第 2 版的各类数字' }).waitFor()
    const cells = await page.getByRole('row', { name: '居民供水 是' }).getByRole('cell').allTextContents()
    expect(cells).toEqual(['是', '41', '73.2% → 87.8%', '92.7% → 97.6%'])
    expect(await page.getByRole('button', { name: '改用第 3 版' }).count()).toBe(0)
    await page.getByRole('button', { name: '改用事项目录' }).click()
    await page.getByText('所有坐席立即按“事项目录”得到建议').waitFor()
    expect(used).toEqual([])
    await page.getByRole('button', { name: '确定改用' }).click()
    await page.getByRole('heading', { name: '现在用的：事项目录' }).waitFor()
    expect(used).toEqual([0])
    expect(await axeFaults(page)).toEqual([])
    for (const width of [1440, 720, 320]) expect(await scrollsSideways(page, width)).toBe(false)
  })
})
