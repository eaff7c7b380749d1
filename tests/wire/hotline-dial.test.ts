/** `jieting dial` rings someone outside through a trunk, and runs a flow on the call. */
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort, hasBaresip, startBaresip } from '../support/baresip.ts'
import { runHotline } from '../support/running-hotline.ts'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { trunkThatAsks } from '../support/sipp-scenarios.ts'
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

describe('jieting dial', { timeout: 120_000 }, () => {
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

  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  /** RFC 2617, section 3.2.2.1, without qop: nothing of it is left to chance. */
  const proof = (uri: string) => md5(`${md5('jieting:trunk.example:a-word')}:4711:${md5(`INVITE:${uri}`)}`)

  it.skipIf(!hasSipp && !isCi)('shows its password to a trunk that asks, with 401 or with 407', async () => {
    const port = await freePort()
    const hotline = await start({
      SIP_TRUNK: `sip:127.0.0.1:${port}`,
      SIP_TRUNK_USER: 'jieting',
      SIP_TRUNK_PASSWORD: 'a-word',
      MEDIA_TIMEOUT_SECONDS: '5',
    })
    const shown = `response=.${proof(`sip:+8613800138000@127.0.0.1:${port}`)}`
    for (const [status, header] of [
      [401, 'Authorization'],
      [407, 'Proxy-Authorization'],
    ] as const) {
      const trunk = runSipp(trunkThatAsks(status, header, shown), hotline.sip, [
        // So long only where the start of a command takes its time; the test's own limit ends it otherwise.
        ...['-p', String(port), '-m', '1', '-timeout', '110'],
      ])
      const dialed = await hotline.jieting('dial', '+8613800138000', '--flow', 'hotline')
      expect([status, dialed.code, dialed.err]).toEqual([status, 0, ''])
      expect([status, await trunk]).toEqual([status, 0])
    }
  })
})
