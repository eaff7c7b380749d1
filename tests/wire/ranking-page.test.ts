import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { openSupervision, ordinaryScores } from '../../src/supervision/index.ts'
import { ordinaryRules, type Tally } from '../../src/surveys/index.ts'
import { everybodyIs, noDeductions } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const streets = ['东华门街道', '景山街道', '交道口街道', '安定门街道', '北新桥街道', '东四街道']
const units = new Map<
  string,
  { readonly name: string; readonly area?: { readonly district: string; readonly street: string } }
>([
  ...streets.map(
    (street, at) =>
      [`street-${at}`, { name: `东城区${street}`, area: { district: '东城区', street } }] as const,
  ),
  ['gas', { name: '燃气集团' }],
  ['heating', { name: '供热单位' }],
])

const answers = (solved: number, unsolved: number): Tally => ({
  asked: solved + unsolved + 20,
  reached: solved + unsolved + 5,
  answered: solved + unsolved,
  excluded: 1,
  referred: 0,
  contacted: { yes: solved + unsolved - 2, no: 2 },
  solved: { yes: solved - 3, partly: 3, no: unsolved },
  ratings: [solved - 10, 6, 4, unsolved - 1, 1],
})

/** The closings of the month in which the first of January lies, and better ones in the month before. */
const surveys = {
  formula: ordinaryRules.rates,
  mixes: async ({ fromMs }: { readonly fromMs: number }) =>
    [...units.keys()].map((unit, at) => ({
      unit,
      category: at % 2 ? 'noise' : 'heating',
      tally: answers(fromMs < Date.UTC(2025, 10, 15) ? 60 : 40 + at * 5, unit === 'gas' ? 2 : 30 - at * 3),
    })),
  behind: async ({ unit, answer }: { readonly unit: string; readonly answer: string }) =>
    unit === 'street-5' && answer === 'not-solved'
      ? [{ order: orderNumberOf('2026-01-05', 7), cycle: 2, closedAtMs: Date.UTC(2025, 11, 20, 2) }]
      : [],
}

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of rankings in Chromium', () => {
  let desk: FrontDesk
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    desk = await openPageDesk({
      supervision: openSupervision({
        deductions: { ...noDeductions, pointsIn: async () => new Map([['heating', 5]]) },
        surveys,
        units,
        rules: {
          ...ordinaryScores,
          groups: [{ id: 'utilities', name: '公用企业', english: 'Utilities', units: ['gas', 'heating'] }],
        },
        city: exampleCity,
        clock: createManualClock(Date.UTC(2026, 0, 5)),
      }),
      staff: everybodyIs(() => ({ name: 'li', display: '李主任', role: 'supervisor' })),
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(9000)
    await page.goto(`${desk.url}/ranking`)
    await givesPassword(page, 'li')
    await page.getByRole('heading', { name: '街道（乡镇） · 办结 200 件以下' }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  const region = (name: string) => page.getByRole('region', { name, exact: true })

  it('ranks each with those that it can be compared with, and says by what', async () => {
    expect(await page.getByLabel('办结月份').inputValue()).toBe('2025-12')
    const rows = await region('街道（乡镇） · 办结 200 件以下').getByRole('row').allTextContents()
    expect(rows).toHaveLength(1 + streets.length)
    expect(rows[1]).toMatch(/^东城区东四街道1/)
    expect(await region('公用企业 · 办结 200 件以下').getByRole('row').count()).toBe(3)
    await page.getByText('办难题多的单位不吃亏').waitFor()
    await page
      .getByRole('img', { name: /^区间 / })
      .first()
      .waitFor()
    await page
      .getByText(/^较上月 [+−]/)
      .first()
      .waitFor()
  })

  it('leads by keyboard from a figure to the orders behind it', async () => {
    const unit = page.getByRole('button', { name: '东城区东四街道' })
    await unit.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '东城区东四街道：数字背后的工单' }).waitFor()
    const order = page.getByRole('link', { name: '260105 000007' })
    await order.waitFor()
    expect(await order.getAttribute('href')).toMatch(/^\/orders\/260105000007/)
    await page.getByText('第2次办结').waitFor()
    await page.getByRole('button', { name: /^不满意/ }).press('Enter')
    await page.getByText('没有这样的工单').waitFor()
    await isFitForAll(page, 'ranking')
  }, 60_000)

  it('shows another month, or that nothing was closed in it, and gives the table away', async () => {
    const file = await page.getByRole('link', { name: '下载 CSV' }).getAttribute('href')
    expect(file).toBe('/api/ranking/csv?month=2025-12&lang=zh-CN')
    const text = await page.evaluate(async url => (await fetch(url)).text(), file ?? '')
    expect(text.split('\r\n')[0]).toMatch(/组别,名次,单位,综合,同类诉求全市,差值,响应率,响应率 区间下限/)
    expect(text).toContain('"街道（乡镇）, 办结 200 件以下",1,东城区东四街道,')
    await page.getByLabel('办结月份').fill('2025-11')
    await expect
      .poll(() => page.getByRole('link', { name: '下载 CSV' }).getAttribute('href'))
      .toContain('2025-11')
  })

  it('prints without its buttons, and is read in English, too', async () => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${desk.url}/ranking?lang=en`)
    await page.getByRole('heading', { name: 'Utilities · fewer than 200 closings' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
  })
})
