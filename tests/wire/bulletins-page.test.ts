/** A month's bulletin: drafted in words, published by two, printed on A4 and taken along, in Chromium. */
import { inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { audit, ledgerMigrations } from '../../src/ledger/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  createBulletins,
  createDeductions,
  openSupervision,
  ordinaryScores,
  reportedBulletins,
  supervisionBrings,
} from '../../src/supervision/index.ts'
import { ordinaryRules, type Tally } from '../../src/surveys/index.ts'
import { everybodyIs } from '../http/house.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { testKeys, testLedger } from '../support/ledger.ts'
import { openPageDesk } from '../support/page-desk.ts'

const order = orderNumberOf('2025-12-05', 1)
const units = new Map(
  [
    '东华门街道',
    '景山街道',
    '交道口街道',
    '安定门街道',
    '北新桥街道',
    '东四街道',
    '朝阳门街道',
    '建国门街道',
  ].map(
    (street, at) =>
      [`street-${at}`, { name: `东城区${street}办事处`, area: { district: '东城区', street } }] as const,
  ),
)
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
const surveys = {
  formula: ordinaryRules.rates,
  mixes: async ({ fromMs }: { readonly fromMs: number }) =>
    [...units.keys()].flatMap((unit, at) =>
      ['heating', 'noise'].map((category, kind) => ({
        unit,
        category,
        tally: answers(fromMs < Date.UTC(2025, 10, 15) ? 60 : 40 + at * 5 + kind * 9, 30 - at * 3),
      })),
    ),
  behind: async ({ answer }: { readonly answer: string }) =>
    answer === 'not-solved'
      ? Array.from({ length: 60 }, (_, at) => ({
          order: orderNumberOf('2025-12-06', at + 1),
          cycle: 1,
          closedAtMs: Date.UTC(2025, 11, 20, 2),
        }))
      : [],
}

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of bulletins in Chromium', () => {
  let database: Database
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
    const clock = createManualClock(Date.UTC(2025, 11, 10))
    const shared = { database, ledger: testLedger, rules: ordinaryScores, units, clock }
    const deductions = createDeductions(shared)
    await deductions.propose({ order, unit: 'street-1', reason: 'leak', words: '两次泄露' }, 'li')
    const [proposed] = await deductions.list({}, undefined)
    await deductions.decide(proposed?.id ?? '', { agreed: true, words: '属实' }, 'zhao')
    await clock.advance(26 * 86_400_000)
    const city = { ...exampleCity, districts: [{ name: '东城区', streets: [] }] }
    const supervision = openSupervision({ ...shared, deductions, surveys, city })
    desk = await openPageDesk({
      supervision,
      bulletins: createBulletins({ ...shared, supervision, deductions, city }),
      staff: everybodyIs(() => member),
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(9000)
    await page.goto(`${desk.url}/bulletins`)
    await givesPassword(page, 'li')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await database?.close()
  })

  it('is drafted by keyboard: its words are written, its figures are there to be read', async () => {
    await page.getByLabel('月份').fill('2025-12')
    await page.getByRole('button', { name: '起草通报' }).press('Enter')
    await page.getByRole('heading', { name: '关于2025年12月接诉即办工作情况的通报' }).waitFor()
    await page.getByRole('textbox', { name: '工作要求' }).fill('请逐件核查。\n下月复查。')
    expect(await page.getByRole('button', { name: '发布通报' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: '保存文字' }).press('Enter')
    await page.locator('.sheet').getByText('下月复查。').waitFor()
    await page.getByText('泄露信息').waitFor()
    await page
      .getByText(/诉求构成 [+−0]/)
      .first()
      .waitFor()
    await isFitForAll(page, 'bulletin-draft')
  }, 60_000)

  it('prints on A4 with its letterhead, page numbers and nothing cut off', async () => {
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 688, height: 980 })
    const wide = await page.evaluate(
      "[...document.querySelectorAll('.sheet *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).length",
    )
    expect(wide).toBe(0)
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    expect(await page.locator('.search-everywhere').isVisible()).toBe(false)
    expect((await page.locator('.sheet thead').first().boundingBox())?.width).toBeGreaterThan(600)
    const pdf = await page.pdf({ preferCSSPageSize: true, path: process.env.BULLETIN_PDF })
    const text = pdf.toString('latin1')
    expect(text.match(/\/MediaBox \[0 0 (\d+)[.\d]* (\d+)/)?.slice(1)).toEqual(['594', '841'])
    expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
    expect(inflated(pdf)).toMatch(/beginbfchar/)
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('takes a second person where it carries deductions, and stays as it was published', async () => {
    await page.getByRole('button', { name: '发布通报' }).press('Enter')
    await page.getByText('li 已提交，须另一人复核').waitFor()
    expect(await page.getByRole('button', { name: '同意通报' }).count()).toBe(0)
    member = { name: 'wang', display: '王主任', role: 'supervisor' }
    await page.reload()
    await page.getByRole('button', { name: '同意通报' }).press('Enter')
    await page.getByText(/SHA-256）: [0-9a-f]{64}/).waitFor()
    expect(await audit(database, { keys: testKeys, reported: [reportedBulletins] })).toMatchObject({
      breaks: [],
    })
    const file = await page.getByRole('link', { name: '下载 XLSX' }).getAttribute('href')
    const begins = await page.evaluate(async url => {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
      return String.fromCharCode(...bytes.slice(0, 2))
    }, file ?? '')
    expect(begins).toBe('PK')
  }, 60_000)

  it('is read by the units that it concerns, each with its own orders, and says so where somebody changed it', async () => {
    member = { name: 'zhou', display: '周明', role: 'unit', unit: 'street-2' }
    await page.reload()
    const annex = page.locator('.annex p strong')
    await annex.first().waitFor()
    expect(await annex.allTextContents()).toEqual(['东城区交道口街道办事处 · 未解决'])
    expect(await page.getByRole('button', { name: '发布通报' }).count()).toBe(0)
    await isFitForAll(page, 'bulletin-unit')
    await database.execute(sql`update bulletins set figures = replace(figures, '东四', '东五')`)
    await page.reload()
    await page.getByText('数字与发布时的摘要不符').waitFor()
  }, 60_000)
})

/** Streams of a PDF that can be read. */
const inflated = (pdf: Buffer): string => {
  const parts: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('endstream', at)
    try {
      parts.push(inflateSync(pdf.subarray(at + 7, end)).toString('latin1'))
    } catch {
      // Some streams are no text.
    }
  }
  return parts.join('\n')
}
