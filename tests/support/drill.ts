import { afterAll, afterEach, beforeAll } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { runHotline } from './running-hotline.ts'
import { startTestMedia } from './sip-house.ts'

/**
 * What each test of a drill stands on: sound for its callers, and hotlines that are ended with whatever else it opened,
 * the last first.
 */
export function setUpDrill() {
  const open: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close()
  })
  let media: MediaPool
  beforeAll(async () => {
    media = await startTestMedia([20_000, 20_999])
  })
  afterAll(() => media.close())

  return {
    open,
    media: () => media,
    async start(env: Readonly<Record<string, string>>) {
      const hotline = await runHotline({ LOG_LEVEL: 'error', CALLBACK_ABANDONED_SECONDS: '1', ...env })
      open.push(async () => {
        hotline.kill('SIGKILL')
        await hotline.exited
      })
      return hotline
    },
  }
}
