/** The product rings someone through Twilio, as an operator set it up. */
import { afterEach, expect, it } from 'vitest'
import { freePort } from '../support/baresip.ts'
import { runHotline } from '../support/running-hotline.ts'
import { addReadySeat } from '../support/seats.ts'
import { openTwilioRest } from '../support/twilio-rest.ts'

const accountSid = `AC${'7'.repeat(32)}`
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

it('rings a citizen and a seat’s telephone through Twilio, where there is no trunk', async () => {
  const port = await freePort()
  const deskUrl = `http://127.0.0.1:${port}`
  const twilio = { deskUrl, publicUrl: 'https://hotline.example', authToken: 'a-token-of-twilio' }
  const rest = await openTwilioRest(twilio, accountSid)
  open.push(rest.close)
  const hotline = await runHotline({
    HTTP_PORT: String(port),
    PUBLIC_URL: twilio.publicUrl,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CALLER_ID: '+861012345',
    TWILIO_API_URL: rest.url,
  })
  open.push(hotline.close)
  await addReadySeat(hotline, 's1', 'tel:+8613900139000')

  const dialling = hotline.jieting('dial', '+8613800138000', '--flow', 'hotline')
  const citizen = await rest.rung.take()
  citizen?.accept()
  expect(await dialling).toMatchObject({ code: 0, err: '' })
  citizen?.isHeardAs('human')
  citizen?.press('0')
  const seat = await rest.rung.take()
  expect(seat?.order).toMatchObject({ To: '+8613900139000', From: '+861012345' })
  seat?.accept()
  await seat?.answered
  const heard = seat?.hears('high')
  await expect
    .poll(async () => (await hotline.facts('out')).map(({ kind }) => kind), { timeout: 10_000 })
    .toContain('answered')
  citizen?.says('high')
  await heard
  citizen?.hangup()
  await seat?.ended
  const { calls } = await hotline.api<{ calls: readonly { id: string; called: string }[] }>('/calls')
  const call = calls.find(({ called }) => called === '+8613800138000')
  const { timeline } = await hotline.api<{ timeline: readonly { fact: { kind: string } }[] }>(
    `/calls/${call?.id}`,
  )
  expect(timeline.map(({ fact }) => fact.kind)).toEqual(
    expect.arrayContaining(['invited', 'answered', 'answered-by', 'flow', 'key', 'connected', 'ended']),
  )
  expect(rest.faults).toEqual([])
}, 60_000)
