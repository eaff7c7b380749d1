/** The page that is a telephone, in Chromium: what its microphone hears is heard at a SIP seat, and the other way round. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { wavHeader } from '../../src/media/wav.ts'
import type { Call } from '../../src/telephony/index.ts'
import { axeFaults, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { soundOfMark } from '../support/marks.ts'
import { openPageHouse } from '../support/page-phone.ts'
import { openSipHouse, startTestMedia } from '../support/sip-house.ts'
import { type PhoneCall, plugInPhone } from '../support/sip-phone.ts'
import { chirp, find } from '../support/sounds.ts'

const question = chirp(400, 2200, 1_000, 12_000)

describe.skipIf(!hasBrowser && !process.env.CI)('the page /phone (Chromium)', () => {
  let directory: string
  let browser: Browser
  let house: Awaited<ReturnType<typeof openPageHouse>>
  let page: Page
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'phone-'))
    const wav = join(directory, 'microphone.wav')
    const samples = Int16Array.from([...question, ...new Int16Array(4_000)])
    await writeFile(wav, Buffer.concat([wavHeader(1, samples.byteLength), Buffer.from(samples.buffer)]))
    browser = await openBrowser(wav)
    house = await openPageHouse()
    page = await browser.newPage()
    // The chirp is no voice: a browser that cleans voices would clean it away.
    await page.addInitScript(`{
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      const bare = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
      window.asked = 0
      window.lines = []
      const Bare = WebSocket
      window.WebSocket = class extends Bare {
        constructor(...all) {
          super(...all)
          if (this.url.endsWith('/phone/line')) window.lines.push(this)
        }
      }
      navigator.mediaDevices.getUserMedia = () => { window.asked++; return ask({ audio: bare }) }
      const connect = AudioNode.prototype.connect
      AudioNode.prototype.connect = function (to, ...rest) {
        if (to instanceof AudioDestinationNode) {
          window.ear = new AnalyserNode(this.context, { fftSize: 4096 })
          connect.call(this, window.ear)
        }
        return connect.call(this, to, ...rest)
      }
    }`)
    await page.goto(`${house.url}/phone`)
  })
  afterAll(async () => {
    await browser.close()
    await house.close()
    await rm(directory, { recursive: true })
  })

  const ring = async () => {
    await page.getByRole('button', { name: '拨打 12345' }).click()
    return (await house.calls.take()) as Call
  }
  /** The strongest frequency that the page plays now. */
  const heardHz = () =>
    page.evaluate(`(() => {
      const levels = new Float32Array(window.ear.frequencyBinCount)
      window.ear.getFloatFrequencyData(levels)
      const loudest = levels.indexOf(Math.max(...levels))
      return levels[loudest] < -60 ? 0 : (loudest * window.ear.context.sampleRate) / window.ear.fftSize
    })()`) as Promise<number>

  it('has no fault that axe finds, and needs no scrolling sideways', async () => {
    expect(await axeFaults(page)).toEqual([])
    expect(await scrollsSideways(page, 360)).toBe(false)
    expect(await scrollsSideways(page, 640)).toBe(false)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await page.evaluate('window.asked')).toBe(0)
  })

  it('carries what is said to a SIP seat, and the seat’s voice back', async () => {
    const sip = await openSipHouse({ media: house.media })
    const farMedia = await startTestMedia([23_000, 23_999])
    const seatPhone = await plugInPhone(sip.sip, farMedia)
    const call = await ring()
    await call.answer()
    const dialling = sip.line.dial(
      { kind: 'seat', name: 's1', contact: seatPhone.contact },
      { near: call, ringMs: 10_000 },
    )
    const seat = (await seatPhone.rung.take()) as PhoneCall
    seat.accept()
    const seatCall = await dialling
    await call.bridge(seatCall)

    const heard: number[] = []
    const off = seat.port.tap(({ direction, payload }) => {
      if (direction === 'heard') heard.push(...decode(codecOf('PCMA'), payload))
    })
    const middle = question.subarray(2_000, 6_000)
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(8_000 * 4)
    off()
    expect(find(middle, Int16Array.from(heard)).likeness).toBeGreaterThan(0.85)

    void seat.port.play([soundOfMark('middle', 5_000)])
    await expect.poll(heardHz, { timeout: 5_000 }).toBeGreaterThan(1_770)
    expect(await heardHz()).toBeLessThan(1_830)

    await page.getByRole('button', { name: '挂断' }).click()
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    await seatCall.hangup()
    await seatPhone.close()
    await sip.line.close()
    await sip.server.close()
    await farMedia.close()
  })

  it('presses keys by button and by keyboard, and a person is one key away', async () => {
    const call = await ring()
    await call.answer()
    await page.getByRole('button', { name: '转人工' }).click()
    expect((await call.keys.take())?.key).toBe('0')
    await page.keyboard.press('7')
    expect((await call.keys.take())?.key).toBe('7')
    expect(await axeFaults(page)).toEqual([])
    await call.hangup()
    await page.getByRole('status').getByText('通话已结束').waitFor()
  })

  it('names the keys with words, and tells the house which language it is written in', async () => {
    await expect.poll(() => page.getByText('长者服务').isVisible()).toBe(true)
    const call = await ring()
    expect(call.language).toBe('zh-CN')
    await call.hangup()
    await page.getByRole('status').getByText('通话已结束').waitFor()
    const english = await browser.newPage()
    await english.goto(`${house.url}/phone?lang=en`)
    await english.getByText('Service for elders').waitFor()
    expect(await axeFaults(english)).toEqual([])
    expect(await scrollsSideways(english, 320)).toBe(false)
    await english.getByRole('button', { name: 'Call 12345' }).click()
    const theirs = (await house.calls.take()) as Call
    expect(theirs.language).toBe('en')
    await theirs.hangup()
    await english.close()
  })

  it('hears a prompt to its end before the house takes it for played', async () => {
    const call = await ring()
    await call.answer()
    const startMs = performance.now()
    expect(await call.play([soundOfMark('low', 600)])).toBe('finished')
    expect(performance.now() - startMs).toBeGreaterThan(600)
    await call.hangup()
    await page.getByRole('status').getByText('通话已结束').waitFor()
  })

  it('goes on with its call when the page was loaded anew, and when its network was lost', async () => {
    const call = await ring()
    await call.answer()
    await page.getByText('通话中').waitFor()
    await page.reload()
    await page.getByText('刚才的通话还在').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: '接着通话' }).click()
    await page.getByText('通话中').waitFor()
    await page.reload()
    await page.getByText('刚才的通话还在').waitFor()
    await page.getByRole('button', { name: '转人工' }).click()
    expect(await call.keys.take()).toMatchObject({ key: '0' })
    await page.getByText('通话中').waitFor()
    await page.evaluate('window.lines.at(-1).close()')
    await expect.poll(() => page.evaluate('window.lines.length'), { timeout: 10_000 }).toBe(2)
    await page.getByText('通话中').waitFor()
    const playing = call.play([soundOfMark('high', 2_000)])
    await expect.poll(heardHz, { timeout: 5_000 }).toBeGreaterThan(400)
    await playing
    expect(call.signal.aborted).toBe(false)
    await page.getByRole('button', { name: '挂断' }).click()
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
    await page.getByRole('button', { name: '拨打 12345' }).waitFor()
  })

  /** Two taps of a finger that trembles, on the same place. */
  const tapsTwice = async (name: string, apartMs: number) => {
    const box = await page.getByRole('button', { name, disabled: false }).boundingBox()
    if (!box) throw new Error(`no button ${name}`)
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    // Timed in the page, where the button waits, too: a busy machine delays both alike.
    await page.evaluate(`new Promise(done => {
      const tap = () => document.elementFromPoint(${x}, ${y}).click()
      tap()
      setTimeout(() => done(tap()), ${apartMs})
    })`)
  }

  it.each([150, 400, 900])(
    'takes two taps %i ms apart for one: no ring hangs up, and no hang-up rings',
    async apartMs => {
      await tapsTwice('拨打 12345', apartMs)
      const call = (await house.calls.take()) as Call
      await call.answer()
      await page.getByText('通话中').waitFor()
      expect(call.signal.aborted).toBe(false)
      await tapsTwice('挂断', apartMs)
      expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
      await page.getByRole('button', { name: '拨打 12345', disabled: false }).waitFor()
      expect(await page.getByRole('status').first().textContent()).toBe('通话已结束')
      expect(house.calls.size).toBe(0)
    },
  )

  it('does not ring once the microphone is allowed for who has hung up meanwhile', async () => {
    const bare = await browser.newPage()
    await bare.addInitScript(`navigator.mediaDevices.getUserMedia = () => new Promise((_, refuse) => {
      window.refuse = () => refuse(new DOMException('no', 'NotAllowedError'))
    })`)
    await bare.goto(`${house.url}/phone`)
    await bare.getByRole('button', { name: '拨打 12345' }).click()
    await bare.getByText('请允许使用麦克风').waitFor()
    await bare.getByRole('button', { name: '挂断' }).click()
    await bare.getByText('通话已结束').waitFor()
    await bare.evaluate('window.refuse()')
    await bare.getByRole('button', { name: '拨打 12345' }).click()
    await bare.getByText('请允许使用麦克风').waitFor()
    await bare.evaluate('window.refuse()')
    const call = (await house.calls.take()) as Call
    await call.answer()
    await bare.getByText('通话中').waitFor()
    expect(house.calls.size).toBe(0)
    await call.hangup()
    await bare.getByText('通话已结束').waitFor()
    await bare.close()
  })

  it('carries a call for who has no sound at all: keys, and prompts to their end', async () => {
    const bare = await browser.newPage()
    await bare.addInitScript('delete window.AudioContext')
    await bare.goto(`${house.url}/phone`)
    await bare.getByRole('button', { name: '拨打 12345' }).click()
    const call = (await house.calls.take()) as Call
    await call.answer()
    await bare.getByRole('alert').getByText('这个浏览器放不出声音').waitFor()
    const startMs = performance.now()
    expect(await call.play([soundOfMark('low', 600)])).toBe('finished')
    expect(performance.now() - startMs).toBeGreaterThan(600)
    await bare.keyboard.press('0')
    expect((await call.keys.take())?.key).toBe('0')
    expect(await axeFaults(bare)).toEqual([])
    await call.hangup()
    await bare.getByText('通话已结束').waitFor()
    await bare.close()
  })

  it('says that the system has stopped its sound, and goes on with one tap', async () => {
    const bare = await browser.newPage()
    await bare.addInitScript(`{
      const Bare = AudioContext
      window.AudioContext = class extends Bare {
        constructor(...all) {
          super(...all)
          window.sound = this
        }
      }
    }`)
    await bare.goto(`${house.url}/phone`)
    await bare.getByRole('button', { name: '拨打 12345' }).click()
    const call = (await house.calls.take()) as Call
    await call.answer()
    await bare.getByText('通话中').waitFor()
    await bare.evaluate('window.sound.suspend()')
    await bare.getByRole('alert').getByText('声音暂停了').waitFor()
    expect(await axeFaults(bare)).toEqual([])
    await bare.getByRole('button', { name: '继续听' }).click()
    await expect.poll(() => bare.getByRole('alert').count()).toBe(0)
    expect(await call.play([soundOfMark('low', 200)])).toBe('finished')
    expect(call.signal.aborted).toBe(false)
    await call.hangup()
    await bare.close()
  })

  it('rings from a browser that keeps nothing for pages', async () => {
    const bare = await browser.newPage()
    const refuses = `{ get() { throw new DOMException('no', 'SecurityError') } }`
    await bare.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, ${refuses})`)
    await bare.goto(`${house.url}/phone`)
    await bare.getByRole('button', { name: '拨打 12345' }).click()
    const call = (await house.calls.take()) as Call
    await call.answer()
    await bare.getByText('通话中').waitFor()
    await call.hangup()
    await bare.getByText('通话已结束').waitFor()
    await bare.close()
  })

  it('goes on without a microphone, and says what to do', async () => {
    await page.evaluate(
      `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError') }`,
    )
    const call = await ring()
    await call.answer()
    await page.getByRole('alert').getByText('您仍可听、按键').waitFor()
    await page.keyboard.press('0')
    expect((await call.keys.take())?.key).toBe('0')
    expect(await axeFaults(page)).toEqual([])
    await call.hangup()
  })
})
