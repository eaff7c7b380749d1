/** The front desk with the real staff and the real orders behind it, over real HTTP: for who tries what they may not. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { type SocketMount, silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues } from '../../src/hall/rooms.ts'
import { accountRoutes } from '../../src/http/account/routes.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { keyRoutes } from '../../src/http/keys/routes.ts'
import { erasureRoutes } from '../../src/http/orders/erasure.ts'
import { evidenceRoutes } from '../../src/http/orders/evidence.ts'
import { orderRoutes } from '../../src/http/orders/routes.ts'
import { programRoutes } from '../../src/http/programs/routes.ts'
import { staffRoutes } from '../../src/http/staff/routes.ts'
import { trailRoutes } from '../../src/http/trail/routes.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { type Member, openPrograms, openStaff, type StaffOptions } from '../../src/staff/index.ts'
import { openTrail } from '../../src/trail/index.ts'
import { apiToken, createWeb, noKeys } from '../http/house.ts'
import { openTables } from './hotline.ts'
import { testKeys, testLedger } from './ledger.ts'
import { openTestOrders } from './order-desk.ts'
import { usualPassword, visitorsOf } from './visitors.ts'

/** @param sockets of other rooms, served beside those of orders @param ofStaff what the city asks of its members */
export async function openGuardedHouse(
  members: readonly Member[],
  sockets: readonly SocketMount[] = [],
  ofStaff: Partial<StaffOptions> = {},
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const database = await openTables()
  const shared = { database, clock: systemClock, log: silentLog }
  const jobs = openJobs({ ...shared, queues })
  const texts: string[] = []
  const { orders, orderDesk } = await openTestOrders({ ...shared, jobs, dataDir, texts })
  const staff = openStaff({ ...shared, ledger: testLedger, ...ofStaff })
  const programs = openPrograms({ ...shared, ledger: testLedger })
  const trail = openTrail({ ...shared, ledger: testLedger, key: testKeys.mark, keptDays: 183, mostLooks: 20 })
  for (const member of members) await staff.add({ ...member, password: usualPassword }, 'admin')
  const ofOrders = {
    orders,
    staff,
    desk: { seats: () => [] },
    calendar: createCalendar(exampleCity),
    clock: systemClock,
    timeZone: exampleCity.timeZone,
  }
  const { web } = createWeb({ staff, trail, programs })
  const desk = await openFrontDesk({
    ...web,
    apiToken,
    log: silentLog,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    api: [
      orderRoutes(ofOrders),
      erasureRoutes({ orders, staff }),
      evidenceRoutes(ofOrders),
      staffRoutes({ staff }),
      accountRoutes({ staff }),
      programRoutes({ programs }),
      keyRoutes({ keys: noKeys }),
      trailRoutes({ trail }),
    ],
    mounts: { sockets: [...orders.sockets, ...sockets], requests: [] },
  })

  return {
    url: desk.url,
    staff,
    programs,
    trail,
    orders,
    orderDesk,
    database,
    jobs,
    texts,
    ...visitorsOf(desk.url),
    async close() {
      await desk.close()
      await trail.close()
      await staff.close()
      await orders.close()
      await jobs.close()
      await database.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
export type GuardedHouse = Awaited<ReturnType<typeof openGuardedHouse>>
