/** `/supervision` over the real orders: the centre has a unit answer, and the unit answers before all else. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import type { Member } from '../../src/staff/api.ts'
import { sql } from '../../src/storage/index.ts'
import { hasBrowser, isFitForAll } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const boss: Member = { name: 'boss', display: '赵班长', role: 'supervisor' }
const wang: Member = { name: 'wang', display: '王工', role: 'unit', unit: 'heating' }
const seat = { role: 'seat', person: 's1' } as const
const supervisor = { role: 'supervisor', person: 'boss' } as const
const demand = {
  category: 'heating',
  urgency: 'general',
  street: '望京街道',
  place: '3号楼',
  anyway: true,
} as const

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of supervision in Chromium', () => {
  let pages: OrderPages
  let page: Page
  beforeAll(async () => {
    pages = await openOrderPages()
  }, 240_000)
  afterAll(() => pages?.close())
  beforeEach(async () => {
    await page?.close()
    page = await pages.newPage()
  })
  const make = async (matter: string) =>
    (await pages.office.orderDesk.make({ ...demand, matter }, seat)).order.number
  const show = (number: string) => pages.office.orderDesk.show(number, supervisor)

  it('has a unit answer, by keyboard, and the unit finds that first in its work and answers there', async () => {
    const number = await make('暖气三天不热，老人孩子受冻')
    const other = await make('管道漏水')
    await pages.signsIn(page, boss, '/supervision')
    await page.locator('summary', { hasText: '发督办单' }).press('Enter')
    await page.getByLabel('工单号', { exact: true }).fill(number)
    await page.getByLabel('督办级别').selectOption('district')
    await page.getByLabel('督办要求').fill('请今天上门，说明何时恢复供热')
    await page.getByRole('button', { name: '发督办单' }).press('Enter')
    await page.getByText('已督办').waitFor()
    await page.getByRole('button', { name: '区级专项 绿灯 1' }).press('Enter')
    await page.getByText('人工督办').waitFor()
    // What cannot be: another of the same level.
    await page.getByLabel('工单号', { exact: true }).fill(number)
    await page.getByLabel('督办级别').first().selectOption('street')
    await page.getByLabel('督办要求').first().fill('再催')
    await page.getByRole('button', { name: '发督办单' }).press('Enter')
    await page.getByText('已有同级或更高级的督办单待答复').waitFor()
    await pages.office.orderDesk.act(other, { do: 'ask-site', words: '看管线归属' }, supervisor)
    await page.getByRole('radio', { name: /待现场核实/ }).press('Space')
    await page
      .getByRole('cell', { name: '热力' })
      .or(page.getByRole('table', { name: '待现场核实' }))
      .first()
      .waitFor()
    await isFitForAll(page, 'supervision-sites')

    await page.close()
    page = await pages.newPage()
    await pages.signsIn(page, wang, '/work')
    const first = page.locator('.wait').first()
    await first.waitFor()
    expect(await first.textContent()).toContain('1 份督办单须答复')
    await first.getByRole('link').press('Enter')
    await page.locator('.instructions summary').press('Enter')
    await page.getByText('请今天上门，说明何时恢复供热').waitFor()
    await page.getByLabel('答复：采取了什么措施').fill('已派人上门，今晚八点前恢复')
    await isFitForAll(page, 'supervision-unit')
    await page.getByRole('button', { name: '答复督办' }).press('Enter')
    await page.locator('.instructions li').waitFor({ state: 'detached' })
    expect((await show(number)).instructions).toMatchObject([{ level: 'district', outcome: 'answered' }])
    expect(await page.getByText('发督办单').count()).toBe(0)

    await page.close()
    page = await pages.newPage()
    await pages.signsIn(page, boss, '/supervision?show=done')
    await page.locator('.instructions summary').first().press('Enter')
    await page.getByText('已派人上门，今晚八点前恢复').waitFor()
    await isFitForAll(page, 'supervision')
  }, 120_000)

  it('writes down at the order what was seen at the place, by whom and when', async () => {
    // Somebody rang two hours ago, and an hour later somebody was there.
    const hourMs = 3_600_000
    await pages.database.execute(sql`
      insert into calls (id, line, direction, caller, called, invited_at)
        values ('call_site', 'sip', 'in', '+8613800138000', '12345', ${new Date(Date.now() - 2 * hourMs).toISOString()})`)
    const told = { ...demand, matter: '楼下施工扰民，单位说不归他们', call: 'call_site' }
    const { number } = (await pages.office.orderDesk.make(told, seat)).order
    await pages.office.orderDesk.act(number, { do: 'ask-site', words: '三方到场' }, supervisor)
    await pages.signsIn(page, boss, `/orders/${number}`)
    await page.locator('summary', { hasText: '填写现场核实' }).press('Enter')
    const [day, time = ''] = new Date(Date.now() - hourMs)
      .toLocaleString('sv-SE', { timeZone: exampleCity.timeZone })
      .split(' ')
    await page.getByLabel('到场时间').fill(`${day}T${time.slice(0, 5)}`)
    await page.getByLabel('到场人员和单位').fill('街道 李工、热力 王工')
    await page.getByLabel('结论').selectOption('refuted')
    await page.getByLabel('现场情况').fill('管线在小区红线内')
    await page.getByRole('button', { name: '填写现场核实' }).press('Enter')
    await page.getByRole('region', { name: '现场核实' }).getByText('情况不实').waitFor()
    expect((await show(number)).siteChecks).toMatchObject([{ verdict: 'refuted' }])
    await isFitForAll(page, 'order-site')
  }, 120_000)
})
