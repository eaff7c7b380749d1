/** Recordings in Chromium, over the real room and its files: found, heard, noted, judged and answered, by keyboard. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import type { FrontDesk } from '../../src/http/index.ts'
import { encode } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { createTalkRecorder } from '../../src/media/worker/talk-recorder.ts'
import { noRecordings, openRecordings, type Recordings } from '../../src/recordings/index.ts'
import type { Member } from '../../src/staff/api.ts'
import type { Database } from '../../src/storage/index.ts'
import type { Call, CallEnd, CallId } from '../../src/telephony/index.ts'
import { createRooms, everybodyIs } from '../http/house.ts'
import { givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openTables } from '../support/hotline.ts'
import { openPageDesk } from '../support/page-desk.ts'
import { tone } from '../support/sounds.ts'

const chief: Member = { name: 'chen', display: '陈班长', role: 'supervisor' }
const agent: Member = { name: 's1', display: '王坐席', role: 'seat' }

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of recordings in Chromium', () => {
  let database: Database
  let desk: FrontDesk
  let browser: Browser
  let dataDir: string
  let room: Recordings
  let member: Member = chief
  const trail: string[] = []
  const call = newId('call') as CallId

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-recordings-'))
    database = await openTables()
    room = openRecordings({
      database,
      dataDir,
      rules: {
        ...noRecordings,
        isOn: true,
        mayListen: ['supervisor', 'seat'],
        sheets: [
          {
            id: 'service',
            name: '服务质检',
            criteria: [
              { id: 'greeting', name: '问候与确认', what: '报明身份', points: 40 },
              { id: 'record', name: '记录准确', points: 60 },
            ],
          },
        ],
      },
      home: exampleCity,
      clock: systemClock,
      log: silentLog,
      numberOf: () => '+8613800138000',
      announce: async () => 0,
      record: speaks,
    })
    await recordOne()
    const { rooms } = createRooms()
    const whole = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER, limit: 1 }
    const beganAtMs = (await room.list(whole, { name: 'chen', role: 'supervisor' })).recordings[0]!.beganAtMs
    desk = await openPageDesk({
      recordings: room,
      captions: {
        ...rooms.captions,
        show: async () => ({
          call,
          startedAtMs: beganAtMs,
          on: true,
          over: true,
          lines: [
            {
              id: 1,
              who: 'citizen',
              kind: 'speech',
              text: '我家停水了',
              settled: true,
              startMs: 1_000,
              endMs: 2_000,
            },
            {
              id: 2,
              who: 'seat',
              kind: 'speech',
              text: '请问在哪条街',
              settled: true,
              startMs: 6_000,
              endMs: 7_000,
            },
            {
              id: 3,
              who: 'citizen',
              kind: 'speech',
              text: '卡号六二二二',
              settled: true,
              startMs: 10_500,
              endMs: 11_500,
            },
          ],
        }),
      },
      staff: { ...everybodyIs(() => member), list: async () => [chief, agent] },
      trail: {
        ...rooms.trail,
        write: entry => void trail.push(`${entry.act} ${entry.about ?? ''}`.trim()),
      },
    })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await room.close()
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  let speak: (seconds: number) => Promise<void> = async () => undefined
  function speaks(_: Call, path: string, title: string, isPaused: boolean) {
    const together = { hears: [{} as never], heardBy: [{} as never] }
    const recorder = createTalkRecorder(together, path, title, isPaused, () => undefined)
    const [citizen, others] = [500, 800].map(hz => encode(pcma, tone(hz, 20)))
    speak = async seconds => {
      for (let at = 0; at < seconds * 50; at++) {
        recorder.listen('PCMA', citizen!, others!, at * 160)
        // As much as a disk takes at once.
        if (at % 160 === 0) await delay(20)
      }
    }
    return { ...recorder, done: recorder.done.then(({ beganAtMs: _, ...done }) => done) }
  }

  /** 30 s in all, the third ten of them paused. */
  async function recordOne() {
    const gone = new AbortController()
    let end!: (how: CallEnd) => void
    const ended = new Promise<CallEnd>(resolve => {
      end = resolve
    })
    const invitedAtMs = Date.UTC(2026, 0, 6, 2)
    const one = { id: call, line: 'sip', invitedAtMs, signal: gone.signal, ended } as unknown as Call
    room.talks.told(one)
    room.talks.begins(one, 's1')
    await vi.waitUntil(() => room.talks.of(call)?.is === 'recording', { timeout: 10_000 })
    await speak(10)
    room.talks.pause(call, true)
    await speak(10)
    room.talks.pause(call, false)
    await speak(10)
    gone.abort()
    end({ by: 'them', reason: 'hung-up' })
    await database.transaction(tx =>
      room.ofOrders.made(tx, { order: '2601060000015', call, isConfidential: false }),
    )
    const query = { fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER, limit: 1 }
    const listed = () => room.list(query, { name: 'chen', role: 'supervisor' })
    await vi.waitUntil(async () => (await listed()).recordings[0]?.durationMs === 30_000, { timeout: 10_000 })
  }

  const open = async (as: Member, path = '/recordings'): Promise<Page> => {
    member = as
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${desk.url}${path}`)
    await givesPassword(page, as.name)
    return page
  }

  it('finds a recording, plays it by keyboard, and keeps notes and a sheet', async () => {
    const page = await open(chief)
    const row = page.getByRole('row').nth(1)
    await expect.poll(() => row.textContent(), { timeout: 10_000 }).toContain('0:30')
    const text = await row.textContent()
    expect(text).toContain('一号坐席')
    expect(text).toContain('2601060000015')
    expect(text).not.toContain('13800138000')
    await isFitForAll(page, 'recordings-list')
    await page.getByLabel('工单号').fill('2601060000022')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('没有这样的录音').count(), { timeout: 10_000 }).toBe(1)
    await page.getByLabel('工单号').fill('2601060000015')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /^听 / }).press('Enter')
    const slider = page.getByRole('slider', { name: '播放位置' })
    await slider.waitFor()
    expect(trail.some(line => line.startsWith('listened'))).toBe(false)

    await slider.focus()
    const at = async () => Number(await slider.getAttribute('aria-valuenow'))
    await page.keyboard.press('l')
    expect(await at()).toBe(10)
    await page.keyboard.press('ArrowLeft')
    expect(await at()).toBe(5)
    await page.keyboard.press('Home')
    await page.getByLabel('速度').selectOption('1.5')
    await slider.focus()
    await page.keyboard.press('Space')
    await expect.poll(at, { timeout: 10_000 }).toBeGreaterThanOrEqual(2)
    expect(trail.some(line => line.startsWith('listened rec_'))).toBe(true)
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: '播放', exact: true }).waitFor()

    // Where it is silent on purpose it is shaded, and what was said then is not read.
    expect(await page.getByText('卡号六二二二').count()).toBe(0)
    expect(await page.getByText('请问在哪条街').count()).toBe(1)
    await page.getByRole('button', { name: '跳到 0:06' }).press('Enter')
    expect(await at()).toBe(6)
    expect(await page.locator('[aria-current="true"]').textContent()).toContain('请问在哪条街')
    await page.getByText('静音的部分').click()
    await expect.poll(() => page.getByText('0:10–0:20 坐席暂停录音').count(), { timeout: 10_000 }).toBe(1)
    const drawn = await page.evaluate(`(() => {
      const canvas = document.querySelector('canvas.waveform')
      const pen = canvas.getContext('2d')
      const inColumn = x => {
        const { data } = pen.getImageData(x, 0, 1, canvas.height)
        let count = 0
        for (let each = 3; each < data.length; each += 4) if (data[each] === 255) count++
        return count / canvas.height
      }
      // Between two words it is silent, and where those stand depends on how wide the page is.
      const inked = share =>
        Math.max(...Array.from({ length: 16 }, (_, at) => inColumn(Math.floor(canvas.width * share) + at)))
      return [inked(0.6 / 3), inked(1.5 / 3), inked(2.5 / 3)]
    })()`)
    const [spoken, paused, again] = drawn as readonly number[]
    expect(spoken).toBeGreaterThan(0.3)
    expect(paused).toBeLessThan(0.1)
    expect(again).toBeGreaterThan(0.3)

    await slider.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('m')
    await page.keyboard.type('结尾没有说查询方法')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('结尾没有说查询方法').count(), { timeout: 10_000 }).toBe(1)
    await slider.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press(']')
    expect(await at()).toBe(30)

    await page.getByRole('button', { name: '填质检表' }).press('Enter')
    await page.getByLabel('满分 40').fill('40')
    await page.getByLabel('满分 60').fill('20')
    await isFitForAll(page, 'recordings-one')
    await page.getByRole('button', { name: '保存评分' }).press('Enter')
    await expect
      .poll(() => page.getByText('服务质检 · 一号坐席 · 60 分').count(), { timeout: 10_000 })
      .toBe(1)
    await page.context().close()
  })

  it('shows an agent their own, with how they were judged, to be answered once', async () => {
    const page = await open(agent)
    await page.getByRole('link', { name: /^听 / }).press('Enter')
    await page.getByLabel('您的答复').fill('来电人当时急着挂机')
    await page.getByRole('button', { name: '提交答复' }).press('Enter')
    await expect.poll(() => page.getByText('一号坐席 的答复').count(), { timeout: 10_000 }).toBe(1)
    expect(await page.getByLabel('您的答复').count()).toBe(0)
    expect(await page.getByRole('button', { name: '填质检表' }).count()).toBe(0)
    await page.context().close()
  })

  it('gives the sound in parts, and to nobody whom the city does not let', async () => {
    const page = await open(chief)
    await page.getByRole('link', { name: /^听 / }).waitFor()
    const asked = await page.evaluate(`(async () => {
      const { recordings: [one] } = await (await fetch('/api/recordings')).json()
      const part = range => fetch('/api/recordings/' + one.id + '/sound', { headers: { range } })
      const first = await part('bytes=0-3')
      const beyond = await part('bytes=99999999-')
      return [first.status, await first.text(), first.headers.get('content-range'), beyond.status]
    })()`)
    const [status, text, range, beyond] = asked as readonly [number, string, string, number]
    expect([status, text, beyond]).toEqual([206, 'RIFF', 416])
    expect(range).toMatch(/^bytes 0-3\/4\d{5}$/)
    await page.context().close()
    const other = await open({ name: 'dpo', display: '孙法务', role: 'auditor' })
    await expect.poll(() => other.getByRole('alert').textContent(), { timeout: 10_000 }).toContain('没有开放')
    await other.context().close()
  })
})
