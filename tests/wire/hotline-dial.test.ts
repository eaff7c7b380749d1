/** `jieting dial` rings someone outside through a trunk, and runs a flow on the call. */
import { afterEach, describe, expect, it } from 'vitest'
import { hasBaresip, startBaresip } from '../support/baresip.ts'
import { runHotline } from '../support/running-hotline.ts'
import { chirp } from '../support/sounds.ts'

const isCi = process.env.CI === 'true'
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
const start = async (env: Record<string, string>) => {
  const hotline = await runHotline(env)
  open.push(hotline.close)
  return hotline
}

describe('jieting dial', { timeout: 60_000 }, () => {
  it.skipIf(!hasBaresip && !isCi)('lets a baresip hear the flow, and ends when it hangs up', async () => {
    const phone = await startBaresip({
      user: '+8613800138000',
      codec: 'pcma',
      says: chirp(400, 3000, 300),
      answers: true,
    })
    open.push(phone.close)
    const hotline = await start({ SIP_TRUNK: phone.contact.replace(/sip:.*@/, 'sip:') })
    const dialed = await hotline.jieting('dial', '+8613800138000', '--flow', 'hotline')
    expect([dialed.code, dialed.err]).toEqual([0, ''])
    await expect.poll(async () => (await phone.heard()).length, { timeout: 15_000 }).toBeGreaterThan(8_000)
    phone.order('hangup')
    await expect
      .poll(async () => (await hotline.facts('out')).map(({ kind }) => kind), { timeout: 10_000 })
      .toEqual(expect.arrayContaining(['invited', 'answered', 'flow', 'prompt', 'ended']))
    expect((await phone.heard()).some(sample => Math.abs(sample) > 1_000)).toBe(true)
  })
})
