/** An order written down beside the call, in Chromium on the whole product: typed, lost with the page, found again, sent. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { openModelServer } from '../support/model-server.ts'
import { openPagePhone } from '../support/page-phone.ts'
import { publishEntry } from '../support/published-entry.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

const password = 'a long enough password'
const token = 'a-token-that-only-the-tests-know'
type Phone = Awaited<ReturnType<typeof openPagePhone>>
type Shown = { readonly orders: readonly Readonly<Record<string, string>>[] }

describe.skipIf(!hasBrowser && !process.env.CI)('an order at /seat (Chromium)', { timeout: 120_000 }, () => {
  let browser: Browser
  let hotline: RunningHotline
  let model: Awaited<ReturnType<typeof openModelServer>>
  let page: Page
  const phones: Phone[] = []

  const status = (on: Page) => on.getByRole('region', { name: '坐席状态' }).getByRole('status')
  const isNow = (on: Page, words: string) => status(on).getByText(words).waitFor({ timeout: 30_000 })
  const form = (on: Page) => on.getByRole('region', { name: '工单', exact: true })
  const field = (on: Page, label: string) => form(on).getByLabel(label)
  const saved = (on: Page) => form(on).getByText('草稿已保存').waitFor()
  async function opens(name: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const made = await context.newPage()
    made.setDefaultTimeout(15_000)
    await made.goto(`${hotline.url}/seat`)
    await givesPassword(made, name, password)
    await made.getByRole('button', { name: '退出' }).waitFor()
    return made
  }
  const goesReady = async (on: Page) => {
    await on.getByRole('button', { name: /示闲，开始接线|处理完毕，继续接线/ }).waitFor()
    await on.keyboard.press('F2')
    await isNow(on, '示闲')
  }
  /** Rings from a page, which has no number, and asks for a person, who answers by a key. */
  async function talks(on: Page): Promise<Phone> {
    const phone = await openPagePhone(`${hotline.url.replace('http', 'ws')}/phone/line`)
    phones.push(phone)
    phone.ring('12345')
    expect(await phone.answered).toBe(true)
    phone.press('0')
    await isNow(on, '来电振铃')
    await on.keyboard.press('F4')
    await isNow(on, '通话中')
    return phone
  }
  /** What the caller says, as far as the house has it: they type. */
  async function says(phone: Phone, words: string): Promise<void> {
    const pass = phone.told.find(({ kind }) => kind === 'answered')?.captions
    const citizen = await browser.newPage()
    await citizen.goto(`${hotline.url}/c/${pass}`)
    await citizen.getByLabel(/打字给对方/).fill(words)
    await citizen.keyboard.press('Enter')
    await page.locator('.line').getByText(words).first().waitFor()
    await citizen.close()
  }

  beforeAll(async () => {
    browser = await openBrowser()
    model = await openModelServer(() => '{}')
    hotline = await runHotline({
      SEAT_WRAP_UP_SECONDS: 'none',
      ASSISTANT_URL: model.url,
      ASSISTANT_MODEL: 'stand-in',
    })
    for (const [name, display] of [
      ['s1', '张三'],
      ['s2', '李四'],
    ] as const)
      expect(await hire(hotline.url, token, { name, display, role: 'seat', password })).toBe(204)
    await publishEntry(hotline.url, token, {
      question: '家里暖气不热怎么办',
      text: '请先排气，检查阀门是否打开。仍不热的，请联系供热单位上门测温。',
    })
    page = await opens('s1')
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await hotline.close()
    await model.close()
  })
  afterEach(() => {
    for (const phone of phones.splice(0)) phone.close()
  })

  it('is suggested while the caller speaks, outlives hang-up and reload, and is sent by keys', async () => {
    await goesReady(page)
    const phone = await talks(page)
    const said = '我家住在望京花园，暖气从前天晚上开始就不热了，屋里只有十三四度，老人和孩子冻得受不了'
    await says(phone, said)
    const suggestions = page.getByRole('region', { name: '可能的事项' })
    await suggestions
      .getByRole('button', { name: /^室温：/ })
      .first()
      .waitFor()
    await suggestions
      .getByText(/依据：/)
      .first()
      .waitFor()
    const answers = page.getByRole('region', { name: '知识', exact: true })
    await answers.getByText('家里暖气不热怎么办').waitFor()
    await answers.getByText('示例').waitFor()
    await isFitForAll(page, 'seat-order-call')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('F6')
    await answers.getByText('市民暂时听不到您').waitFor()
    await page.locator('.line').getByText('请先排气').first().waitFor()
    await page.keyboard.press('F6')
    await answers.getByText('市民暂时听不到您').waitFor({ state: 'detached' })
    await answers
      .getByRole('button', { name: /^发短信/ })
      .first()
      .click()
    await answers.getByText('没有可发短信的号码').waitFor()

    // What was heard is taken by a key each; nothing was written before.
    const heard = page.getByRole('region', { name: '听到的内容' })
    await heard.getByRole('button', { name: /地点 望京花园/ }).waitFor()
    expect(await field(page, '区（必填）').inputValue()).toBe('')
    for (const [label, value] of [
      ['区（必填）', '朝阳区'],
      ['街道（乡镇）', '东湖街道'],
      ['具体地点', '望京花园'],
    ] as const) {
      await page.keyboard.press('F1')
      await expect.poll(() => field(page, label).inputValue(), { timeout: 30_000 }).toBe(value)
    }
    await heard.getByRole('button', { name: '到字幕：前天晚上' }).click()
    expect(await page.evaluate('document.activeElement.textContent')).toContain('前天晚上')

    // What cannot wait stands over all, and a key hands the caller over; here is no line out.
    await says(phone, '哎呀我爸刚才摔倒了起不来')
    const emergency = page.getByRole('alert', { name: '险情' })
    await emergency.getByText('有人昏迷或重病').waitFor()
    await page.keyboard.press('F10')
    await page.getByRole('alert', { name: '险情' }).getByText('没有外线，不能转到外线').waitFor()
    await isNow(page, '通话中')
    await isFitForAll(page, 'seat-order-emergency')
    await page.setViewportSize({ width: 1440, height: 900 })
    await emergency.getByRole('button', { name: '不是险情' }).click()
    await emergency.waitFor({ state: 'detached' })

    await page.keyboard.press('F7')
    await page.keyboard.type('暖气不热，室温十三四度')
    await saved(page)
    await page.keyboard.press('Alt+1')
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page, '事项（必填）').inputValue(), { timeout: 30_000 }).toMatch(/^室温·/)
    await saved(page)

    // The line above may be of the letters before: what counts is what the house has.
    const kept = () => page.evaluate("fetch('/api/drafts').then(answer => answer.text())")
    await expect.poll(kept, { timeout: 30_000 }).toContain('"kind"')
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
    expect(await field(page, '诉求内容').inputValue()).toBe('暖气不热，室温十三四度')
    // Another page of the same agent writes in the same field at once: both see both, and one is chosen.
    const other = await page.context().newPage()
    other.setDefaultTimeout(15_000)
    await other.goto(`${hotline.url}/seat`)
    await expect
      .poll(() => field(other, '诉求内容').inputValue(), { timeout: 30_000 })
      .toBe('暖气不热，室温十三四度')
    const twice = (on: Page) => form(on).getByText('两处同时改了这一栏')
    await field(page, '姓名').fill('王')
    await expect.poll(kept, { timeout: 30_000 }).toContain('"王"')
    await field(other, '姓名').fill('李')
    await twice(other).waitFor()
    await twice(page).waitFor()
    await form(page).getByRole('button', { name: '用我写的' }).click()
    await twice(page).waitFor({ state: 'detached' })
    await expect.poll(kept, { timeout: 30_000 }).not.toContain('"李"')
    await other.close()

    await page.reload()
    await expect
      .poll(() => field(page, '诉求内容').inputValue(), { timeout: 30_000 })
      .toBe('暖气不热，室温十三四度')
    await expect.poll(() => field(page, '事项（必填）').inputValue(), { timeout: 30_000 }).toMatch(/^室温·/)
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/seat-order-reloaded.png`, fullPage: true })

    // Somebody who rang from a page has no number: one is asked for before anything is sent.
    await form(page).getByLabel('求助').check()
    await field(page, '区（必填）').selectOption('朝阳区')
    await field(page, '街道（乡镇）').fill('wj')
    await page.getByRole('option', { name: /^望京街道/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await field(page, '街道（乡镇）').inputValue()).toBe('望京街道')
    await field(page, '具体地点').fill('望京花园3号楼')
    await field(page, '姓名').fill('王女士')
    await page.keyboard.press('Control+Enter')
    expect((await hotline.api<Shown>('/orders')).orders).toEqual([])
    await field(page, '回复号码（必填）').waitFor()
    await field(page, '回复号码').fill('138 0013 8000')
    await form(page)
      .getByText(/派往 .+ 前办结/)
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await form(page).getByText('已提交').waitFor()
    const { orders } = await hotline.api<Shown>('/orders')
    expect(orders).toMatchObject([
      { type: 'help', district: '朝阳区', street: '望京街道', matter: '暖气不热，室温十三四度' },
    ])
    expect(orders[0]?.kindName).toMatch(/^室温·/)
    await page.getByRole('region', { name: '今天的通话' }).getByRole('link').waitFor()
    await isFitForAll(page, 'seat-order-made')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page
      .getByRole('button', { name: '处理完毕，继续接线' })
      .click()
      .catch(() => undefined)
    await isNow(page, '示闲')
  })

  it('is written after the call by a hand full of keys', async () => {
    await isNow(page, '示闲')
    const phone = await talks(page)
    await says(phone, '我住在朝阳区望京街道望京花园3号楼，停水三天了，我的电话13800138001，整栋楼都没水')
    await page
      .getByRole('region', { name: '可能的事项' })
      .getByRole('button', { name: /^居民供水：/ })
      .first()
      .waitFor()
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
    const startedMs = performance.now()
    let keys = 0
    const press = async (key: string, times = 1) => {
      for (let time = 0; time < times; time++) await page.keyboard.press(key)
      keys += times
    }
    const groups = page.locator('[data-group]')
    const names = await groups.evaluateAll(all => all.map(one => one.getAttribute('data-group')))
    await press(`Alt+${names.indexOf('居民供水') + 1}`)
    await press('Enter')
    await expect
      .poll(() => field(page, '事项（必填）').inputValue(), { timeout: 30_000 })
      .toMatch(/^居民供水·/)
    const said = '停水三天，整栋楼没水'
    await press('F7')
    await page.keyboard.type(said)
    keys += said.length
    await press('Shift+Tab')
    await press('ArrowRight', 2)
    const taken = async () =>
      Promise.all(
        ['区（必填）', '街道（乡镇）', '具体地点', '回复号码'].map(label => field(page, label).inputValue()),
      )
    for (const filled of [1, 2, 3, 4]) {
      // Since when may come before the telephone: what is free is taken in the order in which it was said.
      for (let more = 0; more < 2 && (await taken()).filter(Boolean).length < filled; more++)
        await press('F1')
      await expect
        .poll(async () => (await taken()).filter(Boolean).length, { timeout: 30_000 })
        .toBeGreaterThanOrEqual(filled)
    }
    expect(await taken()).toEqual(['朝阳区', '望京街道', '望京花园3号楼', '13800138001'])
    await press('Control+Enter')
    await form(page).getByText('已提交').waitFor()
    console.log(`hang-up to saved order: ${Math.round(performance.now() - startedMs)} ms, ${keys} keys`)
    expect(keys).toBeLessThan(30)
    const { orders } = await hotline.api<Shown>('/orders')
    expect(orders.find(({ matter }) => matter?.startsWith('停水三天'))).toMatchObject({ street: '望京街道' })
    await page
      .getByRole('button', { name: '处理完毕，继续接线' })
      .click()
      .catch(() => undefined)
    await isNow(page, '示闲')
  })

  it('has what a language model drafted beside what was heard: marked, checked, taken by a key', async () => {
    model.now(() =>
      JSON.stringify({
        summary: [{ text: '停水三天，整栋楼没水', quotes: ['停水三天了', '整栋楼都没水'] }],
        fields: [{ field: 'place', value: '海淀', quote: '我住海淀' }],
      }),
    )
    await isNow(page, '示闲')
    const phone = await talks(page)
    await says(phone, '我叫王小明，停水三天了，我的电话13800138002，整栋楼都没水')
    const before = model.asked.length
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
    const heard = page.getByRole('region', { name: '听到的内容' })
    await heard.getByText('模型草拟了 1 条，请核对后采用；1 条与来电人原话对不上，已去掉').waitFor()
    await heard.getByText('模型草拟', { exact: true }).waitFor()
    expect(model.asked.length).toBe(before + 1)
    expect(model.asked.at(-1)?.prompt).toContain('我叫[姓名1]，停水三天了，我的电话[电话1]')
    expect(await field(page, '诉求内容').inputValue()).toBe('')
    await page.keyboard.press('F1')
    await expect.poll(() => field(page, '诉求内容').inputValue()).toBe('停水三天，整栋楼没水')

    model.now(() =>
      JSON.stringify({
        sentences: [
          { text: '请先排气，检查阀门是否打开', entry: 1, quote: '请先排气，检查阀门是否打开。' },
          { text: '免费上门', entry: 1, quote: '上门测温' },
        ],
      }),
    )
    const answers = page.getByRole('region', { name: '知识', exact: true })
    await page.keyboard.press('F3')
    await page.keyboard.type('家里暖气不热')
    await answers.getByText('家里暖气不热怎么办').first().waitFor()
    await answers.getByRole('button', { name: '让模型起草答复' }).click()
    await answers.getByText('模型草拟，请核对后再用').waitFor()
    await answers.getByText('1 句在条目里查不到，已去掉').waitFor()
    await isFitForAll(page, 'seat-order-drafted')
    await page.setViewportSize({ width: 1440, height: 900 })
    await answers.getByRole('button', { name: '填入工单，当场答复' }).click()
    await expect.poll(() => field(page, '答复内容').inputValue()).toBe('请先排气，检查阀门是否打开。')
    await form(page).getByRole('button', { name: '放弃草稿' }).click()
    await form(page).getByRole('button', { name: '再点一次' }).click()
    model.now(() => '{}')
    await page
      .getByRole('button', { name: '处理完毕，继续接线' })
      .click()
      .catch(() => undefined)
    await isNow(page, '示闲')
  })

  it('rings in every tab, and is answered from another by F4', async () => {
    await isNow(page, '示闲')
    const other = await page.context().newPage()
    other.setDefaultTimeout(15_000)
    await other.goto(`${hotline.url}/orders`)
    await other.getByRole('button', { name: '退出' }).waitFor()
    const phone = await openPagePhone(`${hotline.url.replace('http', 'ws')}/phone/line`)
    phones.push(phone)
    phone.ring('12345')
    expect(await phone.answered).toBe(true)
    phone.press('0')
    await other.getByRole('alert').getByText('来电振铃：号码未显示').waitFor({ timeout: 30_000 })
    expect([await other.title(), await page.title()]).toEqual([
      '☎ 来电 号码未显示 · 工单',
      '☎ 来电 号码未显示 · 坐席',
    ])
    await isFitForAll(other, 'rings-elsewhere')
    await other.keyboard.press('F4')
    await isNow(page, '通话中')
    await other.getByText('来电振铃：').waitFor({ state: 'detached' })
    expect([await other.title(), await page.title()]).toEqual(['工单', '坐席'])
    // The next caller's form is empty: what was written before was somebody else's.
    expect(await field(page, '诉求内容').inputValue()).toBe('')
    phone.hangup()
    await phone.ended
    await other.close()
  })
})
