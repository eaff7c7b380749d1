/** What a new order may repeat, merged and undone by one key, and a demand that is several matters, in Chromium. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, isFitForAll } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const qian = { name: 'qian', display: '钱派单', role: 'dispatcher' } as const
const seat = { role: 'seat', person: 's1' } as const
const matter = '小区供暖管道漏水，整栋楼暖气不热'
const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')

describe.skipIf(!hasBrowser && !process.env.CI)(
  'orders that may repeat others, in Chromium',
  { timeout: 60_000 },
  () => {
    let pages: OrderPages
    let page: Page
    const make = async (street: string, more: object = {}) => {
      const asked = { matter, place: '幸福小区3号楼', district: '朝阳区', street, anyway: true, ...more }
      return (await pages.office.orderDesk.make(asked, seat)).order.number
    }
    const stageOf = async (number: string) => (await pages.office.orderDesk.show(number, seat)).order.stage
    const like = () => page.getByRole('region', { name: '疑似重复' })
    const merged = () => page.getByRole('region', { name: '并入本单的工单 1 件' })
    beforeAll(async () => {
      pages = await openOrderPages()
    }, 240_000)
    afterAll(() => pages?.close())
    beforeEach(async () => {
      page = await pages.newPage()
      return () => page.close()
    })

    it('says at the dispatch what a new one repeats and why; one key merges it, and one undoes it', async () => {
      const first = await make('望京街道', { category: 'heating' })
      const second = await make('望京街道', {
        matter: '小区供暖管道漏水，我家暖气不热',
        urgency: 'general',
        place: '幸福小区5号楼',
      })
      await pages.signsIn(page, qian, '/dispatch')
      await like().getByText('相同词语：小区供暖管道漏水、暖气不热').waitFor()
      expect(await like().textContent()).toMatch(/不同来电人.*地点：幸福小区/)
      await isFitForAll(page, 'repeats-dispatch')
      await like()
        .getByRole('group', { name: grouped(first) })
        .getByRole('button')
        .first()
        .focus()
      await page.keyboard.press('1')
      await page
        .getByRole('status')
        .getByText(`工单 ${grouped(second)} 已并入 ${grouped(first)}`)
        .waitFor()
      await expect.poll(() => stageOf(second)).toBe('merged')
      await isFitForAll(page, 'repeats-dispatch-merged')
      await page.keyboard.press('Shift+F8')
      await page
        .getByRole('status')
        .getByText(`工单 ${grouped(second)} 恢复单独办理`)
        .waitFor()
      expect(await stageOf(second)).toBe('undispatched')
    })

    it('is undone at the order that leads, too', async () => {
      const first = await make('来广营街道', { category: 'heating' })
      const second = await make('来广营街道', { category: 'heating' })
      await pages.office.orderDesk.act(
        second,
        { do: 'merge', into: first },
        { role: 'dispatcher', person: 'qian' },
      )
      await pages.signsIn(page, qian, `/orders/${first}`)
      await merged().waitFor()
      await isFitForAll(page, 'repeats-lead')
      await merged().getByRole('button', { name: '撤销并单' }).press('Enter')
      await page
        .getByRole('status')
        .getByText(`工单 ${grouped(second)} 恢复单独办理`)
        .waitFor()
      expect(await stageOf(second)).toBe('waiting')
    })

    it('says it at the order, too: merged and undone there, or told apart', async () => {
      const first = await make('麦子店街道', { category: 'heating' })
      const second = await make('麦子店街道', { category: 'heating' })
      const third = await make('麦子店街道', { category: 'heating' })
      await pages.signsIn(page, qian, `/orders/${second}`)
      await like().waitFor()
      await isFitForAll(page, 'repeats-order')
      const decided = like().getByRole('group', { name: grouped(first) })
      await decided.getByRole('button').first().focus()
      await page.keyboard.press('1')
      const lead = page.getByRole('region', { name: '并入的主单' })
      await lead.getByRole('link', { name: grouped(first) }).waitFor()
      expect(await like().count()).toBe(0)
      expect(await page.evaluate('document.activeElement?.textContent')).toContain('已并入')
      await isFitForAll(page, 'repeats-merged')
      await page.getByRole('button', { name: '撤销并单' }).press('Enter')
      await lead.waitFor({ state: 'detached' })
      expect(await stageOf(second)).toBe('waiting')

      await page.goto(`${pages.url}/orders/${third}`)
      const others = like().getByRole('listitem')
      await others.nth(1).waitFor()
      await others.first().getByRole('button').first().focus()
      await page.keyboard.press('2')
      await others.nth(1).waitFor({ state: 'detached' })
      expect(await stageOf(third)).toBe('waiting')
    })

    it('is split where it is several matters, and shows the others', async () => {
      const first = await make('左家庄街道', {
        category: 'heating',
        matter: '暖气不热，门口路灯也不亮，垃圾没人清',
      })
      await pages.signsIn(page, qian, `/orders/${first}`)
      await page.locator('summary', { hasText: '拆分' }).press('Enter')
      const splitting = page.locator('details', { hasText: '拆分' })
      await splitting.getByRole('textbox', { name: '另一事项 1' }).fill('门口路灯不亮')
      await splitting.getByRole('textbox', { name: '另一事项 2' }).fill('垃圾没人清')
      await isFitForAll(page, 'order-splitting')
      await splitting.getByRole('button', { name: '拆分' }).press('Enter')
      const others = page.getByRole('region', { name: '同一诉求拆分的工单' }).getByRole('listitem')
      await others.nth(1).waitFor()
      expect(await others.allTextContents()).toEqual([
        expect.stringContaining('门口路灯不亮'),
        expect.stringContaining('垃圾没人清'),
      ])
      await isFitForAll(page, 'order-split')
    })
  },
)
