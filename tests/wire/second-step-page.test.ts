import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { codeAt, stepAt } from '../../src/staff/factors/totp.ts'
import { openStaff, type Role, type Staff } from '../../src/staff/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openTables } from '../support/hotline.ts'
import { testLedger } from '../support/ledger.ts'
import { openPageDesk } from '../support/page-desk.ts'

const password = 'nobody knows it but me'

/** As an app does it, which was told the key. */
function codeOf(key: string, offSteps: number) {
  const bits = [...key.replaceAll(' ', '')].map(letter =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return codeAt(Buffer.from(bytes.map(byte => Number.parseInt(byte, 2))), stepAt(Date.now()) + offSteps)
}

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the second step in Chromium', () => {
  let database: Database
  let staff: Staff
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  let url = ''
  let name = ''
  let turn = 0
  beforeAll(async () => {
    database = await openTables()
    const shared = { database, ledger: testLedger, clock: systemClock, log: silentLog }
    staff = openStaff({ ...shared, secondFactorOf: ['auditor'], newForMs: 0 })
    desk = await openPageDesk({ staff })
    // A name: browsers make passkeys for no address.
    url = desk.url.replace('127.0.0.1', 'localhost')
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
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(9_000)
  })
  afterEach(() => page.context().close())

  const added = (role: Role) => staff.add({ name, display: '李主任', role, password }, 'boss')
  async function gives(path = '/account', on = page) {
    await on.goto(`${url}${path}`)
    await givesPassword(on, name, password)
  }
  const isIn = (on = page) => on.getByRole('button', { name: '退出' }).waitFor()
  const second = () => page.getByRole('region', { name: '第二步验证' })
  /** @returns the key, and the codes for who loses it */
  async function addsApp() {
    await second().getByLabel('登录密码（以下操作都需要）').fill(password)
    await page.getByRole('button', { name: '添加验证器应用' }).click()
    await page.getByRole('img', { name: '二维码' }).waitFor()
    const key = (await second().locator('code').textContent()) ?? ''
    await isFitForAll(page, 'totp')
    await page.getByLabel('6 位数字').fill(codeOf(key, -1))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '恢复码' }).waitFor()
    const codes = await second().locator('.codes code').allTextContents()
    await isFitForAll(page, 'recovery')
    await page.getByRole('button', { name: '已抄好，继续' }).click()
    return { key, codes }
  }

  it('has a role that needs it add an app first, and asks for its code from then on', async () => {
    await added('auditor')
    await gives('/trail')
    await page.getByText('您的角色登录时须有第二步验证，请先添加一种。').waitFor()
    await isFitForAll(page, 'enrolment')
    const { key, codes } = await addsApp()
    expect(codes).toHaveLength(10)
    await page.getByText('您的角色登录时须有第二步验证，请先添加一种。').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '退出' }).click()
    await gives('/trail')
    await page.getByRole('heading', { name: '第二步验证' }).waitFor()
    await isFitForAll(page, 'second-step')
    await page.getByLabel('验证码').fill('000000')
    await page.keyboard.press('Enter')
    await page.getByText('验证码不对，或已经用过').waitFor()
    await page.getByLabel('验证码').fill(codeOf(key, 0))
    await page.keyboard.press('Enter')
    await isIn()
    await page.getByRole('button', { name: '退出' }).click()
    await gives('/trail')
    await page.getByLabel('验证码').fill(codes[0] ?? '')
    await page.keyboard.press('Enter')
    await isIn()
  }, 60_000)

  it('takes a passkey, and another member’s is none', async () => {
    await added('supervisor')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'usb', hasUserVerification: true, isUserVerified: true },
    })
    await gives()
    await isIn()
    await second().getByLabel('登录密码（以下操作都需要）').fill(password)
    await second().getByLabel('名称，如“我的手机”').fill('办公桌的钥匙')
    await page.getByRole('button', { name: '添加通行密钥' }).click()
    await page.getByRole('button', { name: '已抄好，继续' }).click()
    await second().getByText('办公桌的钥匙').waitFor()
    await isFitForAll(page, 'passkey')
    await page.getByRole('button', { name: '退出' }).click()
    await gives()
    await page.getByRole('button', { name: '用通行密钥验证' }).click()
    await isIn()
    expect((await staff.factors.list(name))[0]?.usedAtMs).toBeGreaterThan(0)
    // The device is another one now.
    await page.getByRole('button', { name: '退出' }).click()
    await devtools.send('WebAuthn.clearCredentials', { authenticatorId })
    await gives()
    await page.getByRole('button', { name: '用通行密钥验证' }).click()
    await page.getByRole('alert').waitFor({ timeout: 70_000 })
    expect(await page.getByRole('button', { name: '退出' }).count()).toBe(0)
  }, 120_000)

  it('is taken away by two administrators where a supervisor has lost it', async () => {
    await added('supervisor')
    await gives()
    await isIn()
    await addsApp()
    const lost = name
    for (const [at, said] of [
      [0, '已申请，须由另一位管理员在一天内同意'],
      [1, '已移除，其登录已结束'],
    ] as const) {
      name = `boss-${turn}-${at}`
      await added('admin')
      const context = await browser.newContext()
      const theirs = await context.newPage()
      theirs.setDefaultTimeout(9_000)
      await gives('/account', theirs)
      await isIn(theirs)
      await theirs.getByRole('combobox', { name: '工作人员' }).selectOption(lost)
      await theirs.getByRole('button', { name: '移除其第二步验证（设备丢失）' }).click()
      await theirs.getByText(said).waitFor()
      await context.close()
    }
    await page.reload()
    name = lost
    await gives()
    await isIn()
  }, 60_000)
})
