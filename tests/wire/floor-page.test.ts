import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Supervising, TalkParties } from '../../src/desk/api.ts'
import type { DeskAct, FloorDay, FloorNow, LostCallView } from '../../src/desk/floor/api.ts'
import { openFloor } from '../../src/desk/index.ts'
import { notReady } from '../../src/desk/seat-refusals.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { type CallId, type CallUp, maskedNumber } from '../../src/telephony/index.ts'
import { emptyDay, noFloor } from '../http/floor-house.ts'
import { createWeb, everybodyIs } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.now()
const boss = { name: 'boss', display: '李主任', role: 'supervisor' } as const

const id = (digits: string) => `call_${digits}` as CallId
const up = (
  digits: string,
  number: string,
  place: CallUp['place'],
  agoMs: number,
  seat?: string,
): CallUp => ({
  id: id(digits),
  line: 'sip',
  direction: place.at === 'flow' && place.flow === 'survey' ? 'out' : 'in',
  number,
  invitedAtMs: now - agoMs,
  placeSinceMs: now - agoMs,
  place,
  seat,
})
const calls: readonly CallUp[] = [
  up('01', '+8613800138001', { at: 'queue' }, 40_000),
  up('02', '+8613800138002', { at: 'queue' }, 95_000),
  up('03', '+861065551234', { at: 'talking' }, 300_000, 's1'),
  up('04', '', { at: 'flow', flow: 'hotline', state: 'greeting' }, 2_000),
  up('05', '+8613900139005', { at: 'flow', flow: 'survey', state: 'solved' }, 21_000),
]
const seat = (name: string, display: string, state: FloorNow['seats'][number]['state'], more = {}) => ({
  name,
  display,
  state,
  number: 1,
  skills: [],
  contact: `sip:${name}@127.0.0.1`,
  sinceMs: now - 4 * minute,
  ...more,
})
const seats: FloorNow['seats'] = [
  seat('s1', '01 号 张三', 'talking', { skills: ['en', 'yue'], caller: 'call_03' }),
  seat('s2', '02 号 李四', 'ready'),
  seat('s3', '03 号 王五', 'set-aside', { reason: 'no-answer', unanswered: 1 }),
  seat('s4', '04 号 赵六', 'away', { reason: 'meal' }),
  seat('boss', '李主任', 'away', { reason: 'busy' }),
]
const window = (reached: number, soon: number) => ({
  fromMs: now - 24 * hour,
  untilMs: now,
  wanted: 200,
  reached,
  soon,
})
const day: FloorDay = {
  ...emptyDay,
  fromMs: now - (now % hour) - 3 * hour,
  untilMs: now,
  calls: 240,
  wanted: 200,
  reached: 192,
  soon: 180,
  lost: 6,
  deferred: 2,
  medianMs: 4_200,
  p95Ms: 17_500,
  longestMs: 96_000,
  menuKnown: 240,
  menuFree: 238,
  hours: [0, 1, 2].map(at => ({
    hour: at,
    calls: 80,
    wanted: 60 + at,
    reached: 58,
    soon: 55,
    medianMs: 4_200,
    p95Ms: 17_500,
  })),
  outgoing: [{ flow: 'survey', calls: 40, answered: 31, reached: 2 }],
  levels: { now: window(192, 180), worstReached: window(188, 170), worstSoon: window(190, 168) },
}
const lost: readonly LostCallView[] = [
  {
    id: 'call_99',
    line: 'sip',
    flow: 'hotline',
    number: '138****8009',
    invitedAtMs: now - hour,
    waitedMs: 72_000,
    why: 'turned-away',
    cameBack: true,
  },
]

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the floor in Chromium', () => {
  let web: FrontDesk
  let browser: Browser
  let page: Page
  const acts: DeskAct[] = []
  const moves: unknown[] = []
  const asked: unknown[] = []
  /** Who is beside s1, and what they did there. */
  let beside: TalkParties['supervisor']
  const supervised: string[] = []
  const floor = openFloor({
    desk: {
      seats: () => seats,
      unattended: () => new Map(),
      at: name =>
        name === 's1'
          ? ({
              call: { id: id('03') },
              reason: 'hotline',
              phase: 'talking',
              parties: { muted: [], supervisor: beside },
            } as unknown as ReturnType<Parameters<typeof openFloor>[0]['desk']['at']>)
          : undefined,
      figures: () =>
        ({ waiting: 2, waitingSinceMs: now - 95_000 }) as ReturnType<
          Parameters<typeof openFloor>[0]['desk']['figures']
        >,
      waiting: async () => [
        { id: id('01'), sinceMs: now - 40_000, rankMs: now - 640_000, skills: ['yue'], offered: false },
        { id: id('02'), sinceMs: now - 95_000, rankMs: now - 95_000, skills: [], offered: false },
      ],
      countsAhead: () => true,
    },
    places: () => [
      { place: { at: 'queue' }, calls: 2 },
      { place: { at: 'talking' }, calls: 1 },
      { place: { at: 'flow', flow: 'hotline', state: 'greeting' }, calls: 1 },
    ],
    calls: () => calls,
    mask: number => maskedNumber(number, { country: 'CN' }),
    hasCaptions: call => call === 'call_03',
    today: async () => day,
    clock: systemClock,
    log: silentLog,
  })

  beforeAll(async () => {
    const made = createWeb({ staff: everybodyIs(() => boss) })
    const { desk, captions } = made.rooms
    web = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      clock: systemClock,
      apiToken: 'x'.repeat(24),
      pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
      ...createWeb({
        staff: everybodyIs(() => boss),
        desk: {
          ...desk,
          seats: () => seats,
          at: () =>
            ({
              call: { id: id('03') },
              async supervise(seat: string, how: Supervising, by: string) {
                if (how === 'speaking' && supervised.length === 0) throw notReady(seat)
                supervised.push(`${seat} ${how}`)
                beside = { by, how }
              },
              takeOver: async (by: string) => void supervised.push(`${by} takes over`),
            }) as unknown as ReturnType<typeof desk.at>,
          move: async (call, to) => void moves.push({ call, ...to }),
          setAway: name => ({ ...seat(name, name, 'away'), reason: 'rest' }),
        },
        captions: {
          ...captions,
          show: async call => ({
            call,
            startedAtMs: now,
            on: false,
            over: false,
            lines: [
              {
                id: 1,
                who: 'citizen',
                kind: 'speech',
                text: '我家没有暖气了',
                startMs: 1_000,
                endMs: 3_000,
                settled: true,
              },
            ],
          }),
        },
        floor: {
          ...noFloor,
          now: floor.now,
          stretchOf: dates => {
            asked.push(dates)
            return { fromMs: day.fromMs, untilMs: now }
          },
          count: async () => ({ ...day, calls: 777 }),
          lost: async () => lost,
          acts: { note: act => void acts.unshift({ ...act, atMs: now }), list: async () => acts },
        },
      }).web,
      mounts: { sockets: [floor.mount], requests: [] },
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    await page.goto(`${web.url}/floor`)
    await givesPassword(page, 'boss')
  })
  afterAll(async () => {
    await browser.close()
    floor.close()
    await web.close()
  })
  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const opens = (tab: RegExp) => page.getByRole('tab', { name: tab }).click()
  const row = (name: string, text: string) => region(name).getByRole('row').filter({ hasText: text })

  it('shows who talks to whom, who waits first and why, and what a seat is set aside for', async () => {
    await opens(/^坐席/)
    expect(await region('坐席').getByRole('row').nth(1).textContent()).toContain('王五')
    expect(await row('坐席', '张三').textContent()).toContain('通话中')
    expect(await row('坐席', '张三').textContent()).toContain('010****1234 · 热线 · 转人工 · 交谈')
    await row('坐席', '王五').getByText('停止派线（振铃未接）').waitFor()
    await row('坐席', '赵六').getByText('就餐').waitFor()
    await opens(/^在线通话/)
    const waiting = await region('在线通话').getByRole('row').allTextContents()
    expect(waiting[1]).toMatch(/^138\*{4}8001呼入排队10:\d\d提前 10 分钟 · yue/)
    expect(waiting[2]).toMatch(/^138\*{4}8002呼入排队21:\d\d—/)
    expect(await row('在线通话', '139****9005').textContent()).toContain('呼出')
    await opens(/^来电分布/)
    expect(await region('来电分布').textContent()).not.toContain('回访')
    expect(await page.content()).not.toContain('13800138001')
  })

  it('tells both levels of service, menus, calls of our own apart, and who gave up', async () => {
    await opens(/^当日/)
    expect(await region('今天').locator('dd').allTextContents()).toEqual([
      '240',
      '96.0 %',
      '90.0 %',
      '93.8 %',
      '4.2 秒',
      '17.5 秒',
      '96.0 秒',
      '6',
      '2',
      '99.2 %',
    ])
    const levels = region('连续 24 小时服务水平（GB/T 33358）')
    expect(await levels.getByRole('row').filter({ hasText: '人工接通率：最差' }).textContent()).toContain(
      '94.0 % · 低于 95.0 %188 / 200',
    )
    expect(await row('呼出', '回访').textContent()).toBe('回访40312')
    expect(await row('未接通人工的来电', '138****8009').textContent()).toMatch(/1:12全忙热线是$/)
  })

  it('moves a caller by the keyboard, sets a seat to a break, and writes down who did it', async () => {
    // By the arrows, from one tab to the next.
    await page.getByRole('tab', { name: /^当日/ }).press('Home')
    await row('在线通话', '138****8002').getByRole('button', { name: /^调整/ }).press('Enter')
    await page.getByRole('menuitem', { name: '置于队首' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => moves).toEqual([{ call: 'call_02', seat: undefined, by: 'boss' }])
    await row('在线通话', '138****8001').getByRole('button', { name: /^调整/ }).click()
    await page.getByRole('menuitem', { name: '派给 02 号 李四' }).click()
    await expect.poll(() => moves).toContainEqual({ call: 'call_01', seat: 's2', by: 'boss' })
    await opens(/^坐席/)
    await row('坐席', '李四').getByRole('button', { name: /^设置/ }).click()
    await page.getByRole('menuitem', { name: '置为小休' }).click()
    await expect
      .poll(() => acts.map(({ act, by, seat, call }) => ({ act, by, seat, call })))
      .toEqual([
        { act: 'away', by: 'boss', seat: 's2', call: undefined },
        { act: 'move', by: 'boss', seat: 's2', call: 'call_01' },
        { act: 'move', by: 'boss', seat: undefined, call: 'call_02' },
      ])
  })

  it('puts whoever looks beside a seat by the keyboard: listens, whispers, joins, takes over, and says why not', async () => {
    await opens(/^坐席/)
    const acts = async (name: string) => {
      await row('坐席', '张三').getByRole('button', { name: /^设置/ }).press('Enter')
      await page.getByRole('menu').waitFor()
      if (name === '监听') {
        expect(await axeFaults(page)).toEqual([])
        expect(await page.getByRole('menuitem', { name: '接管来电' }).count()).toBe(0)
      }
      const names = await page.getByRole('menuitem').allTextContents()
      for (const _ of names.slice(0, names.indexOf(name))) await page.keyboard.press('ArrowDown')
      await expect.poll(() => page.locator(':focus').textContent()).toBe(name)
      await page.keyboard.press('Enter')
    }
    await acts('加入通话')
    await page.getByRole('alert').getByText('您的坐席话机正忙，不能振铃。').waitFor()
    for (const [act, shown] of [
      ['监听', '李主任监听中'],
      ['耳语，只有坐席听到', '李主任耳语中'],
      ['加入通话', '李主任已加入'],
    ] as const) {
      await acts(act)
      await row('坐席', '张三').getByText(shown).waitFor()
    }
    await acts('接管来电')
    await expect
      .poll(() => supervised)
      .toEqual(['boss listening', 'boss whispering', 'boss speaking', 'boss takes over'])
    expect(await page.getByRole('alert').count()).toBe(0)
    await row('坐席', '张三').getByRole('button', { name: /^设置/ }).press('Enter')
    expect([await scrollsSideways(page, 320), await scrollsSideways(page, 720)]).toEqual([false, false])
    await page.keyboard.press('Escape')
  })

  it('reads along what is said in a call, and shows another day', async () => {
    await opens(/^在线通话/)
    await row('在线通话', '010****1234').getByRole('button', { name: /^字幕/ }).click()
    await region('通话字幕').getByText('我家没有暖气了').waitFor()
    await region('通话字幕').getByRole('button', { name: '关闭' }).click()
    await opens(/^当日/)
    await page.getByLabel('日期').fill('2026-01-05')
    await expect.poll(() => region('2026-01-05').locator('dd').first().textContent()).toBe('777')
    expect(asked).toContainEqual(expect.objectContaining({ from: '2026-01-05' }))
    await page.getByRole('button', { name: '今天' }).click()
    await expect.poll(() => region('今天').locator('dd').first().textContent()).toBe('240')
  })

  it('can be used by everybody, at 320 px and at 200 %', async () => {
    for (const tab of [/^坐席/, /^来电分布/, /^当日/, /^在线通话/]) {
      await page.setViewportSize({ width: 1440, height: 900 })
      await opens(tab)
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/floor-${tab.source}.png`, fullPage: true })
      expect(await axeFaults(page)).toEqual([])
      expect([await scrollsSideways(page, 320), await scrollsSideways(page, 720)]).toEqual([false, false])
    }
    if (process.env.SCREENSHOTS) {
      await page.setViewportSize({ width: 320, height: 800 })
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/floor-320.png`, fullPage: true })
    }
  })
})
