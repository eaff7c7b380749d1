/** SIPp rings: a telephone that no one here wrote, one call at a time and ten thousand. */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/foundation/index.ts'
import type { Call, CallEnd } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { linesForAll } from '../support/shares.ts'
import { openSipHouse, type SipHouse } from '../support/sip-house.ts'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { callThat, hangUpAfter, pressByCapture, pressByInfo } from '../support/sipp-scenarios.ts'

const capture = '/usr/share/sip-tester/dtmf_2833_0.pcap'
/** Without the tool the tests are skipped by name; where everything has to be there, they fail. */
const canRun = hasSipp || process.env.CI === 'true'

describe.skipIf(!canRun)('SIPp', () => {
  const greeting = soundOfMark('low', 5_000)
  const logged: string[] = []
  const ends: CallEnd[] = []
  let house: SipHouse
  let onCall: (call: Call) => Promise<void>

  beforeAll(async () => {
    house = await openSipHouse({
      portRange: [31_000, 32_700],
      // A transaction is kept for 64 T1 after its answer, 32 s by the usual ones.
      timing: { t1Ms: 150, t2Ms: 1_200, t4Ms: 1_500 },
      shares: linesForAll(200),
      log: createLog('trace', line => logged.push(line)),
      onCall: async call => {
        void call.ended.then(end => ends.push(end))
        await onCall(call)
      },
    })
  })
  afterAll(() => house.close())

  const nothingIsOpen = () =>
    expect
      .poll(() => house.line.size() + house.media.size() + (house.server.sipd?.open().dialogs ?? 0), {
        timeout: 10_000,
      })
      .toBe(0)

  /** Hangs up on whoever presses 0 during the greeting. */
  const hangUpOnZero = async (call: Call) => {
    const stop = new AbortController()
    const playing = call.play([greeting], { loop: true, signal: stop.signal })
    const press = await call.keys.take()
    stop.abort()
    await playing
    if (press?.key === '0') await call.hangup()
  }

  it.skipIf(!existsSync(capture) && process.env.CI !== 'true')(
    'over UDP presses 0 by RFC 4733 during the greeting',
    async () => {
      onCall = hangUpOnZero
      const code = await runSipp(callThat(pressByCapture(capture)), house.sip, [
        '-m',
        '1',
        '-t',
        'u1',
        '-timeout',
        '15',
      ])
      expect(code).toBe(0)
      expect(ends.splice(0)).toMatchObject([{ by: 'us', reason: 'hung-up' }])
      await nothingIsOpen()
    },
  )

  it.each(['u1', 't1'])('over %s presses 0 by INFO during the greeting', async transport => {
    onCall = hangUpOnZero
    const code = await runSipp(callThat(pressByInfo('0')), house.sip, [
      '-m',
      '1',
      '-t',
      transport,
      '-timeout',
      '15',
    ])
    expect(code).toBe(0)
    expect(ends.splice(0)).toMatchObject([{ by: 'us', reason: 'hung-up' }])
    await nothingIsOpen()
  })

  it('makes 10,000 short calls, and nothing is open afterwards', { timeout: 240_000 }, async () => {
    onCall = async call => {
      await call.play([greeting])
    }
    const calls = 10_000
    const code = await runSipp(callThat(hangUpAfter(50)), house.sip, [
      ...['-m', String(calls), '-r', '300', '-l', '60', '-t', 'u1', '-timeout', '200', '-mp', '36000'],
    ])
    expect(code).toBe(0)
    await nothingIsOpen()
    expect(ends).toHaveLength(calls)
    expect(ends.filter(({ by, reason }) => by !== 'them' || reason !== 'hung-up')).toEqual([])
    if (house.server.sipd)
      await expect.poll(() => house.server.sipd?.open().transactions, { timeout: 40_000 }).toBe(0)
    expect(logged.join('')).not.toContain('13800138000')
  })
})
