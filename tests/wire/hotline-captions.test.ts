/**
 * Sound at a phone comes out as text on the page, over SIP, RTP and G.711, through the running product: what is said is
 * a language of tones, which sherpa-onnx hears with a model that the tests build, and a stand-in of Azure's service.
 */
import { rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { scoreText } from '../../src/speech/index.ts'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { addReadySeat } from '../support/seats.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'
import { type SpeechEndpoint, startSpeechEndpoint } from '../support/speech-endpoint.ts'
import { makeToneModel } from '../support/tone-model.ts'
import { spokenTones } from '../support/tone-speech.ts'

const patience = { timeout: 15_000, interval: 50 }
const complaint = ['我家没有暖气了', '请您快来修', '是的在北区三号楼']
const answer = ['您好您家在号楼', '不是在路北区']

describe.skipIf(!hasBrowser && process.env.CI !== 'true')(
  'captions of a real call',
  { timeout: 60_000 },
  () => {
    let model: string
    let media: MediaPool
    let endpoint: SpeechEndpoint
    let browser: Browser
    beforeAll(async () => {
      model = await makeToneModel()
      media = await startTestMedia([24_000, 24_999])
      endpoint = await startSpeechEndpoint()
      browser = await openBrowser()
    })
    afterAll(async () => {
      await browser.close()
      await endpoint.close()
      await media.close()
      await rm(model, { recursive: true })
    })

    const sherpa = () => ({
      RECOGNIZERS: 'sherpa',
      SHERPA_MODEL_DIR: model,
      SHERPA_MODEL_FAMILY: 't-one-ctc',
    })
    /** A citizen and a seat talk, and the citizen's page is open. */
    async function talk(hotline: RunningHotline) {
      const phone = await plugInPhone(hotline.sip, media)
      const seatPhone = await plugInPhone(hotline.sip, media, 's1')
      await addReadySeat(hotline, 's1', seatPhone.contact)
      const citizen = await phone.ring('12345')
      await citizen.final
      citizen.port.sendKey('0')
      const seat = (await seatPhone.rung.take()) as PhoneCall
      seat.accept()
      await expect
        .poll(async () => (await hotline.facts()).map(({ kind }) => kind), patience)
        .toContain('connected')
      const { call } = (await hotline.newestCall()) ?? { call: { id: '' } }
      const page = await openCaptions(hotline, call.id)
      return { phone, seatPhone, citizen, seat, page, call }
    }
    async function openCaptions(hotline: RunningHotline, call: string): Promise<Page> {
      const headers = { authorization: 'Bearer a-token-that-only-the-tests-know' }
      const opened = await fetch(`${hotline.url}/api/calls/${call}/captions`, { method: 'POST', headers })
      const { link } = (await opened.json()) as { link: string }
      const page = await browser.newPage()
      await page.goto(link)
      await page.getByText('正在和 1 号话务员').waitFor()
      return page
    }
    const say = (call: PhoneCall, text: string) => call.port.play([spokenTones(`${text}        `)])
    const linesOf = (page: Page, who: string) => page.locator(`.line.${who} .words`).allTextContents()
    const part = async (
      hotline: RunningHotline,
      phones: readonly SipPhone[],
      page: Page,
      call: PhoneCall,
    ) => {
      call.hangup()
      await page.close()
      for (const phone of phones) await phone.close()
      await hotline.close()
    }

    it('shows each side as itself, with few characters wrong', async () => {
      const hotline = await runHotline(sherpa())
      expect(hotline.printed()).toContain('sherpa')
      const { phone, seatPhone, citizen, seat, page, call } = await talk(hotline)
      const both = [
        (async () => {
          for (const text of complaint) await say(citizen, text)
        })(),
        (async () => {
          for (const text of answer) await say(seat, text)
        })(),
      ]
      await Promise.all(both)
      await expect.poll(() => linesOf(page, 'citizen'), patience).toHaveLength(complaint.length)
      await expect.poll(() => linesOf(page, 'seat'), patience).toHaveLength(answer.length)
      const heard = [...(await linesOf(page, 'citizen')), ...(await linesOf(page, 'seat'))]
      const { cer } = scoreText([...complaint, ...answer].join('\n'), heard.join('\n'))
      console.info(`character error rate over SIP, RTP and G.711: ${(100 * cer).toFixed(1)} %`)
      // A machine that stands still for a moment loses sound, as a network does.
      expect(cer).toBeLessThan(0.1)
      const metrics = await (await fetch(`${hotline.url}/metrics`)).text()
      expect(metrics).toMatch(/jieting_recognizer_listening\{recognizer="sherpa"\} 2/)
      const { out } = await hotline.jieting('captions', 'show', call.id, '--format', 'json')
      expect(JSON.parse(out)).toMatchObject({ call: call.id, over: false })
      await part(hotline, [phone, seatPhone], page, citizen)
    })

    it('goes on with the next recognizer when one fails in the call, and says so on the page', async () => {
      endpoint.manner = 'speak'
      const hotline = await runHotline({
        ...sherpa(),
        RECOGNIZERS: 'azure,sherpa',
        AZURE_SPEECH_HOST: endpoint.url.href,
        LOG_LEVEL: 'fatal',
      })
      expect(hotline.printed()).toContain('azure, sherpa')
      const { phone, seatPhone, citizen, page } = await talk(hotline)
      await say(citizen, complaint[0] ?? '')
      await expect
        .poll(() => linesOf(page, 'citizen'), patience)
        .toContainEqual(expect.stringMatching(/暖气了$/))
      expect(endpoint.recognitions.map(({ format }) => format())).toContain(6)
      // From now on it breaks off at the first word, and lets nobody in.
      endpoint.manner = 'drop'
      const speaking = say(citizen, complaint[1] ?? '')
      await page.locator('.line .words', { hasText: '换了语音识别' }).waitFor({ timeout: 15_000 })
      await speaking
      await say(citizen, complaint[2] ?? '')
      await expect
        .poll(() => linesOf(page, 'citizen'), patience)
        .toContainEqual(expect.stringMatching(/三号楼$/))
      expect(await linesOf(page, 'citizen')).toContainEqual(expect.stringMatching(/快来修$/))
      const metrics = await (await fetch(`${hotline.url}/metrics`)).text()
      expect(metrics).toMatch(
        /jieting_recognizer_failures_total\{recognizer="azure",reason="recognizer-failed"\} 1/,
      )
      await part(hotline, [phone, seatPhone], page, citizen)
    })
  },
)
