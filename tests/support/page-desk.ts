/** The front desk with the built pages, over rooms as `createWeb` makes them. */
import { join } from 'node:path'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import { createWeb } from '../http/house.ts'

export const openPageDesk = (changes: Parameters<typeof createWeb>[0] = {}): Promise<FrontDesk> =>
  openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
    apiToken: 'x'.repeat(24),
    pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    ...createWeb(changes).web,
  })
