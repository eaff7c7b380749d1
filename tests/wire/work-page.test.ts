/** Where staff begin, in Chromium: what waits for them, and the way to the pages of their role, over the real orders. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { axeFaults, hasBrowser, scrollsSideways } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const seat = { role: 'seat', person: 's1' } as const
const demand = { category: 'heating', matter: '暖气不热', place: '东四十条', street: '东四街道' }
const wang = { name: 'wang', display: '王工', role: 'unit', unit: 'heating' } as const
const li = { name: 'li', display: '李主任', role: 'supervisor' } as const
const agent = { name: 's1', display: '08 号话务员', role: 'seat' } as const
const admin = { name: 'root', display: '管理员', role: 'admin' } as const

describe.skipIf(!hasBrowser && !process.env.CI)('the page where staff begin (Chromium)', () => {
  let pages: OrderPages
  let page: Page
  beforeAll(async () => {
    pages = await openOrderPages()
    for (let at = 1; at <= 23; at++) {
      const caller = `+861380013${8000 + at}`
      await pages.rings(`call_${at}`, caller)
      await pages.office.orderDesk.make(
        { ...demand, matter: `${at}号楼不热`, call: `call_${at}`, anyway: true },
        seat,
      )
    }
  }, 60_000)
  afterAll(() => pages.close())
  beforeEach(async () => {
    page = await pages.newPage()
    return () => page.close()
  })
  const waits = () => page.getByRole('region', { name: '待办' }).getByRole('listitem')
  const bar = () => page.getByRole('navigation', { name: '页面' }).getByRole('link')
  async function isFitForAll(name: string) {
    expect(await axeFaults(page)).toEqual([])
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` })
    for (const width of [320, 640]) expect(await scrollsSideways(page, width)).toBe(false)
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  it('says to a unit what it has to sign, and leads there by the keyboard; pages go on past the first', {
    timeout: 60_000,
  }, async () => {
    await pages.signsIn(page, wang, '/work')
    await waits().filter({ hasText: '23 件待签收' }).waitFor()
    expect(await bar().allTextContents()).toEqual([
      '工作台',
      '工单',
      '知识库',
      '督办',
      '扣分与申诉',
      '通报',
      '账户',
    ])
    expect(await bar().first().getAttribute('aria-current')).toBe('page')
    await isFitForAll('work-unit')
    await waits().getByRole('link').filter({ hasText: '待签收' }).press('Enter')
    await page.getByRole('radio', { name: /待签收/, checked: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?show=waiting')
    const rows = page.locator('tbody tr')
    await rows.nth(19).waitFor()
    const first = await rows.first().textContent()
    await page.getByRole('button', { name: '下一页' }).press('Enter')
    await page.getByText('第 2 页').waitFor()
    await rows.nth(3).waitFor({ state: 'detached' })
    expect(await rows.count()).toBe(3)
    expect(await page.getByRole('button', { name: '下一页' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: '上一页' }).press('Enter')
    await rows.nth(19).waitFor()
    expect(await rows.first().textContent()).toBe(first)
    await isFitForAll('orders-table')
  })

  it('finds what one caller told, at the centre, and puts no number into an address', async () => {
    await pages.signsIn(page, li, '/orders')
    await page.getByRole('textbox', { name: '查找' }).fill('138 0013 8007')
    await page.getByRole('textbox', { name: '查找' }).press('Enter')
    await page.getByRole('heading', { name: '查找结果：13800138007' }).waitFor()
    await page.locator('tbody tr').first().waitFor()
    expect(await page.locator('tbody tr').allTextContents()).toEqual([expect.stringContaining('7号楼不热')])
    expect(page.url()).toBe(`${pages.url}/orders`)
    // The same by words.
    await page.getByRole('textbox', { name: '查找' }).fill('12号楼')
    await page.getByRole('textbox', { name: '查找' }).press('Enter')
    await page.locator('tbody tr').filter({ hasText: '12号楼不热' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('textbox', { name: '查找' }).fill('不')
    await page.getByRole('textbox', { name: '查找' }).press('Enter')
    await page.getByRole('alert').getByText('请输入相连的两个字以上').waitFor()
    await page.getByRole('button', { name: '返回列表' }).click()
    await page.getByRole('radio', { name: /在办/, checked: true }).waitFor()
  })

  it('leads each role to its own pages, an admin to all, and from a seat beside it', async () => {
    await pages.signsIn(page, li, '/work')
    const inRow = ['工作台', '派单', '工单', '话务监控', '突发情况', '知识库']
    expect(await bar().allTextContents()).toEqual(inRow)
    const more = page.getByRole('button', { name: '更多' })
    await more.press('Enter')
    await isFitForAll('work-more')
    expect(await bar().allTextContents()).toEqual([
      ...inRow,
      '分类学习',
      '事项目录',
      '回访',
      '三率',
      '督办',
      '月度排名',
      '退单台账',
      '扣分与申诉',
      '通报',
      '通话录音',
      '答复抽查',
      '不当来电',
      '排班测算',
      '流程图',
      '账户',
    ])
    await page.keyboard.press('Escape')
    expect(await more.getAttribute('aria-expanded')).toBe('false')
    expect(await more.evaluate(button => button.matches(':focus'))).toBe(true)
    // What is open stands in the row, whichever it is; on a telephone it stands there alone.
    await more.press('Enter')
    await bar().filter({ hasText: '事项目录' }).press('Enter')
    await page.getByText('共 2640 个事项').waitFor()
    expect(await bar().allTextContents()).toEqual([...inRow, '事项目录'])
    await page.setViewportSize({ width: 320, height: 700 })
    expect(await bar().allTextContents()).toEqual(['事项目录'])
    await page.getByRole('button', { name: '页面' }).press('Enter')
    expect(await bar().count()).toBe(21)
    await isFitForAll('catalogue-more-narrow')
    await page.context().clearCookies()
    await pages.signsIn(page, admin, '/work')
    await more.press('Enter')
    expect((await bar().allTextContents()).length).toBeGreaterThan(12)
    await isFitForAll('work-admin')
    await page.context().clearCookies()
    await pages.signsIn(page, agent, '/seat')
    expect(await bar().allTextContents()).toEqual([
      '工作台 ↗',
      '坐席',
      '工单 ↗',
      '知识库 ↗',
      '通话录音 ↗',
      '账户 ↗',
    ])
    const beside = page.context().waitForEvent('page')
    await bar().first().click()
    await (await beside).getByRole('heading', { name: '待办' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/seat')
  })

  it('says to citizens what is theirs, and to staff where to go', async () => {
    await page.goto(pages.url)
    await page.getByRole('link', { name: '网页电话' }).waitFor()
    expect(await page.getByRole('main').getByRole('link').allTextContents()).toEqual([
      '网页电话',
      '通话字幕',
      '工作人员入口',
    ])
    await isFitForAll('citizens')
    await page.getByRole('link', { name: '工作人员入口' }).click()
    await page.getByRole('heading', { name: '工作人员登录' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/work')
  })
})
