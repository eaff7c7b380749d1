/** What callers, their exchange and the operator meet when the hotline is told to stop, or dies. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MediaPool } from '../../src/media/index.ts'
import { freePort } from '../support/baresip.ts'
import { openPagePhone } from '../support/page-phone.ts'
import { type CallShown, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { headerOf, statusOf } from '../support/sip-message.ts'
import { plugInPhone } from '../support/sip-phone.ts'
import { ringThrough } from '../support/twilio.ts'
import { openTwilioRest } from '../support/twilio-rest.ts'

const patience = { timeout: 20_000, interval: 50 }
let media: MediaPool
beforeAll(async () => {
  media = await startTestMedia([27_000, 27_999])
})
afterAll(() => media.close())

it('takes no new calls at SIGTERM, lets one that is up come to its end, and leaves with 0', async () => {
  const hotline = await runHotline({ DRAIN_SECONDS: '60' })
  const phone = await plugInPhone(hotline.sip, media)
  const call = await phone.ring('12345')
  expect(statusOf(await call.final)).toBe(200)

  hotline.kill('SIGTERM')
  const ready = () => fetch(`${hotline.url}/readyz`).then(answer => answer.status)
  await expect.poll(ready, patience).toBe(503)
  const said = await (await fetch(`${hotline.url}/readyz`)).json()
  expect(said).toMatchObject({
    ready: false,
    parts: expect.arrayContaining([expect.objectContaining({ part: 'hotline', up: false })]),
  })
  const options = await phone.request('OPTIONS', [], 'sip:12345@127.0.0.1')
  expect([statusOf(options), headerOf(options, 'retry-after')]).toEqual([503, '5'])
  const late = await (await phone.ring('12345')).final
  expect([statusOf(late), headerOf(late, 'retry-after')]).toEqual([503, '5'])

  let isOver = false
  void call.ended.then(() => {
    isOver = true
  })
  expect(isOver).toBe(false)
  call.hangup()
  expect(await hotline.exited).toBe(0)
  await phone.close()
}, 120_000)

it('tells every caller with a BYE when the time that an operator gives is over, or is cut short', async () => {
  for (const [seconds, hurries] of [
    ['1', false],
    ['3600', true],
  ] as const) {
    const hotline = await runHotline({ DRAIN_SECONDS: seconds })
    const phone = await plugInPhone(hotline.sip, media)
    const calls = await Promise.all([phone.ring('12345'), phone.ring('12345')])
    for (const call of calls) expect(statusOf(await call.final)).toBe(200)
    hotline.kill('SIGTERM')
    if (hurries) {
      await expect
        .poll(() => fetch(`${hotline.url}/readyz`).then(answer => answer.status), patience)
        .toBe(503)
      hotline.kill('SIGTERM')
    }
    await Promise.all(calls.map(call => call.ended))
    expect(await hotline.exited).toBe(0)
    await phone.close()
  }
}, 180_000)

it('tells web pages and Twilio that their calls are over, and waits for no page that hangs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const port = await freePort()
  const accountSid = `AC${'7'.repeat(32)}`
  const twilio = {
    deskUrl: `http://127.0.0.1:${port}`,
    publicUrl: 'https://hotline.example',
    authToken: 'a-token',
  }
  const rest = await openTwilioRest(twilio, accountSid)
  const settings = {
    DATA_DIR: folder,
    HTTP_PORT: String(port),
    PUBLIC_URL: twilio.publicUrl,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_CALLER_ID: '+861012345',
    TWILIO_API_URL: rest.url,
    DRAIN_SECONDS: '0',
  }
  const first = await runHotline(settings)
  const [page, hung] = await Promise.all(
    [1, 2].map(() => openPagePhone(`${twilio.deskUrl.replace('http', 'ws')}/phone/line`)),
  )
  for (const each of [page, hung]) each?.ring('12345')
  expect(await Promise.all([page?.answered, hung?.answered])).toEqual([true, true])
  const { stream } = await ringThrough(twilio)
  const dialling = first.jieting('dial', '+8613800138000', '--flow', 'hotline')
  await rest.rung.take()
  // As on a computer that was closed: nothing of its connection moves any more.
  hung?.socket.pause()
  await expect.poll(async () => (await first.facts()).map(({ kind }) => kind), patience).toContain('flow')

  first.kill('SIGTERM')
  await page?.ended
  await stream?.ended
  expect(await first.exited).toBe(0)
  expect(page?.told.map(({ kind }) => kind)).toContain('ended')
  expect(rest.calls().map(({ status }) => status)).toEqual(['canceled'])
  expect(await dialling).not.toMatchObject({ code: 0 })
  hung?.socket.terminate()

  const second = await runHotline(settings)
  const { calls } = await second.api<{ calls: readonly { id: string; direction: string; line: string }[] }>(
    '/calls',
  )
  const ends = await Promise.all(
    calls
      .filter(({ direction }) => direction === 'in')
      .map(async ({ id, line }) => {
        const { timeline } = await second.api<CallShown>(`/calls/${id}`)
        const kinds = timeline.flatMap(({ fact }) =>
          fact.kind === 'cut' || fact.kind === 'ended' ? [fact.kind, fact.by] : [],
        )
        return [line, ...kinds]
      }),
  )
  // Wherever they were by then.
  const cutOff = ['cut', undefined, 'ended', 'us']
  expect(ends.sort()).toEqual([
    ['browser', ...cutOff],
    ['browser', ...cutOff],
    ['twilio', ...cutOff],
  ])
  await second.close()
  await rest.close()
  await rm(folder, { recursive: true })
}, 180_000)

it('tells who waits that they keep their place, later what to do, and knows afterwards whom it cut off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const first = await runHotline({ DATA_DIR: folder, DRAIN_SECONDS: '16' })
  const phone = await plugInPhone(first.sip, media)
  const citizen = await phone.ring('12345')
  expect(statusOf(await citizen.final)).toBe(200)
  citizen.port.sendKey('0')
  const told = async () => (await first.facts()).flatMap(fact => (fact.kind === 'prompt' ? [fact.text] : []))
  await expect.poll(() => first.facts(), patience).toContainEqual(expect.objectContaining({ kind: 'queued' }))
  first.kill('SIGTERM')
  await expect.poll(told, patience).toContain('系统即将重启，您的排队位置已保留，请不要挂机。')
  await expect.poll(told, patience).toContain('很抱歉，系统现在要重启，请您过几分钟再拨。')
  await citizen.ended
  expect(await first.exited).toBe(0)

  const second = await runHotline({ DATA_DIR: folder })
  const facts = await second.facts()
  expect(facts.filter(({ kind }) => kind === 'cut' || kind === 'ended')).toEqual([
    { kind: 'cut', at: 'queue' },
    expect.objectContaining({ kind: 'ended', by: 'us' }),
  ])
  expect(second.printed()).not.toMatch(/上次中断/)
  await second.close()
  await phone.close()
  await rm(folder, { recursive: true })
}, 180_000)
