import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { soundOf } from '../../src/media/index.ts'
import { createScriptedRecognizer } from '../../src/speech/index.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openCaptionDesk } from '../support/caption-desk.ts'

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the caption page in Chromium', () => {
  let desk: Awaited<ReturnType<typeof openCaptionDesk>>
  let browser: Browser
  beforeAll(async () => {
    desk = await openCaptionDesk(createScriptedRecognizer())
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await desk.close()
  })

  const texts = (page: Page) => page.locator('.line .words').allTextContents()
  /** Someone rings, a seat answers, and the caller's page is open. */
  async function talk(options: { readonly colorScheme?: 'light' | 'dark' } = {}) {
    const rung = await desk.ring()
    const message = soundOf(new Int16Array(800), '您好，12345热线。')
    rung.captions.plays([message], Promise.resolve('finished'))
    await desk.seat(rung.call, 's1')
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, ...options })
    await page.goto(`${desk.url}/c/${rung.pass.link}`)
    await page.getByText('正在和 1 号话务员通话').waitFor()
    return { ...rung, page }
  }

  it('shows the call from its first word, and what is said as it is said', async () => {
    const { page, phone } = await talk()
    expect(await texts(page)).toContain('您好，12345热线。')
    phone.say('我家没有暖气')
    await page.locator('.line.citizen', { hasText: '我家没有暖气' }).waitFor()
    phone.hangup()
    await page.getByText('通话已结束，文字留在这里').waitFor()
    await page.reload()
    await page.getByText('这次通话已经结束。').waitFor()
    expect(await page.locator('.line').count()).toBe(0)
    await page.close()
  })

  it('is used by the keyboard alone: typing, a person, captions that are wrong', async () => {
    const { page, captions, phone } = await talk()
    const seen = () => captions.transcript.lines().map(({ text }) => text)
    await page.getByRole('textbox').focus()
    await page.keyboard.type('help')
    await expect.poll(seen).toContain('help')
    await page.keyboard.press('Backspace')
    await expect.poll(seen).toContain('hel')
    await page.keyboard.press('Enter')
    await page.keyboard.type('b')
    await expect.poll(seen).toEqual(expect.arrayContaining(['hel', 'b']))
    const wrong = page.getByRole('button', { name: '字幕不对' })
    for (let tabs = 0; tabs < 6 && !(await wrong.evaluate(it => it.matches(':focus'))); tabs++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '已请话务员打字' }).waitFor()
    expect(captions.transcript.lines().at(-1)?.event).toBe('captions-wrong')
    phone.hangup()
    await page.close()
  })

  it('reads each line aloud once, when it is settled, and no correction of it', async () => {
    const { page, captions, phone } = await talk()
    const spoken = page.locator('[role=log] p')
    const line = { who: 'seat', kind: 'speech', settled: false, startMs: 0, endMs: 0 } as const
    const id = captions.transcript.add({ ...line, text: '您住' })
    captions.transcript.change(id, { text: '您住在哪' })
    await page.locator('.words', { hasText: '您住在哪' }).waitFor()
    expect((await spoken.allTextContents()).join()).not.toContain('您住')
    captions.transcript.change(id, { text: '您住在哪里', settled: true })
    await spoken.filter({ hasText: '您住在哪里' }).waitFor()
    captions.typing.fix(id, '哪里', '那里')
    await page.locator('mark', { hasText: '那里' }).waitFor()
    expect((await spoken.allTextContents()).filter(text => text.includes('您住'))).toEqual([
      '话务员：您住在哪里',
    ])
    phone.hangup()
    await page.close()
  })

  it('is a seat’s page by a seat’s pass: the code, both sides, a word put right by keyboard, typing', async () => {
    const { page: citizen, captions, phone, call, pass } = await talk()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${desk.url}/c/${desk.captions.passes.forSeat(call.id)}`)
    await page.getByText(`${pass.code.slice(0, 4)} ${pass.code.slice(4)}`).waitFor()
    phone.say('明天部门来修')
    const line = page.locator('.line.citizen', { hasText: '明天部门来修' })
    await line.getByRole('button', { name: '更正' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: '这一行应当是' }).fill('明天不能来修')
    await page.keyboard.press('Enter')
    await citizen.locator('.line.citizen mark', { hasText: '不能' }).waitFor()
    expect(captions.transcript.lines().find(({ text }) => text === '明天不能来修')?.fixes).toEqual([
      { from: 2, to: 4, was: '部门' },
    ])
    await page.getByRole('textbox', { name: '打字给对方' }).fill('请慢慢说')
    await citizen.locator('.line.seat', { hasText: '请慢慢说' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 360)).toBe(false)
    phone.hangup()
    await page.close()
    await citizen.close()
  })

  it('loses its network and comes back with each line once, what was typed meanwhile included', async () => {
    const { page, captions, phone } = await talk()
    await page.context().setOffline(true)
    await desk.dropReaders()
    await page.getByText('网络断开').waitFor()
    phone.say('断线时说的话')
    await page.getByRole('textbox').fill('断线时打的字')
    await page.keyboard.press('Enter')
    await page.context().setOffline(false)
    await page.locator('.words', { hasText: '断线时说的话' }).waitFor()
    await page.locator('.words', { hasText: '断线时打的字' }).waitFor()
    const all = await texts(page)
    expect(new Set(all).size).toBe(all.length)
    expect(captions.transcript.lines().filter(({ text }) => text === '断线时打的字')).toHaveLength(1)
    phone.hangup()
    await page.close()
  })

  it('comes back into a call that it entered by a code, whoever mistypes codes at its address', async () => {
    const { phone, captions, pass } = await desk.ring()
    const page = await browser.newPage()
    await page.goto(`${desk.url}/c`)
    await page.getByRole('textbox').fill(pass.code)
    await page.keyboard.press('Enter')
    await page.getByText('通话中').waitFor()
    for (let tries = 0; tries < 5; tries++) desk.captions.passes.enter('00000000', '127.0.0.1')
    expect(desk.captions.passes.enter(pass.code, '127.0.0.1')).toBe('too-many')
    await desk.dropReaders()
    await page.getByText('网络断开').waitFor()
    captions.tell('hold')
    await page.locator('.words', { hasText: '保持' }).waitFor()
    await page.reload()
    await page.locator('.words', { hasText: '保持' }).waitFor()
    phone.hangup()
    await page.close()
  })

  it('says in plain words that a code is wrong, and asks for another', async () => {
    const page = await browser.newPage()
    await page.goto(`${desk.url}/c/not-a-link-of-any-call`)
    await page.getByText('没有找到这个字幕码').waitFor()
    await page.getByRole('textbox').waitFor()
    await page.close()
  })

  it.each(['light', 'dark'] as const)(
    'turns light and dark by its button, on a system that is %s',
    async scheme => {
      const { page, phone } = await talk({ colorScheme: scheme })
      const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const [light, dark] = ['rgb(255, 255, 255)', 'rgb(20, 23, 28)']
      const asSystem = scheme === 'light' ? light : dark
      expect(await ground()).toBe(asSystem)
      await page.getByText('显示', { exact: true }).click()
      const button = page.getByRole('button', { name: '颜色' })
      for (const [name, colour] of [
        ['浅色', light],
        ['深色', dark],
        ['随系统', asSystem],
      ] as const) {
        await button.press('Enter')
        await button.getByText(name).waitFor()
        expect([name, await ground()]).toEqual([name, colour])
      }
      phone.hangup()
      await page.close()
    },
  )

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, on a phone and at 200 % zoom, %s',
    async scheme => {
      const { page, phone } = await talk({ colorScheme: scheme })
      phone.say('我家暖气三天没热了，老人受不了，请你们帮帮忙。')
      await page.locator('.line.citizen').waitFor()
      await page.getByText('显示', { exact: true }).click()
      for (let steps = 0; steps < 12; steps++) {
        const larger = page.getByRole('button', { name: '大一点' })
        if (await larger.isDisabled()) break
        await larger.click()
      }
      const size = () => page.evaluate('getComputedStyle(document.querySelector(".lines")).fontSize')
      expect(await size()).toBe('60px')
      for (const width of [360, 640, 1280])
        expect([width, await scrollsSideways(page, width)]).toEqual([width, false])
      const em = await page
        .locator('.words')
        .first()
        .evaluate(it => it.clientWidth / 60)
      expect(em).toBeLessThanOrEqual(20.1)
      expect(await axeFaults(page)).toEqual([])
      phone.hangup()
      await page.close()
    },
  )
})
