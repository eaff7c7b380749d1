/** What pages, and programs that pass for pages, send to the line that answers them. */
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Call } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { openPageHouse, openPagePhone } from '../support/page-phone.ts'

let house: Awaited<ReturnType<typeof openPageHouse>>
beforeAll(async () => {
  house = await openPageHouse()
})
afterAll(() => house.close())

const closeOf = async (socket: WebSocket) => {
  const [code, reason] = await once(socket, 'close')
  return [code, String(reason)]
}
const dialSeat = () => house.line.dial({ kind: 'seat', name: 's1', contact: 'browser:s1' }, { ringMs: 5_000 })
const nothingIsOpen = () => expect.poll(() => house.line.size() + house.media.size()).toBe(0)

it.each([
  ['text that is no JSON', 'hello'],
  ['JSON that is no message', '{"kind":"ring","to":"+1 900 call me"}'],
  ['a message of no known kind', '{"kind":"dial","number":"112"}'],
  ['a frame of odd length', new Uint8Array(163)],
  ['no bytes at all', new Uint8Array(0)],
])('closes a page that sends %s, in the midst of its call', async (_, message) => {
  const before = house.line.figures().malformed
  const phone = await openPagePhone(house.callerUrl)
  phone.ring('12345')
  const call = (await house.calls.take()) as Call
  await call.answer()
  phone.socket.send(message)
  expect(await closeOf(phone.socket)).toEqual([1008, 'malformed'])
  expect(await call.ended).toMatchObject({ by: 'them' })
  expect(house.line.figures().malformed).toBe(before + 1)
  await nothingIsOpen()
})

it('takes a call whose page names no language, or one that is no tag', async () => {
  for (const language of [undefined, 'en', '; drop', 'x'.repeat(500), 7]) {
    const phone = await openPagePhone(house.callerUrl)
    phone.send({ kind: 'ring', to: '12345', language })
    const call = (await house.calls.take()) as Call
    expect(call.language).toBe(language === 'en' ? 'en' : undefined)
    phone.hangup()
    await call.ended
  }
  await nothingIsOpen()
})

it('closes a page that floods, and its call with it', async () => {
  const phone = await openPagePhone(house.callerUrl)
  phone.ring('12345')
  const call = (await house.calls.take()) as Call
  await call.answer()
  const closed = closeOf(phone.socket)
  for (let frames = 0; frames < 2_000; frames++) phone.socket.send(new Uint8Array(164))
  expect(await closed).toEqual([1008, 'flood'])
  await call.ended
  expect(house.line.figures().flood).toBe(1)
  await nothingIsOpen()
})

it('takes one ring a page, and no more pages from one address than people would open', async () => {
  const phone = await openPagePhone(house.callerUrl)
  phone.ring('12345')
  phone.ring('12345')
  const call = (await house.calls.take()) as Call
  await call.answer()
  await phone.answered
  expect(house.calls.size).toBe(0)
  const more = await Promise.all(Array.from({ length: 7 }, () => openPagePhone(house.callerUrl)))
  const tooMany = new WebSocket(house.callerUrl)
  expect(await closeOf(tooMany)).toEqual([1013, 'full'])
  for (const page of [...more, phone]) page.close()
  await call.ended
  await nothingIsOpen()
})

it('refuses a page that someone else serves', async () => {
  const stolen = new WebSocket(house.callerUrl, { origin: 'https://elsewhere.example' })
  const [error] = await once(stolen, 'error')
  expect(String(error)).toContain('403')
})

it('clears what was not heard when a prompt is stopped', async () => {
  const phone = await openPagePhone(house.callerUrl)
  phone.ring('12345')
  const call = (await house.calls.take()) as Call
  await call.answer()
  const stop = new AbortController()
  const playing = call.play([soundOfMark('low', 5_000)], { signal: stop.signal })
  await phone.hears('low')
  stop.abort()
  expect(await playing).toBe('stopped')
  await expect.poll(() => phone.told.map(({ kind }) => kind)).toContain('clear')
  await call.hangup()
  await phone.ended
  await nothingIsOpen()
})

it('keeps a call for a seat whose page is loaded anew, and lets it go on there', async () => {
  const before = await openPagePhone(house.seatUrl)
  const leg = dialSeat()
  ;(await before.rings()).accept()
  const call = await leg
  const told: string[] = []
  call.presence?.on('away', () => told.push('away'))
  call.presence?.on('back', () => told.push('back'))
  before.close()
  await expect.poll(() => told).toEqual(['away'])
  const after = await openPagePhone(house.seatUrl)
  await expect.poll(() => told).toEqual(['away', 'back'])
  expect(await after.answered).toBe(true)
  const heard = after.hears('high')
  await Promise.all([call.play([soundOfMark('high', 400)]), heard])
  // Another page of the same seat takes it over without a break.
  const closed = closeOf(after.socket)
  const third = await openPagePhone(house.seatUrl)
  expect(await third.answered).toBe(true)
  expect(await closed).toEqual([4000, 'another page'])
  expect(told).toHaveLength(2)
  third.hangup()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  third.close()
  await nothingIsOpen()
})

it('ends a call whose seat does not come back', { timeout: 20_000 }, async () => {
  const phone = await openPagePhone(house.seatUrl)
  const leg = dialSeat()
  ;(await phone.rings()).accept()
  const call = await leg
  phone.close()
  expect(await call.ended).toMatchObject({ by: 'failure', reason: 'signalling-lost' })
  await expect(dialSeat()).rejects.toMatchObject({ code: 'unreachable' })
  await nothingIsOpen()
})

/** A caller's page that is in a call, and what brings another into it. */
async function callerInCall() {
  const phone = await openPagePhone(house.callerUrl)
  phone.ring('12345')
  const call = (await house.calls.take()) as Call
  await call.answer()
  await phone.answered
  const { key } = phone.told.find(({ kind }) => kind === 'answered') as { key: string }
  return { phone, call, key }
}

it('keeps a caller’s call while their network changes, and lets nobody in but by its key', async () => {
  const { phone, call, key } = await callerInCall()
  phone.close()
  const stranger = await openPagePhone(house.callerUrl)
  const sentAway = closeOf(stranger.socket)
  stranger.send({ kind: 'resume', key: 'a key that was guessed' })
  expect(await sentAway).toEqual([1008, 'over'])
  const back = await openPagePhone(house.callerUrl)
  back.send({ kind: 'resume', key })
  expect(await back.answered).toBe(true)
  back.press('0')
  expect(await call.keys.take()).toMatchObject({ key: '0' })
  const heard = back.hears('high')
  await Promise.all([call.play([soundOfMark('high', 400)]), heard])
  back.hangup()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  const late = await openPagePhone(house.callerUrl)
  late.send({ kind: 'resume', key })
  await late.ended
  expect(late.told).toEqual([{ kind: 'ended', reason: 'hung-up' }])
  await nothingIsOpen()
})

it('ends the call of a caller who does not come back, and forgets them', { timeout: 30_000 }, async () => {
  const { phone, call } = await callerInCall()
  phone.close()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  await nothingIsOpen()
})
