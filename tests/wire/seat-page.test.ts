/** The seat's page in Chromium, on the whole product: a caller from /phone reaches it, and both hear each other. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { wavHeader } from '../../src/media/wav.ts'
import {
  axeFaults,
  givesPassword,
  hasBrowser,
  isFitForAll,
  openBrowser,
  scrollsSideways,
} from '../support/browser.ts'
import { hire } from '../support/hire.ts'
import { soundOfMark, soundsOf } from '../support/marks.ts'
import { openPagePhone } from '../support/page-phone.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

const password = 'a long enough password'
const token = 'a-token-that-only-the-tests-know'
type Phone = Awaited<ReturnType<typeof openPagePhone>>

describe.skipIf(!hasBrowser && !process.env.CI)('the page /seat (Chromium)', { timeout: 90_000 }, () => {
  let directory: string
  let browser: Browser
  let hotline: RunningHotline
  let page: Page
  let other: Page
  const contexts: BrowserContext[] = []
  const phones: Phone[] = []

  const post = (path: string, body: object) =>
    fetch(`${hotline.url}/api${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })

  /** A page with a microphone that says `high`, and an ear that can be asked what it hears. */
  async function openPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    contexts.push(context)
    const made = await context.newPage()
    await made.addInitScript(`{
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      const bare = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
      navigator.mediaDevices.getUserMedia = async () => (window.microphone = await ask({ audio: bare }))
      window.ears = []
      window.sockets = []
      const Socket = WebSocket
      window.WebSocket = class extends Socket {
        constructor(...all) {
          super(...all)
          window.sockets.push(this)
        }
      }
      const connect = AudioNode.prototype.connect
      AudioNode.prototype.connect = function (to, ...rest) {
        if (to instanceof AudioDestinationNode) {
          const ear = new AnalyserNode(this.context, { fftSize: 4096 })
          window.ears.push(ear)
          connect.call(this, ear)
        }
        return connect.call(this, to, ...rest)
      }
    }`)
    return made
  }
  /** The strongest frequency that a page plays now; 0 for silence. */
  const heardHz = (of: Page) =>
    of.evaluate(`Math.max(...window.ears.map(ear => {
      const levels = new Float32Array(ear.frequencyBinCount)
      ear.getFloatFrequencyData(levels)
      const loudest = levels.indexOf(Math.max(...levels))
      return levels[loudest] < -60 ? 0 : (loudest * ear.context.sampleRate) / ear.fftSize
    }), 0)`) as Promise<number>

  async function signIn(on: Page, name: string) {
    await on.goto(`${hotline.url}/seat`)
    const asked = on.getByLabel('登录名')
    const isIn = on.getByRole('button', { name: '退出' })
    await asked.or(isIn).waitFor()
    if (await isIn.isVisible()) return
    await givesPassword(on, name, password)
    await isIn.waitFor()
  }
  const goesReady = async (on: Page) => {
    await on.getByRole('button', { name: /示闲，开始接线|处理完毕，继续接线/ }).waitFor()
    await on.keyboard.press('F2')
    await isNow(on, '示闲')
  }
  /** The seat at its page, whatever the test before came to: each begins with that. */
  const begins = async (on: Page, name: string) => {
    await signIn(on, name)
    await goesReady(on)
  }
  const status = (on: Page) => on.getByRole('region', { name: '坐席状态' }).getByRole('status')
  const isNow = (on: Page, words: string) => status(on).getByText(words).waitFor({ timeout: 30_000 })

  /** Rings the hotline and asks for a person. */
  async function caller(): Promise<Phone> {
    const phone = await openPagePhone(`${hotline.url.replace('http', 'ws')}/phone/line`)
    phones.push(phone)
    phone.ring('12345')
    expect(await phone.answered).toBe(true)
    phone.press('0')
    return phone
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'seat-'))
    const wav = join(directory, 'microphone.wav')
    const { samples } = soundOfMark('high', 2_000)
    await writeFile(wav, Buffer.concat([wavHeader(1, samples.byteLength), Buffer.from(samples.buffer)]))
    browser = await openBrowser(wav)
    hotline = await runHotline({ SEAT_WRAP_UP_SECONDS: '60' })
    for (const [name, display] of [
      ['s1', '张三'],
      ['s2', '李四'],
    ] as const)
      expect(await hire(hotline.url, token, { name, display, role: 'seat', password })).toBe(204)
    expect(await hire(hotline.url, token, { name: 'wang', role: 'unit', unit: 'housing', password })).toBe(
      204,
    )
    expect(await hire(hotline.url, token, { name: 'boss', role: 'supervisor', password })).toBe(204)
    page = await openPage()
    other = await openPage()
  }, 120_000)
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser.close()
    await hotline.close()
    await rm(directory, { recursive: true })
  })

  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close()
    await other.goto('about:blank')
  })

  it('asks who it is, and has no fault that axe finds', async () => {
    await page.goto(`${hotline.url}/seat`)
    await page.getByLabel('登录名').waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 360), await scrollsSideways(page, 640)]).toEqual([false, false])
    await page.setViewportSize({ width: 1280, height: 900 })
    await givesPassword(page, 's1', 'not the password')
    await page.getByRole('alert').getByText('登录名或密码不对').waitFor()
    await signIn(other, 'wang')
    await other.getByRole('alert').getByText('您没有此页面的访问权限').waitFor()
    await other.getByRole('button', { name: '退出' }).click()
    await other.getByLabel('登录名').waitFor()
  })

  it('takes a call from a page by keyboard alone, and each hears the other', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.getByRole('alert').getByText('热线 · 转人工').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('接听')
    await expect.poll(() => heardHz(page), { timeout: 5_000 }).toBeGreaterThan(400)
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    phone.says('middle', 20_000)
    const heard = expect.poll(() => heardHz(page), { timeout: 20_000 }).toBeGreaterThan(1_770)
    await phone.hears('high')
    await heard
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 360), await scrollsSideways(page, 640)]).toEqual([false, false])
    await page.setViewportSize({ width: 1280, height: 900 })

    await page.keyboard.press('F8')
    await isNow(page, '保持中')
    await expect
      .poll(async () => (await phone.frames(50)).filter(one => soundsOf('high', one)).length)
      .toBe(0)
    await page.keyboard.press('F8')
    await isNow(page, '通话中')
    await phone.hears('high')

    await page.keyboard.press('F4')
    await phone.ended
    await isNow(page, '话后处理')
    await page.getByRole('button', { name: '处理完毕，继续接线' }).click()
    await isNow(page, '示闲')
    const kinds = (await hotline.facts()).map(({ kind }) => kind)
    expect(kinds.filter(kind => kind === 'held')).toHaveLength(2)
  })

  it('asks another seat in by keys, brings all together, and leaves the two to each other', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    await begins(other, 's2')
    await page.keyboard.press('Shift+F2')
    await page.getByRole('button', { name: '已通知班长' }).waitFor()
    await page.keyboard.press('Shift+F9')
    const whom = page.getByRole('button', { name: '李四', exact: true })
    await whom.waitFor()
    await page.getByRole('button', { name: /119/ }).waitFor()
    await isFitForAll(page, 'seat-third-whom')
    await whom.click()
    await isNow(other, '来电振铃')
    await isNow(page, '正在呼叫第三方')
    await other.keyboard.press('F4')
    await isNow(page, '与第三方商量')
    await other.getByText('您是被请来的第三方').waitFor()
    const parties = page.getByRole('region', { name: '通话各方' })
    await parties.getByText('听音乐').waitFor()
    await page.keyboard.press('F8')
    await isNow(page, '与来电人通话')
    await page.keyboard.press('Shift+F9')
    await isNow(page, '三方通话')
    await isFitForAll(page, 'seat-third-joined')
    expect(await axeFaults(other)).toEqual([])
    await phone.hears('high')
    await page.getByRole('button', { name: '我退出，交给对方' }).click()
    await isNow(page, '话后处理')
    await isNow(other, '通话中')
    await phone.hears('high')
    await other.keyboard.press('F4')
    await phone.ended
    await isNow(other, '话后处理')
    const named = (await hotline.facts()).flatMap(fact =>
      fact.kind === 'party' ? [`${fact.name} ${fact.is}`] : [],
    )
    expect(named).toEqual(['s2 rung', 's2 here', 's2 held', 's2 joined'])
  })

  it('reads what is typed on either side, and types back', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.getByRole('button', { name: '接听' }).click()
    await isNow(page, '通话中')
    const captions = page.getByRole('region', { name: '通话字幕' })
    await captions.getByText('语音识别未启用，请您打字').waitFor()
    const pass = phone.told.find(({ kind }) => kind === 'answered')?.captions
    const citizen = await browser.newPage()
    await citizen.goto(`${hotline.url}/c/${pass}`)
    await citizen.getByLabel(/打字给对方/).fill('路灯坏了')
    await captions.locator('.line').getByText('路灯坏了').waitFor()
    await captions.getByLabel(/打字给对方/).fill('在哪条路？')
    await page.keyboard.press('Enter')
    await citizen.locator('.line').getByText('在哪条路？').waitFor()
    const own = await captions.locator('.line.seat .words', { hasText: '在哪条路？' }).boundingBox()
    expect(own?.width).toBeGreaterThan((own?.height ?? 0) * 2)
    await citizen.close()
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
    await captions.locator('.line').getByText('路灯坏了').waitFor()
  })

  it('is read and typed to from /phone, also once that was loaded anew and lost its network', async () => {
    await begins(page, 's1')
    await other.goto(`${hotline.url}/phone`)
    await other.getByRole('button', { name: '拨打 12345' }).click()
    await other.getByRole('status').getByText('通话中', { exact: true }).waitFor()
    await other.getByRole('button', { name: '转人工' }).click()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    const captions = page.getByRole('region', { name: '通话字幕' })
    const typesFrom = async (from: Page | typeof captions, text: string) => {
      await from.getByLabel(/打字给对方/).fill(text)
      await from.getByLabel(/打字给对方/).press('Enter')
    }
    await typesFrom(other, '路灯坏了')
    await captions.locator('.words').getByText('路灯坏了').waitFor()
    expect(await axeFaults(other)).toEqual([])
    await other.reload()
    await other.getByRole('button', { name: '接着通话' }).click()
    await other.locator('.words').getByText('路灯坏了').waitFor()
    await typesFrom(other, '在西门外')
    await captions.locator('.words').getByText('在西门外').waitFor()
    // The other side hears it and needs no button for that.
    await other
      .locator('.line', { hasText: '在西门外' })
      .getByText(/已念出/)
      .waitFor()
    await other.evaluate(`window.sockets.forEach(socket => socket.close())`)
    await other.getByText('网络断开，正在重新连接').waitFor()
    await typesFrom(captions, '马上来修')
    await other.locator('.line.seat .words').getByText('马上来修').waitFor()
    await other.getByRole('button', { name: '挂断' }).click()
    await isNow(page, '话后处理')
  })

  it('hands a caller to another seat, who answers on their page', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    await begins(other, 's2')
    await page.keyboard.press('F9')
    await page.getByRole('button', { name: '公安 110' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: '李四' }).click()
    await isNow(page, '正在转接')
    await isNow(other, '来电振铃')
    await other.keyboard.press('F4')
    await isNow(other, '通话中')
    await isNow(page, '话后处理')
    phone.says('middle', 20_000)
    await expect.poll(() => heardHz(other), { timeout: 20_000 }).toBeGreaterThan(1_770)
    phone.hangup()
    await phone.ended
    await isNow(other, '话后处理')
  })

  it('answers with a key that was pressed before its phone rings', async () => {
    const held: (() => void)[] = []
    let isHeld = true
    await other.routeWebSocket(/\/seat\/phone/, route => {
      const house = route.connectToServer()
      house.onMessage(message => {
        if (isHeld && String(message).includes('rings')) held.push(() => route.send(message))
        else route.send(message)
      })
    })
    await other.reload()
    await begins(other, 's2')
    const phone = await caller()
    await isNow(other, '来电振铃')
    await expect.poll(() => held.length).toBe(1)
    await other.keyboard.press('F4')
    isHeld = false
    held[0]?.()
    await isNow(other, '通话中')
    phone.hangup()
    await phone.ended
    await isNow(other, '话后处理')
  })

  it('goes on with its caller after the page was loaded anew', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    await phone.hears('high')
    await page.reload()
    await page.getByText('正听着音乐等您').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('接着通话')
    await page.keyboard.press('Enter')
    await phone.hears('high')
    await isNow(page, '通话中')
    await page.keyboard.press('F4')
    await phone.ended
    await isNow(page, '话后处理')
  })

  it('goes on with its caller after its network was lost', async () => {
    await begins(page, 's1')
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    await phone.hears('high')
    const askedInVain = page.waitForEvent('requestfailed', request => request.url().endsWith('/session'))
    await page.context().setOffline(true)
    await page.evaluate(`window.sockets.forEach(socket => socket.close())`)
    await askedInVain
    await page.getByRole('alert').getByText('与热线的连接中断').waitFor()
    await page.context().setOffline(false)
    await isNow(page, '通话中')
    await expect.poll(() => page.getByRole('alert').count(), { timeout: 20_000 }).toBe(0)
    await phone.hears('high')
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
  })

  it('says so when a headset is unplugged, and goes on once there is one again', async () => {
    await begins(page, 's1')
    await page.evaluate(`window.microphone.getTracks()[0].dispatchEvent(new Event('ended'))`)
    await page.getByRole('alert').getByText('被拔掉了').waitFor()
    await isNow(page, '停止派线（耳机已断开）')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: '重新使用麦克风' }).click()
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    await isNow(page, '停止派线')
    await page.getByRole('button', { name: '示闲，开始接线' }).click()
    await isNow(page, '示闲')
    await page.evaluate(`{
      const all = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices)
      navigator.mediaDevices.enumerateDevices = async () => (await all()).filter(({ kind }) => kind !== 'audiooutput')
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
    }`)
    await page.getByRole('alert').getByText('被拔掉了').waitFor()
  })

  it('takes breaks with a reason, ends and begins a shift, and is set aside when nobody answers', async () => {
    await begins(page, 's1')
    await page.getByRole('button', { name: '就餐' }).click()
    await isNow(page, '就餐')
    await expect
      .poll(() => page.getByRole('button', { name: '就餐' }).getAttribute('aria-pressed'))
      .toBe('true')
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 320)).toBe(false)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: '签出' }).click()
    await isNow(page, '已签出')
    await page.getByRole('button', { name: '签入' }).click()
    await isNow(page, '示忙')
    await page.getByRole('button', { name: '示闲，开始接线' }).click()
    await isNow(page, '示闲')

    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.getByRole('button', { name: '不接' }).click()
    await isNow(page, '暂停派线')
    await page.getByText('签入以来：不接 1 次').waitFor()
    await isNow(page, '来电振铃')
    await page.getByText('刚才有来电振铃，没有人接，已停止派线').waitFor({ timeout: 30_000 })
    expect(await axeFaults(page)).toEqual([])
    phone.close()
    const { spells } = await hotline.api<{ spells: readonly { state: string; reason?: string }[] }>(
      `/seats/states?from=0&until=${Date.now() + 1000}&seat=s1`,
    )
    expect(spells.slice(-2)).toMatchObject([
      { state: 'offered', member: 's1' },
      { state: 'set-aside', reason: 'no-answer' },
    ])
    expect(spells).toContainEqual(expect.objectContaining({ state: 'away', reason: 'meal' }))
  })

  it('is rung on the page that was opened last, and says so on the other', async () => {
    await begins(page, 's1')
    const newer = await openPage()
    await signIn(newer, 's1')
    await isNow(newer, '示闲')
    await newer.getByRole('button', { name: '示闲，开始接线' }).click()
    await page.getByRole('alert').getByText('另一个网页').waitFor()
    await goesReady(page)
    await newer.getByRole('alert').getByText('另一个网页').waitFor()
    await newer.close()
  })

  it('watches over the floor: the queue, the seats, where callers are, and what today came to', async () => {
    await begins(page, 's1')
    const floor = await openPage()
    await floor.goto(`${hotline.url}/floor`)
    await givesPassword(floor, 'boss', password)
    const region = (name: string) => floor.getByRole('region', { name })
    const opens = (tab: RegExp) => floor.getByRole('tab', { name: tab }).click()
    await opens(/^坐席/)
    await region('坐席').getByRole('rowheader', { name: '张三' }).waitFor()
    const phone = await caller()
    await isNow(page, '来电振铃')
    await page.keyboard.press('F4')
    await isNow(page, '通话中')
    await region('坐席').getByText('通话中').waitFor()
    await opens(/^来电分布/)
    await region('来电分布').locator('.place[data-empty="false"]').getByText('与人工通话').waitFor()
    await opens(/^当日/)
    await region('今天各小时').locator('svg').waitFor()
    await expect.poll(() => region('今天').locator('dd').first().textContent()).toMatch(/^[1-9]/)
    // What the tests before it came to: how many of their calls were answered in time is this machine's affair.
    expect(await region('今天').locator('dd').nth(1).textContent()).toMatch(/^([1-9]\d?|100)\.\d %$/)
    expect(await axeFaults(floor)).toEqual([])
    expect([await scrollsSideways(floor, 360), await scrollsSideways(floor, 640)]).toEqual([false, false])
    phone.hangup()
    await phone.ended
    await isNow(page, '话后处理')
    await opens(/^来电分布/)
    await region('来电分布').locator('.place[data-empty="true"]').getByText('与人工通话').waitFor()
    await floor.close()
  })

  it('takes no more calls once the seat is signed out elsewhere', async () => {
    await begins(page, 's1')
    await post('/staff/s1/password', { password })
    await page.getByLabel('登录名').waitFor()
    await expect
      .poll(async () => {
        const { seats } = await hotline.api<{ seats: readonly { name: string; state: string }[] }>('/seats')
        return seats.find(({ name }) => name === 's1')?.state
      })
      .toBe('offline')
  })
})
