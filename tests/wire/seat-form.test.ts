/** What an agent does to the form of an order at /seat by hand, in Chromium on the whole product. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { openPagePhone } from '../support/page-phone.ts'
import { type RunningHotline, runHotline, testToken } from '../support/running-hotline.ts'

const password = 'a long enough password'

describe.skipIf(!hasBrowser && !process.env.CI)(
  'the form of an order at /seat (Chromium)',
  { timeout: 120_000 },
  () => {
    let browser: Browser
    let hotline: RunningHotline
    let page: Page
    let phone: Awaited<ReturnType<typeof openPagePhone>> | undefined
    const form = () => page.getByRole('region', { name: '工单', exact: true })
    const kind = () => form().getByRole('combobox', { name: '事项（必填）' })
    const kindIs = (name: string | RegExp) => expect.poll(() => kind().inputValue()).toMatch(name)
    const isClosed = () => expect.poll(() => kind().getAttribute('aria-expanded')).toBe('false')
    const heard = () => page.getByRole('region', { name: '听到的内容' })
    const ownCalls = () => page.getByRole('region', { name: '今天的通话' })
    const matter = () => form().getByLabel('诉求内容')
    const isNow = (words: string) =>
      page.getByRole('region', { name: '坐席状态' }).getByRole('status').getByText(words).waitFor()
    /** What the caller says, as far as the house has it: they type. */
    async function says(words: string): Promise<void> {
      const pass = phone?.told.find(({ kind }) => kind === 'answered')?.captions
      const citizen = await browser.newPage()
      await citizen.goto(`${hotline.url}/c/${pass}`)
      await citizen.getByLabel(/打字给对方/).fill(words)
      await citizen.keyboard.press('Enter')
      await page.locator('.line').getByText(words).first().waitFor()
      await citizen.close()
    }
    const option = (name: string | RegExp) => page.getByRole('option', { name }).first()

    beforeAll(async () => {
      browser = await openBrowser()
      hotline = await runHotline({ SEAT_WRAP_UP_SECONDS: 'none' })
      expect(
        await hire(hotline.url, testToken, { name: 's1', display: '张三', role: 'seat', password }),
      ).toBe(204)
      page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(`${hotline.url}/seat`)
      await givesPassword(page, 's1', password)
      await kind().waitFor()
    }, 120_000)
    afterAll(async () => {
      phone?.close()
      await browser.close()
      await hotline.close()
    })

    it('closes the list over a kind that was chosen by mouse, and takes another typed over it', async () => {
      await kind().click()
      await page.keyboard.type('停水', { delay: 30 })
      await option(/^居民供水·/).click()
      await kindIs(/^居民供水·/)
      await isClosed()
      await form()
        .getByText(/^派往 /)
        .waitFor()
      await form().getByLabel('区（必填）').selectOption('朝阳区')

      await kind().click()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('路灯', { delay: 30 })
      await kindIs('路灯')
      await option(/路灯/).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await kindIs(/路灯/)
      await isClosed()
      await page.keyboard.press('Tab')
      await kindIs(/路灯/)
    })

    it('leads on from a kind that was chosen by keys, to the button that sends', async () => {
      await kind().click()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('停水', { delay: 30 })
      await option(/^居民供水·/).waitFor()
      for (let at = 0; at < 3; at++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await isClosed()
      const chosen = await kind().inputValue()
      const stops: string[] = []
      const send = form().getByRole('button', { name: '提交并派单' })
      const isThere = () => send.evaluate(button => button === button.ownerDocument.activeElement)
      for (let at = 0; at < 25 && !(await isThere()); at++) {
        await page.keyboard.press('Tab')
        stops.push(await page.evaluate('document.activeElement.outerHTML.slice(0, 80)'))
      }
      expect(await isThere(), stops.join('\n')).toBe(true)
      expect(stops.length).toBeLessThan(25)
      expect(await kind().inputValue()).toBe(chosen)
    })

    it('shows the button that sends from every field on a low screen, and no field below it', async () => {
      await page.setViewportSize({ width: 1440, height: 700 })
      const send = form().getByRole('button', { name: '提交并派单' })
      const endOfFocused = () =>
        page.evaluate<number>('document.activeElement.getBoundingClientRect().bottom')
      const isAt = (name: string) =>
        page.evaluate<boolean>(`document.activeElement.closest('${name}') !== null`)
      await matter().focus()
      for (let at = 0; at < 25 && !(await isAt('.send')); at++) {
        const box = await form().locator('.send').boundingBox()
        expect(box && box.y + box.height).toBeLessThanOrEqual(700)
        expect(await endOfFocused()).toBeLessThanOrEqual(box?.y ?? 0)
        await page.keyboard.press('Tab')
      }
      expect((await send.isVisible()) && (await isAt('.send'))).toBe(true)
      await page.setViewportSize({ width: 1440, height: 900 })
    })

    it('has neither kind nor unit once the field is emptied', async () => {
      await kind().click()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await kindIs(/^$/)
      await form().getByText('选好事项后显示承办单位和时限').waitFor()
      await page.keyboard.press('Tab')
      await kindIs(/^$/)
      const kept = () => page.evaluate("fetch('/api/drafts').then(answer => answer.text())")
      await expect.poll(kept).toContain('"kind":""')
    })

    it('is for whoever rings, once they are answered', async () => {
      await form().getByText('没有来电：为来访、来信登记').waitFor()
      await page.keyboard.press('F2')
      await isNow('示闲')
      phone = await openPagePhone(`${hotline.url.replace('http', 'ws')}/phone/line`)
      phone.ring('12345')
      expect(await phone.answered).toBe(true)
      phone.press('0')
      await isNow('来电振铃')
      await form().getByText('来电振铃：接听后为此来电填写').waitFor()
      expect(await form().getByText('没有来电').count()).toBe(0)
      await page.keyboard.press('F4')
      await isNow('通话中')
      expect(await form().getByText('来电振铃').count()).toBe(0)
    })

    it('says what was sent of a call, and offers what was heard by then no second time', async () => {
      await says('我住在朝阳区望京街道望京花园3号楼，只有我家停暖三天了，整栋楼别家都热，我的电话13800138001')
      await heard().getByText('望京花园3号楼').first().waitFor()
      await form().getByLabel('求助').check()
      await matter().fill('只有一户停暖三天')
      // By keys: the list moves while what was found comes in.
      await kind().fill('单户停暖')
      await option(/单户停暖/).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await kindIs(/单户停暖/)
      await form().getByLabel('区（必填）').selectOption('朝阳区')
      await form().getByLabel('街道（乡镇）').fill('望京街道')
      await form().getByLabel('具体地点').fill('望京花园3号楼')
      await form().getByLabel('回复号码').fill('13800138001')
      await form().getByLabel('具体地点').focus()
      await page.keyboard.press('Control+Enter')
      await form().getByText('已提交').waitFor()
      await form()
        .getByText(/^派往 .+ 前办结$/)
        .waitFor()
      const isSent = async (said: string) => {
        await form().getByText(said).waitFor()
        await form().getByText('暖气停供·单户停暖').waitFor()
        await ownCalls().getByText('已提交').waitFor()
        expect(await ownCalls().getByText('正在填写').count()).toBe(0)
        await page.getByRole('region', { name: '此人的工单' }).getByText('暖气停供·单户停暖').waitFor()
        expect(await Promise.all([matter().count(), heard().count()])).toEqual([0, 0])
      }
      await isSent('已提交')
      await isFitForAll(page, 'seat-order-sent')
      await page.setViewportSize({ width: 1440, height: 900 })
      const { orders } = await hotline.api<{ orders: readonly { number: string }[] }>('/orders')
      const number = orders[0]?.number ?? ''
      expect((await hotline.jieting('orders', 'show', number)).out).toContain('暖气停供·单户停暖')

      // Whoever has a second matter asks for a form, which hears from here on.
      await page.keyboard.press('F7')
      await expect.poll(() => page.evaluate("document.activeElement.getAttribute('name')")).toBe('matter')
      await heard()
        .getByText(/^上一单提交前听到的 \d+ 条$/)
        .waitFor()
      expect(await heard().getByText('望京花园3号楼').first().isVisible()).toBe(false)
      await says('另外酒仙桥街道的路灯也不亮')
      await heard()
        .getByRole('button', { name: /^街道 酒仙桥街道/ })
        .waitFor()
      await matter().fill('路灯不亮')
      await ownCalls().getByText('正在填写').waitFor()
      await form().getByText('草稿已保存').waitFor()
      await form().getByRole('button', { name: '放弃草稿' }).click()
      await form().getByRole('button', { name: '再点一次' }).click()

      phone?.hangup()
      await phone?.ended
      await isNow('话后处理')
      await page.reload()
      await isSent('此通话的工单 1 张')
      await form().getByRole('button', { name: '再写一单' }).click()
      await matter().waitFor()
      // The matter is another, the person is the same.
      await expect.poll(() => form().getByLabel('回复号码').inputValue()).toBe('+8613800138001')
    })
  },
)
