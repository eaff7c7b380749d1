/** The page /admin in Chromium, over the rulebook itself: hours are written in a form, refused, published and taken back. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createLive, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { createLiveRules, limitsSubject, unitsSubject } from '../../src/orders/index.ts'
import { hoursSubject, openRulebook, type Rulebook, rulebookBrings } from '../../src/rulebook/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { ordinaryRules, surveysSubject } from '../../src/surveys/index.ts'
import { createWeb, everybodyIs } from '../http/house.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { pagesDir } from '../support/page-phone.ts'

const wang = { name: 'wang', display: '王管理', role: 'admin' } as const
const zhou = { name: 'zhou', display: '周工', role: 'unit', unit: 'gas' } as const
const li = { name: 'li', display: '李管理', role: 'admin' } as const

describe.skipIf(!hasBrowser && !process.env.CI)('the page of administration in Chromium', () => {
  let database: Database
  let rulebook: Rulebook
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let seats: ReturnType<typeof createWeb>['rooms']['desk']
  const changes: unknown[] = []
  let member: typeof wang | typeof li = wang
  const city = createLive(exampleCity)
  const surveys = createLive(ordinaryRules)
  beforeAll(async () => {
    const shared = { clock: systemClock, log: silentLog }
    database = await openDatabase(shared)
    await migrate(database, rulebookBrings.tables)
    const rules = createLiveRules(await shippedRules())
    const subjects = [
      hoursSubject(city, './city.json'),
      unitsSubject(rules, 'units.json', async () => true),
      limitsSubject(rules, 'profiles.json beijing'),
      surveysSubject(surveys, 'SURVEY_RULES', exampleCity),
    ]
    rulebook = await openRulebook({ ...shared, database, subjects })
    const { web, rooms } = createWeb({
      staff: {
        ...everybodyIs(() => member),
        list: async () => [zhou],
        rightsChanges: async () => [{ kind: 'added', by: 'wang', atMs: 0, role: 'unit', unit: 'gas' }],
        async changeRights(name, change, by) {
          changes.push([name, change, by])
          return zhou
        },
      },
      rulebook,
      features: [{ name: 'assistant', isOn: true, setting: 'ASSISTANT_URL', value: 'model.example' }],
    })
    seats = rooms.desk
    desk = await openFrontDesk({
      ...shared,
      host: '127.0.0.1',
      port: 0,
      apiToken: 'x'.repeat(24),
      pagesDir,
      ...web,
    })
    browser = await openBrowser()
    await signsIn(wang, '/admin')
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
    await rulebook.close()
    await database.close()
  })

  async function signsIn(as: typeof member, path: string) {
    member = as
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(9000)
    await page.goto(`${desk.url}${path}`)
    await givesPassword(page, as.name)
  }

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
    await page.getByText(/^现在使用: 第 2 版 · .+ 起，由 wang 发布$/).waitFor()
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

  it('tells a unit’s telephone, and keeps a unit that something names', { timeout: 60_000 }, async () => {
    await signsIn(wang, '/admin#units')
    await page.getByLabel('在列表里查找').fill('燃气')
    await page.getByText('燃气集团 · gas', { exact: true }).press('Enter')
    await page.getByLabel('对外电话').fill('96777')
    await page.getByLabel('提醒短信发到 每行一项').fill('13800138001')
    await isFitForAll('admin-units')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page.getByText('承办单位 · gas · 对外电话').waitFor()
    await page.getByLabel('在列表里查找').fill('自来水')
    await page.getByText('自来水集团 · water', { exact: true }).press('Enter')
    await page.getByRole('button', { name: '删除 自来水集团 · water' }).press('Enter')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page
      .getByRole('alert')
      .getByText(/自来水集团（water）不见了/)
      .waitFor()
  })

  it('has limits in natural time or in working days', { timeout: 60_000 }, async () => {
    await signsIn(wang, '/admin#limits')
    const urgent = page.getByRole('group', { name: '办结时限' }).getByRole('group', { name: '紧急' })
    await urgent.getByRole('combobox').selectOption('工作日')
    await isFitForAll('admin-limits')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page
      .getByRole('alert')
      .getByText(/紧急诉求不等工作日/)
      .waitFor()
  })

  it('has what units are judged by published by another than who wrote it', { timeout: 60_000 }, async () => {
    await signsIn(wang, '/admin#surveys')
    await page.getByLabel('最多拨打次数').fill('2')
    await page.getByRole('button', { name: '存入草稿' }).press('Enter')
    await page.getByText('检查通过').waitFor()
    await page.getByLabel('为什么修改').fill('少打扰')
    await page.getByRole('button', { name: '发布', exact: true }).press('Enter')
    await page.getByRole('alert').getByText('写草稿的人不能自己发布').waitFor()
    await isFitForAll('admin-surveys')
    await signsIn(li, '/admin#surveys')
    await page.getByLabel('为什么修改').fill('少打扰')
    await page.getByRole('button', { name: '发布', exact: true }).press('Enter')
    await page.getByText('已发布').waitFor()
    expect(surveys.value.attempts).toBe(2)
    await page.getByRole('button', { name: '版本', exact: true }).press('Enter')
    await page.getByRole('button', { name: '取入草稿' }).press('Enter')
    await page.getByText('已取入草稿').waitFor()
    expect((await rulebook.draft('surveys')).writers).toEqual(['li'])
  })

  it('leads to who works here, where they sit and what is switched on', { timeout: 60_000 }, async () => {
    await signsIn(wang, '/admin')
    await page.getByRole('link', { name: '工作人员', exact: true }).press('Enter')
    await page
      .getByRole('row', { name: /周工/ })
      .getByText(/^(gas|燃气集团)$/)
      .waitFor()
    await page.getByRole('button', { name: '修改 周工' }).press('Enter')
    await page.getByRole('table', { name: '谁改过此人的权限' }).getByText('添加').waitFor()
    const one = page.getByRole('region', { name: '周工' })
    await one.getByLabel('角色').selectOption('班长')
    await isFitForAll('admin-staff')
    await one.getByRole('button', { name: '保存' }).press('Enter')
    await page.getByText('已保存').waitFor()
    expect(changes).toEqual([['zhou', { display: '周工', role: 'supervisor' }, 'wang']])
    await page.goto(`${desk.url}/admin#seats`)
    await page.getByLabel('一号坐席 的技能').fill('en sign')
    await page.getByLabel('一号坐席 的技能').press('Enter')
    await expect.poll(() => seats.seats()[0]?.skills).toEqual(['en', 'sign'])
    await isFitForAll('admin-seats')
    await page.goto(`${desk.url}/admin#features`)
    await page.getByRole('row').filter({ hasText: '语言模型' }).getByText('model.example').waitFor()
    await isFitForAll('admin-features')
  })
})
