/** A telephone with real-time text rings the running product: SIP, SDP and text packets over real UDP. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { ToPage } from '../../src/captions/index.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { createRttPhone, type RttPhone } from '../support/rtt-phone.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { addReadySeat } from '../support/seats.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { statusOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from '../support/sip-phone.ts'

const patience = { timeout: 15_000, interval: 50 }
let hotline: RunningHotline
let media: MediaPool
let phone: SipPhone
let seatPhone: SipPhone
let rtt: RttPhone
beforeAll(async () => {
  hotline = await runHotline()
  media = await startTestMedia([25_000, 25_999])
  phone = await plugInPhone(hotline.sip, media)
  seatPhone = await plugInPhone(hotline.sip, media, 's1')
  rtt = await createRttPhone()
  await addReadySeat(hotline, 's1', seatPhone.contact)
}, 60_000)
afterAll(async () => {
  rtt.close()
  await phone.close()
  await seatPhone.close()
  await media.close()
  await hotline.close()
})

/** A seat's screen: the socket that the API names. */
async function openScreen(call: string) {
  const headers = { authorization: 'Bearer a-token-that-only-the-tests-know' }
  const opened = await fetch(`${hotline.url}/api/calls/${call}/captions`, { method: 'POST', headers })
  const { live } = (await opened.json()) as { live: string }
  const socket = new WebSocket(`${hotline.url.replace('http', 'ws')}${live}`)
  const lines = new Map<number, { readonly kind: string; readonly text: string }>()
  socket.on('message', data => {
    const told = JSON.parse(String(data)) as ToPage
    if (told.kind === 'changes') for (const { line } of told.changes) lines.set(line.id, line)
  })
  return {
    typed: () => [...lines.values()].filter(({ kind }) => kind === 'typed').map(({ text }) => text),
    send: (message: object) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  }
}

it('reads the call on the phone from its first word, and what is typed there comes to the seat, in order', async () => {
  const citizen = await phone.ring('12345', { streams: rtt.streams })
  const { body } = await citizen.final
  expect(body).toMatch(/m=text \d+ RTP\/AVP 100 98\r\n/)
  rtt.answered(body)
  // What the house plays, in step with its sound.
  await expect.poll(() => rtt.screen().join(), patience).toContain('热线：您好，12345热线')
  citizen.port.sendKey('0')
  const seat = (await seatPhone.rung.take()) as PhoneCall
  // We offer text to whom we ring, too; this phone has none.
  expect((await seat.final).body).toMatch(/m=text \d+ RTP\/AVP 105 106\r\n/)
  seat.accept()
  await expect.poll(() => rtt.screen(), patience).toContain('已接通 1 号话务员')

  const { call } = (await hotline.newestCall()) ?? { call: { id: '' } }
  const screen = await openScreen(call.id)
  rtt.type('我不能说话\u2028')
  await expect.poll(screen.typed, patience).toEqual(['我不能说话'])
  // Two packets in a row are lost, and no letter.
  const from = 6
  rtt.type('请派人来\u2028', packet => packet === from + 1 || packet === from + 2)
  await expect.poll(screen.typed, patience).toEqual(['我不能说话', '请派人来'])
  // Five are lost: the two that came again with the sixth are there, and a mark stands for the others.
  rtt.type('一二三四五六七', packet => packet >= from + 6 && packet <= from + 10)
  await expect.poll(() => screen.typed().at(-1), patience).toBe('一\ufffd五六七')

  // The seat types: the phone shows it, and takes back what the seat took back.
  screen.send({ kind: 'type', line: 1, text: '请' })
  screen.send({ kind: 'type', line: 1, text: '请慢' })
  screen.send({ kind: 'type', line: 1, text: '请稍' })
  screen.send({ kind: 'type', line: 1, text: '请稍等', done: true })
  await expect.poll(() => rtt.screen(), patience).toContain('话务员：请稍等')

  const facts = (await hotline.facts()).map(({ kind }) => kind)
  expect(facts).toContain('text')
  screen.close()
  citizen.hangup()
  await seat.ended
}, 60_000)

it('refuses text that it cannot take, and answers the sound', async () => {
  const citizen = await phone.ring('12345', {
    streams: ['m=text 9000 RTP/SAVP 98', 'a=rtpmap:98 t140/1000'],
  })
  const { body } = await citizen.final
  expect(body).toMatch(/m=audio \d+ RTP\/AVP 8/)
  expect(body).toMatch(/m=text 0 RTP\/SAVP 98\r\n/)
  citizen.hangup()
  await citizen.ended
})

it('that sends a message in a call is read by the seat, line for line, and told so', async () => {
  const citizen = await phone.ring('12345')
  await citizen.final
  const { call } = (await hotline.newestCall()) ?? { call: { id: '' } }
  const screen = await openScreen(call.id)
  const send = async (type: string, words: string) =>
    statusOf(await citizen.request('MESSAGE', [['Content-Type', type]], words))
  expect(await send('text/plain;charset=UTF-8', '我听不见')).toBe(200)
  expect(await send('Text/Plain', '住在三楼\r\n请派人来')).toBe(200)
  await expect.poll(screen.typed, patience).toEqual(['我听不见', '住在三楼', '请派人来'])
  expect(await send('application/im-iscomposing+xml', '<isComposing/>')).toBe(415)
  expect(screen.typed()).toHaveLength(3)
  screen.close()
  citizen.hangup()
  await citizen.ended
}, 60_000)
