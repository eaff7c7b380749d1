/** A hotline without a database takes calls all the same, and says where, why and what mends it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { runHotline } from '../support/running-hotline.ts'
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
  [
    'a folder that cannot be made',
    async () => ({ DATA_DIR: '/dev/null/data' }),
    /no database in \/dev\/null\/data/,
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
