/** What units do with many orders and for each other, the ledger of what they return, and what they ask a citizen, in Chromium. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, isFitForAll, takesUnit } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const wang = { name: 'wang', display: '王工', role: 'unit', unit: 'heating' } as const
const zhou = { name: 'zhou', display: '周工', role: 'unit', unit: 'water' } as const
const li = { name: 'li', display: '李主任', role: 'supervisor' } as const
const seat = { role: 'seat', person: 's1' } as const
const heating = { role: 'unit', person: 'wang', unit: 'heating' } as const
const demand = { category: 'heating', matter: '暖气不热', place: '东四十条', street: '东四街道' }

describe.skipIf(!hasBrowser && !process.env.CI)('pages of units in Chromium', { timeout: 60_000 }, () => {
  let pages: OrderPages
  let page: Page
  const make = async (matter: string, more: object = {}) =>
    (await pages.office.orderDesk.make({ ...demand, matter, anyway: true, ...more }, seat)).order.number
  const stageOf = async (number: string) => (await pages.office.orderDesk.show(number, seat)).order.stage
  beforeAll(async () => {
    pages = await openOrderPages()
  }, 240_000)
  afterAll(() => pages?.close())
  beforeEach(async () => {
    page = await pages.newPage()
    return () => page.close()
  })

  it('signs for many by keys, and keeps chosen what a colleague was quicker with', async () => {
    const numbers = [await make('一号楼不热'), await make('二号楼不热'), await make('三号楼不热')]
    await pages.signsIn(page, wang, '/orders?show=waiting')
    const boxes = page.getByRole('checkbox', { name: /^选择/ })
    await boxes.nth(2).waitFor()
    const signed = numbers[1] ?? ''
    // The first is chosen by the space bar, the next by the arrow and the space bar.
    await boxes.first().focus()
    await page.keyboard.press('Space')
    for (let row = 1; row < 3; row++) {
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Space')
    }
    await page.getByText('已选 3 张').waitFor()
    await isFitForAll(page, 'orders-many')
    await pages.office.orderDesk.act(signed, { do: 'sign' }, { ...heating, person: 'chen' })
    await page.getByRole('button', { name: '批量签收' }).press('Enter')
    await expect.poll(() => Promise.all(numbers.map(stageOf))).toEqual(['handling', 'handling', 'handling'])
    await page
      .getByRole('status')
      .getByText(/^已选 [01] 张$/)
      .waitFor()
  })

  it('is asked to help by another, sees it on its first page, and answers', async () => {
    const number = await make('暖气管漏水，水表也坏了')
    await pages.office.orderDesk.act(number, { do: 'sign' }, heating)
    await pages.signsIn(page, wang, `/orders/${number}`)
    await page.locator('summary', { hasText: '请单位协办' }).press('Enter')
    const asking = page.locator('details', { hasText: '请单位协办' })
    await takesUnit(asking.getByRole('combobox', { name: '协办单位' }), 'zls', '自来水集团')
    await asking.getByRole('textbox', { name: '协办任务' }).fill('请查水表')
    await isFitForAll(page, 'order-help-asked')
    await asking.getByRole('button', { name: '请单位协办' }).press('Enter')
    await page.getByRole('region', { name: '协办任务' }).getByText('请查水表').waitFor()

    await page.context().clearCookies()
    await pages.signsIn(page, zhou, '/work')
    const waits = page.getByRole('region', { name: '待办' }).getByRole('link').filter({ hasText: '件待协办' })
    await waits.waitFor()
    await isFitForAll(page, 'work-help')
    await waits.press('Enter')
    await page.locator('tbody tr').filter({ hasText: '水表也坏了' }).getByRole('link').press('Enter')
    // Whoever helps says first whom the lead can reach.
    await page.locator('summary', { hasText: '协办登记' }).press('Enter')
    const registering = page.locator('details', { hasText: '协办登记' })
    await registering.getByRole('textbox', { name: '联系人' }).fill('周工')
    await registering.getByRole('textbox', { name: '电话' }).fill('12345')
    await registering.getByRole('button', { name: '协办登记' }).press('Enter')
    await page.locator('summary', { hasText: '答复协办' }).press('Enter')
    const answering = page.locator('details', { hasText: '答复协办' })
    await answering.getByRole('textbox', { name: '说明' }).fill('水表已换')
    await answering.getByRole('button', { name: '答复协办' }).press('Enter')
    await page.getByRole('region', { name: '协办任务' }).getByText('水表已换').waitFor()
  })

  it('reads in the ledger what units sent on, whose time it took, and looks at one unit', async () => {
    const number = await make('井盖坏了')
    const back = { do: 'return', ground: 'not-our-duty', target: 'street', words: '不是暖气' } as const
    await pages.office.orderDesk.act(number, back, heating)
    await pages.signsIn(page, li, '/returns')
    const rows = page.getByRole('region', { name: '逐件' }).locator('tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    expect(await rows.first().textContent()).toMatch(/供热单位.*不属于本单位职责.*待审/)
    await isFitForAll(page, 'returns')
    const unit = page.getByRole('combobox', { name: '单位' })
    await takesUnit(unit, 'zls', '自来水集团')
    await rows.first().waitFor({ state: 'detached' })
    await unit.fill('')
    // The list of units is closed: while it is open nothing else is told to who cannot see.
    await unit.press('Tab')
    await rows.first().waitFor()
    await page.getByLabel('期间').selectOption({ label: '近 7 天' })
    await rows.first().waitFor()
  })

  it('asks a citizen, and reads that its own clock goes on', async () => {
    await pages.rings('call_q', '+8613800138777')
    const number = await make('厨房不热', { call: 'call_q', contact: { mode: 'sms' } })
    await pages.office.orderDesk.act(number, { do: 'sign' }, heating)
    await pages.signsIn(page, wang, `/orders/${number}`)
    await page.locator('summary', { hasText: '询问市民' }).press('Enter')
    const asking = page.locator('details', { hasText: '询问市民' })
    await asking.getByRole('textbox', { name: /^问题/ }).fill('请问是几单元几层？')
    await asking.getByRole('button', { name: '询问市民' }).press('Enter')
    const asked = page.getByRole('region', { name: '询问市民' })
    await asked.getByText('请问是几单元几层？').waitFor()
    await asked.getByText('办理时限不停').waitFor()
    await isFitForAll(page, 'order-asked')
  })
})
