import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrontDesk } from '../../src/http/index.ts'
import type { Forgetting } from '../../src/retention/api.ts'
import { createRooms, everybodyIs } from '../http/house.ts'
import { axeFaults, givesPassword, hasBrowser, openBrowser, scrollsSideways } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const ten = Date.UTC(2026, 0, 6, 2)
const auditor = { name: 'dpo', display: '孙法务', role: 'auditor' } as const
const asked: Forgetting = {
  id: 'forgetting_01',
  mark: 'xQ2m',
  number: '138****8001',
  state: 'asked',
  because: '本人申请',
  askedBy: 'root',
  askedAtMs: ten,
  went: [],
}
const done: Forgetting = {
  ...asked,
  id: 'forgetting_02',
  number: '',
  state: 'waiting',
  decidedBy: 'dpo',
  decidedAtMs: ten,
  went: [
    { name: 'calls', count: 12, stayed: [] },
    { name: 'orders', count: 0, stayed: [{ about: '2601050000127', because: 'in-hand' }] },
  ],
}

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of personal data in Chromium', () => {
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  const decided: unknown[] = []

  beforeAll(async () => {
    const { rooms } = createRooms()
    desk = await openPageDesk({
      staff: {
        ...everybodyIs(() => auditor),
        list: async () => [auditor, { name: 'root', display: '周管理员', role: 'admin' }],
      },
      retention: {
        ...rooms.retention,
        show: async () => ({
          kinds: [
            { kind: 'journal', name: '通话记录', days: 1095, tables: ['calls'], gone: 0, total: 0 },
            {
              kind: 'texts',
              name: '短信存件',
              days: 30,
              tables: ['/texts', 'unsaid'],
              sweptAtMs: ten,
              gone: 7,
              total: 1204,
            },
          ],
          titles: {
            calls: { 'zh-CN': '通话的号码', en: 'Numbers of calls' },
            orders: { 'zh-CN': '工单', en: 'Orders' },
            '/texts': { 'zh-CN': '短信', en: 'Texts laid down' },
          },
          seatTranscripts: false,
          holds: [],
        }),
        forgettings: async () => [asked, done],
        async decide(...given) {
          decided.push(given)
          return asked
        },
      },
    })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${desk.url}/persons`)
    await givesPassword(page, 'dpo')
    await page.getByRole('table', { name: '每类数据保存多久' }).waitFor()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  it('tells how long what is kept, by what people call it', async () => {
    const periods = page.getByRole('table', { name: '每类数据保存多久' })
    // What scrolls on a telephone is in reach of the keyboard.
    const around = page.getByRole('group', { name: '每类数据保存多久' })
    await around.focus()
    expect(await page.locator(':focus').getAttribute('role')).toBe('group')
    expect(await periods.getByRole('row').allTextContents()).toEqual([
      '类别天数上次清除清除累计内容',
      expect.stringMatching(/^通话记录1095尚未清除00通话的号码$/),
      expect.stringMatching(/^短信存件30.*71204短信、unsaid$/),
    ])
  })

  it('shows what went, what had to stay and why, and who asked and agreed by their names', async () => {
    const requests = page.getByRole('region', { name: '删除申请' })
    await requests.getByText('周管理员').first().waitFor()
    expect(await requests.getByText('孙法务').count()).toBe(1)
    const went = requests.getByRole('table', { name: '删了什么，暂留什么' })
    expect(await went.getByRole('row').allTextContents()).toEqual([
      '内容删除或抹去暂留',
      '通话的号码12',
      '工单02601050000127 · 还在办理或通话中',
    ])
  })

  it('agrees only for whoever types whose number it is, by keys alone', async () => {
    const deciding = page
      .getByRole('region', { name: '删除申请' })
      .getByLabel('请输入申请的号码或来电编号，核对后决定')
    await deciding.focus()
    await page.keyboard.type('138 0013 8001')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => decided.length).toBe(1)
    expect(JSON.stringify(decided)).toContain('13800138001')
  })

  it.each(['zh-CN', 'en'])(
    'in %s has no fault that axe finds, and needs no scrolling sideways',
    async lang => {
      await page.goto(`${desk.url}/persons?lang=${lang}`)
      await page.getByRole('table').first().waitFor()
      if (process.env.SCREENSHOTS)
        await page.screenshot({ path: `${process.env.SCREENSHOTS}/persons-${lang}.png`, fullPage: true })
      expect(await axeFaults(page)).toEqual([])
      for (const width of [640, 360]) expect(await scrollsSideways(page, width)).toBe(false)
      expect(await axeFaults(page)).toEqual([])
      await page.setViewportSize({ width: 1280, height: 900 })
    },
  )
})
