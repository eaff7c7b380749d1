/** A hotline without a database takes calls all the same, and says where, why and what mends it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import { type CallShown, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { plugInPhone } from '../support/sip-phone.ts'

let media: MediaPool
let folder: string
beforeAll(async () => {
  media = await startTestMedia([28_000, 28_999])
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterAll(async () => {
  await media.close()
  await rm(folder, { recursive: true })
})

type Part = { readonly part: string; readonly up: boolean; readonly reason?: string }

it.each<readonly [what: string, lay: () => Promise<Record<string, string>>, says: RegExp]>([
  [
    'a server that cannot be reached',
    async () => ({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: join(folder, 'one') }),
    /no connection/,
  ],
  [
    'a folder that is damaged',
    async () => {
      await mkdir(join(folder, 'two', 'database', 'base'), { recursive: true })
      await writeFile(join(folder, 'two', 'database', 'PG_VERSION'), '18\n')
      return { DATA_DIR: join(folder, 'two') }
    },
    /two\/database: it is damaged.*mv .*two\/database .*\.broken/s,
  ],
])(
  'answers with %s',
  async (_what, lay, says) => {
    const hotline = await runHotline({ ...(await lay()), LOG_LEVEL: 'silent' })
    const phone = await plugInPhone(hotline.sip, media)
    try {
      expect(hotline.printed()).toMatch(says)
      expect(hotline.printed()).toMatch(/no database, calls are taken all the same/)
      const call = await phone.ring('12345')
      expect(statusOf(await call.final)).toBe(200)
      const { ready, parts } = (await (await fetch(`${hotline.url}/readyz`)).json()) as {
        readonly ready: boolean
        readonly parts: readonly Part[]
      }
      expect(ready).toBe(true)
      expect(parts.find(({ part }) => part === 'database')).toMatchObject({
        up: false,
        reason: expect.stringMatching(says),
      })
      const headers = { authorization: 'Bearer a-token-that-only-the-tests-know' }
      const orders = await fetch(`${hotline.url}/api/orders`, { headers })
      expect(orders.status).toBe(503)
      call.hangup()
      await call.ended
    } finally {
      await hotline.close()
      await phone.close()
    }
  },
  120_000,
)

it.skipIf(lacksPostgres)(
  'loses no caller when PostgreSQL is killed under them, and owes each who waited one callback once it is back',
  async () => {
    const server = await startPostgres()
    const hotline = await runHotline({
      DATABASE_URL: server.url,
      DATA_DIR: join(folder, 'killed'),
      CALLBACK_ABANDONED_SECONDS: '0',
      LOG_LEVEL: 'error',
    })
    const phone = await plugInPhone(hotline.sip, media)
    try {
      const ring = async (digit: number) => {
        const call = await phone.ring('12345', { from: `137000000${String(digit).padStart(2, '0')}` })
        expect(statusOf(await call.final)).toBe(200)
        return call
      }
      const ids = async () => (await hotline.api<{ calls?: readonly { id: string }[] }>('/calls')).calls ?? []
      const facts = async () =>
        Promise.all(
          (await ids()).map(async ({ id }) =>
            (await hotline.api<CallShown>(`/calls/${id}`)).timeline.map(({ fact }) => fact),
          ),
        )
      const count = async (kind: string) =>
        (await facts()).filter(all => all.some(fact => fact.kind === kind)).length
      const patience = { timeout: 30_000, interval: 200 }
      const calls = await Promise.all(Array.from({ length: 20 }, (_, digit) => ring(digit)))
      for (const call of calls.slice(0, 10)) call.port.sendKey('0')
      await expect.poll(() => count('queued'), patience).toBe(10)

      await server.kill()
      // Who waits gives up, who rings now waits, and the others stay.
      for (const call of calls.slice(0, 5)) call.hangup()
      const late = await ring(20)
      late.port.sendKey('0')
      const ready = async () =>
        (await (await fetch(`${hotline.url}/readyz`)).json()) as { parts: readonly Part[] }
      await expect
        .poll(async () => (await ready()).parts.find(({ part }) => part === 'database')?.up, patience)
        .toBe(false)
      let lost = 0
      for (const call of [...calls.slice(5), late]) void call.ended.then(() => lost++)
      late.hangup()
      await server.start()

      await expect.poll(() => count('queued'), patience).toBe(11)
      await expect.poll(() => count('ended'), patience).toBe(6)
      expect(lost).toBe(1)
      const owed = async () => {
        const { callbacks } = await hotline.api<{ callbacks: readonly { number: string }[] }>('/callbacks')
        return callbacks.map(({ number }) => number).sort()
      }
      const gaveUp = ['00', '01', '02', '03', '04', '20'].map(end => `+86137000000${end}`)
      await expect.poll(owed, patience).toEqual(gaveUp)
      for (const call of calls.slice(5)) call.hangup()
      await expect.poll(() => count('ended'), patience).toBe(21)
      await expect.poll(async () => (await owed()).length, patience).toBe(11)
    } finally {
      await hotline.close()
      await phone.close()
      await server.remove()
    }
  },
  180_000,
)
