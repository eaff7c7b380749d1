/** What units do with many orders at once, in Chromium. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, isFitForAll } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const wang = { name: 'wang', display: '王工', role: 'unit', unit: 'heating' } as const
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
})
