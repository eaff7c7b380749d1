/** Three on a call of the running product, the third at a baresip: each says its own tone, and is found, or not, in what the others heard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Baresip, hasBaresip, startBaresip } from '../support/baresip.ts'
import {
  becomes,
  type Conference,
  type Ear,
  hearing,
  openConference,
  voiceOf,
} from '../support/conference.ts'
import { longestSilenceMs } from '../support/heard.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'

const canRun = hasBaresip || process.env.CI === 'true'

describe.skipIf(!canRun)('a third at a telephone of another maker (baresip)', { timeout: 60_000 }, () => {
  let third: Baresip
  let hotline: RunningHotline
  let conference: Conference
  beforeAll(async () => {
    third = await startBaresip({ user: '120', codec: 'pcmu', says: voiceOf('t'), answers: true })
    hotline = await runHotline({
      SEAT_WRAP_UP_SECONDS: '0',
      SIP_TRUNK: third.contact.replace('120@', ''),
      RECORD_CALLS: 'on',
    })
    conference = await openConference(hotline)
  }, 180_000)
  afterAll(async () => {
    await conference?.close()
    await hotline?.close()
    await third?.close()
  })

  it('is heard by whom the state draws, at every step, and nobody hears silence', async () => {
    const { asks, isIn, meet } = conference
    const chief = await conference.supervisor('chief', 'b')
    const { caller, seat } = await meet()
    const ears: Record<string, Ear> = { c: caller, s: seat }
    const heard = (all: string) => becomes(() => hearing(ears), all)
    await heard('c:s s:c')

    asks({ kind: 'ask-in', number: '120' })
    await isIn('consulting')
    ears.t = third
    await heard('c:x s:t t:s')
    asks({ kind: 'swap' })
    await heard('c:s s:c t:x')
    asks({ kind: 'join' })
    // Whoever is told something hears the others beneath it.
    await heard('c:stx s:ct t:csx')
    await heard('c:st s:ct t:cs')
    asks({ kind: 'mute', party: 'third', isMuted: true })
    await heard('c:s s:c t:cs')
    asks({ kind: 'mute', party: 'third', isMuted: false })
    asks({ kind: 'hold' })
    await heard('c:x s:t t:s')
    asks({ kind: 'join' })
    const [listened, b] = await Promise.all([chief.supervises('listening'), chief.answers()])
    expect(listened).toBe(204)
    await heard('c:st s:ct t:cs')
    ears.b = b
    await heard('c:st s:ct t:cs b:cst')
    await chief.supervises('whispering')
    await heard('c:st s:ctb t:cs b:cst')
    await chief.supervises('speaking')
    await heard('c:stb s:ctb t:csb b:cst')
    b.call.hangup()
    delete ears.b
    await heard('c:st s:ct t:cs')
    asks({ kind: 'drop' })
    await third.happens('CALL_CLOSED')
    delete ears.t
    await heard('c:s s:c')
    for (const ear of [caller, seat, third, b]) expect(longestSilenceMs(await ear.heard())).toBeLessThan(500)
    caller.call.hangup()
    await seat.call.ended
  })

  it('is told of the recording as the agent leaves the caller to them, and so is the caller whom they have now', async () => {
    const { asks, isIn, meet } = conference
    const { caller, seat } = await meet()
    asks({ kind: 'ask-in', number: '120' })
    await isIn('consulting')
    await becomes(() => hearing({ t: third }), 't:s')
    asks({ kind: 'leave' })
    await seat.call.ended
    for (const told of ['c:tx t:cx', 'c:t t:c']) await becomes(() => hearing({ c: caller, t: third }), told)
    for (const ear of [caller, seat, third]) expect(longestSilenceMs(await ear.heard())).toBeLessThan(500)
    caller.call.hangup()
    await third.happens('CALL_CLOSED')
  })
})
