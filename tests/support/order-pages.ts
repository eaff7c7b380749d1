/** `/orders` over the real orders, for whoever signs in, in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import {
  createCatalogueBook,
  createLiveCatalogue,
  openCatalogueEditions,
  proveCatalogue,
} from '../../src/catalogue/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createKinds } from '../../src/drafts/kinds.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues } from '../../src/hall/rooms.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { createLiveRules, dispatchSubject } from '../../src/orders/index.ts'
import { openRulebook } from '../../src/rulebook/index.ts'
import type { Member } from '../../src/staff/api.ts'
import { sql } from '../../src/storage/index.ts'
import { createWeb, everybodyIs, noDrafts } from '../http/house.ts'
import { givesPassword, openBrowser } from './browser.ts'
import { openTables } from './hotline.ts'
import { openTestOrders } from './order-desk.ts'
import { shippedCatalogue } from './shipped-catalogue.ts'

export type OrderPages = Awaited<ReturnType<typeof openOrderPages>>

export async function openOrderPages({
  closings,
}: Pick<Parameters<typeof openTestOrders>[0], 'closings'> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const texts: string[] = []
  const database = await openTables()
  const shared = { database, clock: systemClock, log: silentLog }
  const jobs = openJobs({ ...shared, queues })
  const automatic = { kinds: { '': 0.9 }, share: 1 }
  const office = await openTestOrders({ ...shared, jobs, dataDir: folder, texts, automatic, closings })
  const live = createLiveCatalogue(await shippedCatalogue())
  const { rules } = office.orders
  const districts = exampleCity.districts.map(({ name }) => name)
  const kinds = createKinds({ catalogue: live, units: rules.units })
  const editions = await openCatalogueEditions({
    ...shared,
    live,
    prove: catalogue =>
      proveCatalogue(catalogue, {
        districts,
        units: new Set(rules.units.keys()),
        categories: new Set(rules.categories.keys()),
      }),
  })
  const places = new Map(exampleCity.districts.map(({ name }) => [name, []]))
  const ofDispatch = { catalogue: live, places, dateAt: () => '2026-01-05' }
  const rulebook = await openRulebook({
    ...shared,
    subjects: [dispatchSubject(createLiveRules(rules), 'dispatch.json', ofDispatch)],
  })
  let member: Member = { name: 'nobody', display: '', role: 'seat' }
  const desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
    apiToken: 'x'.repeat(24),
    pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    mounts: { sockets: office.orders.sockets, requests: [] },
    ...createWeb({
      orders: office.orders,
      drafts: { ...noDrafts, kinds },
      catalogueBook: createCatalogueBook({ catalogue: live, districts, rules }),
      editions,
      rulebook,
      staff: everybodyIs(() => member),
    }).web,
  })
  const browser = await openBrowser()

  return {
    folder,
    texts,
    database,
    office,
    url: desk.url,
    /** Triage is sure of it, and its city lets such go. */
    async goesByItself(number: string): Promise<void> {
      const [kind] = live.kinds.values()
      if (!kind) throw new Error('a catalogue without a kind')
      const found = [{ object: kind.object, sure: 1, why: [], kinds: [kind] }]
      office.orders.dispatching.judgeBy(async () => () => ({ isUnsure: false, found }))
      const handler = office.orders.handlers.find(({ queue }) => queue.name === 'order-dispatch')
      const job = { data: { order: number }, id: number, tries: 1, signal: new AbortController().signal }
      await handler?.work({ ...job, settle: async () => undefined })
    },
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
      await givesPassword(page, as.name)
      await page.getByText(as.display).waitFor()
    },
    async close() {
      await browser.close()
      await desk.close()
      await editions.close()
      await rulebook.close()
      await office.orders.close()
      await jobs.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
