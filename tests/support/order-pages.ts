/** `/orders` over the real orders, for whoever signs in, in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createCallers } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openOrderOffice } from '../../src/hall/orders-from-calls.ts'
import { queues } from '../../src/hall/tables.ts'
import { type Member, openFrontDesk } from '../../src/http/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { readOrderRules } from '../../src/orders/index.ts'
import { sql } from '../../src/storage/index.ts'
import { createDoors } from '../http/house.ts'
import { openBrowser } from './browser.ts'
import { openTables } from './hotline.ts'

export type OrderPages = Awaited<ReturnType<typeof openOrderPages>>

export async function openOrderPages() {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const texts: string[] = []
  const database = await openTables()
  const shared = { database, clock: systemClock, log: silentLog }
  const jobs = openJobs({ ...shared, queues })
  const office = openOrderOffice({
    ...shared,
    jobs,
    callers: createCallers(shared),
    city: exampleCity,
    rules: await readOrderRules('./order-rules', 'beijing'),
    settings: { DATA_DIR: folder },
    journal: { flush: async () => undefined },
    texts: { send: async ({ text }) => void texts.push(text) },
    owes: async () => undefined,
    forgets: async () => undefined,
  })
  let member: Member | undefined
  const { doors } = createDoors()
  const desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
    apiToken: 'x'.repeat(24),
    pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    mounts: { sockets: [office.screens.mount], requests: [] },
    doors: {
      ...doors,
      orders: office.doors,
      staff: {
        ...doors.staff,
        signIn: async () => ({ secret: 'secret', member: member as Member }),
        who: async () => ({ member: member as Member, session: 'session' }),
      },
    },
  })
  const browser = await openBrowser()

  return {
    folder,
    texts,
    database,
    office,
    url: desk.url,
    /** Somebody rings now, and is not answered yet. */
    rings: (call: string, caller: string) =>
      database.execute(sql`
        insert into calls (id, line, direction, caller, called, invited_at)
        values (${call}, 'sip', 'in', ${caller}, '12345', ${new Date().toISOString()})`),
    /** @param timezoneId where the device is; where this machine is when absent. */
    async newPage(timezoneId?: string): Promise<Page> {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId })
      page.setDefaultTimeout(9000)
      return page
    },
    async signsIn(page: Page, as: Member, path = '/orders'): Promise<void> {
      member = as
      await page.goto(`${desk.url}${path}`)
      await page.getByLabel('登录名').fill(as.name)
      await page.getByLabel('密码').fill('a long password')
      await page.keyboard.press('Enter')
      await page.getByText(as.display).waitFor()
    },
    async close() {
      await browser.close()
      await desk.close()
      await office.screens.close()
      await jobs.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
