/** The page /knowledge in Chromium, over the room itself: a unit drafts, the centre reviews, an agent looks up and uses. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FrontDesk } from '../../src/http/index.ts'
import type { Member } from '../../src/staff/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { everybodyIs } from '../http/house.ts'
import { heating, type KnowledgeHouse, layKnowledge, openKnowledgeHouse } from '../knowledge/house.ts'
import { axeFaults, givesPassword, hasBrowser, isFitForAll, openBrowser } from '../support/browser.ts'
import { openPageDesk } from '../support/page-desk.ts'

const members = {
  wang: { name: 'wang', display: '王工', role: 'unit', unit: 'heating' },
  boss: { name: 'boss', display: '李主任', role: 'supervisor' },
  s1: { name: 's1', display: '一号坐席', role: 'seat' },
} as const satisfies Readonly<Record<string, Member>>

describe.skipIf(!hasBrowser && !process.env.CI)('the page of knowledge in Chromium', () => {
  let who: keyof typeof members = 'wang'
  let database: Database
  let house: KnowledgeHouse
  let desk: FrontDesk
  let browser: Browser
  let page: Page
  const opensAs = async (name: keyof typeof members) => {
    who = name
    await page.goto(`${desk.url}/knowledge`)
    await page
      .getByRole('navigation', { name: '知识库的各部分' })
      .getByRole('button', { name: '查找' })
      .waitFor()
  }
  beforeAll(async () => {
    database = await layKnowledge()
    house = await openKnowledgeHouse(database)
    desk = await openPageDesk({ staff: everybodyIs(() => members[who]), knowledge: house.knowledge })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${desk.url}/knowledge`)
    await givesPassword(page, 'wang')
    await page.getByRole('navigation', { name: '知识库的各部分' }).waitFor()
  }, 90_000)
  afterAll(async () => {
    await browser.close()
    await desk.close()
    await house.close()
    await database.close()
  })

  it('is drafted by the unit’s keyboard, kept when it is refused, and submitted', {
    timeout: 60_000,
  }, async () => {
    await page.getByRole('button', { name: '新建条目' }).press('Enter')
    const form = page.getByRole('region', { name: '新建条目' })
    await form.getByLabel('问题', { exact: true }).fill(heating.question)
    await form.getByLabel('其他问法').fill(heating.wordings.join('\n'))
    await form.getByLabel('播报文本').fill('长'.repeat(121))
    await form.getByText('121 / 120').waitFor()
    await form.getByLabel('截止日期').fill('2026-12-31')
    await form.getByRole('button', { name: '保存草稿' }).press('Enter')
    await form.getByRole('alert').getByText('请检查各栏').waitFor()
    expect(await form.getByLabel('问题', { exact: true }).inputValue()).toBe(heating.question)
    await form.getByLabel('播报文本').fill(heating.text)
    await isFitForAll(page, 'knowledge-editor')
    await form.getByRole('button', { name: '保存草稿' }).press('Enter')
    const entry = page.getByRole('region', { name: heating.question })
    await entry.getByRole('button', { name: '提交审核' }).press('Enter')
    await entry.getByText('待审核').waitFor()
    expect(await entry.getByRole('button', { name: '审核通过并发布' }).count()).toBe(0)
  })

  it('waits in the inbox of the centre, and is published from there', { timeout: 60_000 }, async () => {
    await opensAs('boss')
    await page.getByRole('button', { name: '待办' }).press('Enter')
    await page.getByLabel(`选中：${heating.question}`).check()
    await isFitForAll(page, 'knowledge-inbox')
    await page.getByRole('button', { name: '发布选中的 1 条' }).press('Enter')
    const asked = page.getByRole('region', { name: '要发布以下 1 条吗' })
    await asked.getByText(heating.text.split('\n')[0] ?? '').waitFor()
    await isFitForAll(page, 'knowledge-asked')
    await asked.getByRole('button', { name: '确认发布 1 条' }).press('Enter')
    await page.getByRole('heading', { name: '等您审核' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '条目', exact: true }).press('Enter')
    await page.getByRole('cell', { name: '有效' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('button', { name: '统计' }).press('Enter')
    await page.getByText('各单位').waitFor()
    await isFitForAll(page, 'knowledge-figures')
    await page.getByRole('button', { name: '导入导出' }).press('Enter')
    await page.getByLabel('CSV、XLSX 或 Markdown').setInputFiles({
      name: 'a.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('问题,播报文本,单位,截止日期\n一问,一段话。,nosuch,2026-12-31\n'),
    })
    await page.getByRole('button', { name: '导入', exact: true }).press('Enter')
    await page.getByRole('cell', { name: '"nosuch"' }).waitFor()
    await isFitForAll(page, 'knowledge-exchange')
  })

  it('is found as an agent types, read out, and cited; the unit writes, the agent does not', {
    timeout: 60_000,
  }, async () => {
    await opensAs('s1')
    expect(await page.getByRole('button', { name: '新建条目' }).count()).toBe(0)
    await page.locator('section.card').getByRole('searchbox').pressSequentially('暖汽不热')
    await page.getByRole('button', { name: heating.question }).press('Enter')
    const entry = page.getByRole('region', { name: heating.question })
    await entry.getByRole('button', { name: '播报' }).press('Enter')
    await entry.getByText('请逐字念给市民').waitFor()
    await entry.getByRole('button', { name: '引用' }).press('Enter')
    await entry.getByText(/^know_\w+@1$/).waitFor()
    expect(await entry.getByRole('button', { name: '修改' }).count()).toBe(0)
    await isFitForAll(page, 'knowledge-entry')
    await page.locator('section.card').getByRole('searchbox').fill('天文望远镜')
    await page.getByText('知识库里没有答案').waitFor()
    await expect
      .poll(async () => (await house.knowledge.counted(30, { name: 'x', role: 'admin' })).unanswered, {
        timeout: 10_000,
      })
      .toBe(1)
  })
})
