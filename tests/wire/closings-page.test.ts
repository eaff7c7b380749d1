/** What a unit is told before it closes an order, and what the centre looks at afterwards, in Chromium over the real orders. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '../../src/staff/api.ts'
import { hasBrowser, isFitForAll } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const wang: Member = { name: 'wang', display: '王师傅', role: 'unit', unit: 'heating' }
const li: Member = { name: 'li', display: '李主任', role: 'supervisor' }
const seat = { role: 'seat', person: 's1' } as const
const heating = { role: 'unit', person: 'wang', unit: 'heating' } as const

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('closings that rules read', () => {
  let pages: OrderPages
  let page: Page

  beforeAll(async () => {
    pages = await openOrderPages({ closings: { sample: { lacking: 1, others: 1 } } })
  }, 240_000)
  afterAll(() => pages?.close())
  beforeEach(async () => {
    await page?.close()
    page = await pages.newPage()
  })

  async function signed() {
    const { orderDesk } = pages.office
    const { order } = await orderDesk.make(
      {
        category: 'heating',
        matter: '暖气三天不热，家里有老人',
        street: '望京街道',
        place: '3号楼',
        anyway: true,
      },
      seat,
    )
    await orderDesk.act(order.number, { do: 'sign' }, heating)
    return order.number
  }

  it('a unit reads what lacks while it writes, sends it all the same, and the order says both', async () => {
    const number = await signed()
    await pages.signsIn(page, wang, `/orders/${number}`)
    await page.locator('summary', { hasText: '办结' }).press('Enter')
    const closing = page.locator('details', { hasText: '佐证材料' })
    await closing.getByLabel('结果', { exact: true }).selectOption({ label: '已解决' })
    await closing.getByRole('textbox', { name: '说明' }).fill('高度重视，将尽快安排。')
    await closing.getByText('没有写谁办的、市民找谁').waitFor()
    await closing.getByText(/除了套话，没有写做了什么：高度重视/).waitFor()
    await isFitForAll(page, 'closing-form')
    await closing.getByRole('textbox', { name: '佐证材料' }).fill('照片')
    await closing.getByRole('button', { name: '办结' }).press('Enter')
    const history = page.getByRole('region', { name: '办理经过' })
    await history.getByText(/答复检查：.*空话套话（高度重视.*提示后仍提交/).waitFor()
  }, 120_000)

  it('a citizen reads that a rule sent their request, has a person look, and the desk shows both', async () => {
    const { orderDesk, orders } = pages.office
    const { order } = await orderDesk.make(
      {
        undecided: true,
        urgency: 'urgent',
        matter: '水管没水了',
        street: '望京街道',
        place: '3号楼',
        district: '朝阳区',
        caller: '13800138000',
        contact: { mode: 'sms', number: '13800138000' },
        anyway: true,
      },
      seat,
    )
    await pages.goesByItself(order.number)
    const sends = orders.handlers.find(({ queue }) => queue.name === 'order-citizen')
    const job = { id: order.number, tries: 1, signal: new AbortController().signal }
    const data = { order: order.number, kind: 'byRule' }
    await sends?.work({ ...job, data, settle: async () => undefined })
    const link = /\/q\/\S{22}/.exec(pages.texts.findLast(text => text.includes('自动派单')) ?? '')?.[0]
    await page.goto(`${pages.url}${link}`)
    await page.getByText('没有经过人工判断').waitFor()
    await isFitForAll(page, 'ruled')
    await page.getByLabel('哪里不对（可以不填）').fill('是热水')
    await page.getByRole('button', { name: '要求人工核对' }).press('Enter')
    await page.getByText('派单员会人工核对您的工单').waitFor()
    await page.reload()
    await page.getByText('派单员会人工核对您的工单').waitFor()
    await pages.signsIn(page, li, '/orders')
    await page.getByText('自动派单 · 市民要求人工核对').waitFor()
    await isFitForAll(page, 'orders-ruled')
  }, 120_000)

  it('the centre looks at a sample by keys, and sees how often units’ closings lack something', async () => {
    const number = await signed()
    const words = '1月5日清洗暖气滤网，室温恢复到21度。联系人：王工'
    await pages.office.orderDesk.act(
      number,
      { do: 'close', result: 'solved', words, evidence: ['照片'] },
      heating,
    )
    await pages.signsIn(page, li, '/closings')
    const sample = page.getByRole('region', { name: '待看的抽样' })
    await sample.getByText('规则没有发现问题').waitFor()
    expect(await sample.getByRole('listitem').count()).toBe(2)
    await isFitForAll(page, 'closings')
    const first = sample.getByRole('button', { name: /答复可以/ }).first()
    await first.focus()
    await page.keyboard.press('1')
    await expect.poll(() => sample.getByRole('listitem').count()).toBe(1)
    await sample.getByRole('button', { name: /答复不行/ }).focus()
    await page.keyboard.press('2')
    await sample.getByText('没有待看的').waitFor()
    const units = page.getByRole('region', { name: '各单位' })
    await units.getByText(/有问题 1 件（50%），其中提示后仍提交 1 件/).waitFor()
    await units.getByText(/规则说对 1 件（100%）/).waitFor()
    await page.getByLabel('显示').selectOption({ label: '已看过的' })
    await page.getByRole('region', { name: '已看过的' }).getByText('答复不行', { exact: true }).waitFor()
  }, 120_000)
})
