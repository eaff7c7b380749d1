/** `/dispatch` as dispatchers see it, over the real orders. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '../../src/staff/api.ts'
import { axeFaults, hasBrowser, scrollsSideways, takesUnit } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const qian: Member = { name: 'qian', display: '钱派单', role: 'dispatcher' }
const sun = { role: 'dispatcher', person: 'sun' } as const
const seat = { role: 'seat', person: 's1' } as const
const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
const demand = { urgency: 'general', street: '望京街道', district: '朝阳区', place: '3号楼' } as const

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of the dispatch in Chromium', () => {
  let pages: OrderPages
  let office: OrderPages['office']
  let page: Page
  beforeAll(async () => {
    pages = await openOrderPages()
    office = pages.office
  }, 240_000)
  afterAll(() => pages?.close())
  beforeEach(async () => {
    await page?.close()
    page = await pages.newPage()
  })

  async function isFitForAll(name: string) {
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true })
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 320), await scrollsSideways(page, 640)]).toEqual([false, false])
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-narrow.png`, fullPage: true })
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  const make = (matter: string, more: object = {}) =>
    office.orderDesk.make({ ...demand, matter, anyway: true, ...more }, seat)
  const stands = async (number: string) => (await office.orderDesk.show(number, seat)).order
  const decision = () => page.locator('section[aria-labelledby=decision]')
  const suggestions = () => decision().getByRole('list', { name: '建议单位' }).getByRole('listitem')

  it('is decided by one key, and goes on to the next, which the same key twice does not decide', async () => {
    const pressing = await make('家里停水三天了', { urgency: 'urgent' })
    const other = await make('小区门口路灯不亮，晚上看不见')
    await pages.signsIn(page, qian, '/dispatch')
    await suggestions().first().waitFor()
    expect(await decision().getByRole('heading').first().textContent()).toContain(
      grouped(pressing.order.number),
    )
    expect(await decision().textContent()).toContain('事项未定')
    expect(await suggestions().count()).toBeGreaterThan(0)
    expect(await suggestions().first().textContent()).toMatch(/1 .+·.+目录：/)
    await isFitForAll('dispatch')

    await suggestions().first().getByRole('button').focus()
    await page.keyboard.press('1')
    await page.getByRole('status').getByText('已派给').waitFor()
    const sent = await stands(pressing.order.number)
    expect(sent.stage).toBe('waiting')
    expect(sent.kind).toMatch(/^\d{8}$/)
    // The next has the focus, and its own thought.
    await decision().locator('.matter', { hasText: '路灯不亮' }).waitFor()
    await page.waitForFunction('document.activeElement?.closest("ol.suggested") !== null')
    await page.keyboard.press('1')
    expect((await stands(other.order.number)).stage).toBe('undispatched')
  })

  it('is decided by what was searched, with a note, where no suggestion fits', async () => {
    const one = await make('有件事说不清', { urgency: 'complex', undecided: true })
    await pages.signsIn(page, qian, '/dispatch')
    await page.getByRole('button', { name: '有件事说不清' }).click()
    const form = decision().getByRole('form', { name: '查找事项和单位' })
    await form.getByRole('combobox', { name: '事项' }).fill('停水')
    await page.getByRole('option', { name: /^居民供水·停水/ }).click()
    await takesUnit(form.getByRole('combobox', { name: '承办单位' }), 'jdbsc', '街道办事处')
    await form.getByLabel('给单位的说明（选填）').fill('请先联系市民')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('已派给 街道办事处').waitFor()
    expect(await stands(one.order.number)).toMatchObject({ stage: 'waiting', unit: 'street' })
  })

  it('tells the second of two dispatchers who decided, and decides nothing for the next', async () => {
    const one = await make('楼上漏水', { urgency: 'urgent' })
    await pages.signsIn(page, qian, '/dispatch')
    await decision().locator('.matter', { hasText: '楼上漏水' }).waitFor()
    await office.orderDesk.act(one.order.number, { do: 'dispatch', unit: 'street', category: 'heating' }, sun)
    await page.getByRole('alert').getByText('已由sun派给 街道办事处').waitFor()
    expect(await page.evaluate('document.activeElement?.closest("ol.suggested") ?? null')).toBeNull()
    expect(await axeFaults(page)).toEqual([])
  })

  it('shows what went by itself to be looked at: one key says that it is right, another takes it back', async () => {
    const one = await make('水管没水了', { urgency: 'urgent' })
    const other = await make('整栋楼没水', { urgency: 'urgent' })
    for (const { order } of [one, other]) await pages.goesByItself(order.number)
    await pages.signsIn(page, qian, '/dispatch')
    const looked = page.getByRole('region', { name: '自动派单待核对' })
    await looked.getByText('水管没水了').waitFor()
    await isFitForAll('dispatch-to-look')
    await looked
      .getByRole('group', { name: grouped(one.order.number) })
      .getByRole('button')
      .first()
      .focus()
    await page.keyboard.press('1')
    await page.getByRole('status').getByText('核对无误').waitFor()
    // The focus goes on to the next by itself; a key that was meant for the one before does nothing there for a moment.
    const next = looked
      .getByRole('group', { name: grouped(other.order.number) })
      .getByRole('button')
      .first()
    await next.and(page.locator(':focus')).waitFor()
    const isBack = async () => {
      await page.keyboard.press('2')
      return page.getByRole('status').getByText('已撤回').isVisible()
    }
    await expect.poll(isBack).toBe(true)
    expect(await stands(one.order.number)).toMatchObject({ stage: 'waiting', byRule: 'right' })
    expect(await stands(other.order.number)).toMatchObject({ stage: 'undispatched', byRule: 'reversed' })
  })

  it('takes the dispatch catalogue back from a table, refuses it by row and column, and tries it', async () => {
    await pages.signsIn(page, qian, '/dispatch')
    const catalogue = page.getByRole('region', { name: '派单目录' })
    const table = (rows: string) => ({
      name: '目录.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`事项代码,事项,区,街道,主办单位,协办单位,抄送,起,止\n${rows}`),
    })
    await catalogue.getByLabel('导入 CSV 或 XLSX').setInputFiles(table(',,,,月亮局,,,,'))
    await catalogue.getByRole('alert').getByText('目录.csv:2:E："月亮局"').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await catalogue.getByLabel('导入 CSV 或 XLSX').setInputFiles(table(',,,,市场监督管理局,,,,'))
    await catalogue.getByRole('status').getByText('草稿已有 1 行').waitFor()
    await catalogue.getByRole('button', { name: '用近 30 天的工单试算草稿' }).click()
    await catalogue.getByText(/件工单里有 \d+ 件会派到别处/).waitFor()
    await isFitForAll('dispatch-catalogue')
  })
})
