/** The built product with people in it, met over its sockets alone: for whoever tries what they may not. */
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderDetail } from '../../src/orders/api.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import type { Member } from '../../src/staff/index.ts'
import type { TrailEntry, TrailPage } from '../../src/trail/api.ts'
import { hire } from './hire.ts'
import { runHotline, testToken } from './running-hotline.ts'
import { type Answer, usualPassword, visitorsOf } from './visitors.ts'

/** Who a program says that it acts for. */
type Actor = { readonly role: string; readonly person: string; readonly unit?: string }

export type BuiltHouse = Awaited<ReturnType<typeof openBuiltHouse>>

/** @param env settings other than the usual ones, as for `runHotline` */
export async function openBuiltHouse(
  members: readonly Member[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  // What is tried here is warned of, as it should be.
  const hotline = await runHotline({ LOG_LEVEL: 'error', ...env })
  const { program, signsIn } = visitorsOf(hotline.url)
  const root = program(testToken)
  const employ = async (member: Member, by: string | typeof root = testToken) =>
    void (await hire(hotline.url, by, { ...member, password: usualPassword }))
  // From the first administrator on it is administrators who add others.
  const [admin, ...admins] = members.filter(({ role }) => role === 'admin')
  await Promise.all(members.filter(({ role }) => role !== 'admin').map(one => employ(one)))
  if (admin) {
    await employ(admin)
    const first = await signsIn(admin.name)
    await Promise.all(admins.map(one => employ(one, first)))
    await first.delete('/session')
  }

  return {
    ...hotline,
    program,
    signsIn,
    /** The token of the installation. */
    root,
    /** What the program says that others do, as they would. */
    orderDesk: {
      make: async (asked: NewOrderRequest, by: Actor) =>
        done<OrderDetail>(await root.post('/api/orders', { ...asked, by })),
      act: async (number: string, command: OrderCommand, by: Actor) =>
        done<OrderDetail>(await root.post(`/api/orders/${number}/acts`, { ...command, by })),
      show: async (number: string) => done<OrderDetail>(await root.get(`/api/orders/${number}`)),
    },
    /** What the trail says, the latest first. */
    async trail(about: Readonly<Record<string, string>>): Promise<readonly TrailEntry[]> {
      const query = new URLSearchParams({ limit: '1000', ...about })
      return done<TrailPage>(await root.get(`/api/trail?${query}`)).entries
    },
  }
}

function done<Body>(answer: Answer): Body {
  if (answer.status < 300) return answer.json()
  throw new Error(`${answer.status}: ${answer.body}`)
}
