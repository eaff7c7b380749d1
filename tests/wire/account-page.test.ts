import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { openStaff, type Staff } from '../../src/staff/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openTables } from '../support/hotline.ts'
import { testLedger } from '../support/ledger.ts'
import { openPageDesk } from '../support/page-desk.ts'

const first = 'for the first day only'
const own = 'nobody knows it but me'
/** Two minutes of warning, and some seconds before it. */
const idleMs = 128_000

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the account of a member in Chromium', () => {
  let database: Database
  let staff: Staff
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let name = ''
  let turn = 0
  beforeAll(async () => {
    database = await openTables()
    const shared = { database, ledger: testLedger, clock: systemClock, log: silentLog }
    staff = openStaff({ ...shared, idleMs: () => idleMs })
    desk = await openPageDesk({ staff })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await staff?.close()
    await database?.close()
  })
  beforeEach(async () => {
    name = `li-${turn++}`
    page = await newPage()
  })
  afterEach(() => page.context().close())

  async function newPage() {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const made = await context.newPage()
    made.setDefaultTimeout(9_000)
    return made
  }
  const added = (temporary: boolean, role: 'supervisor' | 'admin' = 'supervisor') =>
    staff.add({ name, display: '李主任', role, password: temporary ? first : own, temporary }, 'boss')
  async function signsIn(on: Page, password: string, path = '/account') {
    await on.goto(`${desk.url}${path}`)
    await givesPassword(on, name, password)
    await on.getByRole('button', { name: '退出' }).waitFor()
  }

  it('has a member with another’s password choose their own first, by keys, on whichever page they came to', async () => {
    await added(true)
    await signsIn(page, first, '/campaigns')
    await page.getByRole('heading', { name: '请设置自己的密码' }).waitFor()
    await isFitForAll(page, 'own-password')
    await page.getByLabel('现在的密码').focus()
    for (const text of [first, own, 'something else, mistyped']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.getByText('两次输入的新密码不一样').waitFor()
    await page.getByLabel('再输入一遍新密码').fill(own)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '请设置自己的密码' }).waitFor({ state: 'detached' })
    await page.getByText('您没有此页面的访问权限').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('link', { name: '账户' }).click()
    await page.getByRole('heading', { name: '我的登录' }).waitFor()
  })

  it('shows where they are signed in, and ends what they did not leave', async () => {
    await added(false)
    await signsIn(page, own)
    const left = await newPage()
    await signsIn(left, own)
    await page.reload()
    const list = page.getByRole('region', { name: '我的登录' }).getByRole('listitem')
    await expect.poll(() => list.count()).toBe(2)
    expect(await list.filter({ hasText: '就是这里' }).count()).toBe(1)
    expect(await list.first().textContent()).toMatch(/Chrome · Linux.*127\.0\.0\.1.*登录.*最近使用/)
    await isFitForAll(page, 'account')
    await page.getByRole('button', { name: /^结束 Chrome/ }).click()
    await expect.poll(() => list.count()).toBe(1)
    await left.getByRole('button', { name: '退出' }).waitFor()
    await left.reload()
    await left.getByLabel('登录名').waitFor()
    await left.context().close()
  })

  it('changes their password and says so; a wrong one is named', async () => {
    await added(false)
    await signsIn(page, own)
    const change = async (present: string) => {
      await page.getByLabel('现在的密码').fill(present)
      await page.getByLabel('新密码', { exact: true }).fill('another that I alone know')
      await page.getByLabel('再输入一遍新密码').fill('another that I alone know')
      await page.getByRole('button', { name: '修改密码' }).click()
    }
    await change('not the present one')
    await page.getByText('现在的密码不对').waitFor()
    await change(own)
    await page.getByText('密码已修改，其他地方的登录已结束').waitFor()
  })

  it('lets an administrator see and end where a member is signed in', async () => {
    await added(false)
    const li = name
    const theirs = await newPage()
    await signsIn(theirs, own)
    name = `boss-${turn}`
    await added(false, 'admin')
    await signsIn(page, own)
    await page.getByRole('combobox', { name: '工作人员' }).selectOption(li)
    const list = page.getByRole('region', { name: '工作人员的登录' }).getByRole('listitem')
    await expect.poll(() => list.count()).toBe(1)
    await isFitForAll(page, 'account-admin')
    await page.getByRole('button', { name: '全部结束' }).click()
    await page.getByText('现在没有登录').waitFor()
    await theirs.reload()
    await theirs.getByLabel('登录名').waitFor()
    await theirs.context().close()
  })

  it('says before the session ends that nobody is there, and stays by one tap', async () => {
    await added(false)
    await signsIn(page, own)
    const warning = page.getByRole('alert').filter({ hasText: '自动退出' })
    await warning.waitFor({ timeout: 20_000 })
    await isFitForAll(page, 'idle')
    const before = (await staff.sessions.of(name))[0]?.usedAtMs ?? 0
    await page.getByRole('button', { name: '继续使用' }).click()
    await warning.waitFor({ state: 'detached' })
    await expect.poll(async () => ((await staff.sessions.of(name))[0]?.usedAtMs ?? 0) > before).toBe(true)
  }, 40_000)
})
