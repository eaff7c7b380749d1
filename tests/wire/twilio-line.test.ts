/** Numbers at Twilio: webhooks, TwiML and streams, against a stand-in that does as Twilio's documents say. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Call } from '../../src/telephony/index.ts'
import { soundOfMark } from '../support/marks.ts'
import { fieldsOf, newSid, openStream, post, ringThrough, sign, type Twilio } from '../support/twilio.ts'
import { openTwilioHouse } from '../support/twilio-house.ts'

let house: Awaited<ReturnType<typeof openTwilioHouse>>
let twilio: Twilio
let line: ReturnType<typeof house.line>
let calls: typeof house.calls
beforeAll(async () => {
  house = await openTwilioHouse()
  ;({ twilio, calls } = house)
  line = house.line()
})
afterAll(() => house.close())

const nothingIsOpen = () => expect.poll(() => line.size() + house.media.size()).toBe(0)
const talking = async () => {
  const ringing = ringThrough(twilio)
  const call = (await calls.take()) as Call
  const answering = call.answer()
  const { stream, ...rest } = await ringing
  await answering
  if (!stream) throw new Error(`no stream in ${rest.twiml}`)
  return { call, stream, ...rest }
}

it('takes a call, carries sound both ways and keys, and ends with it', async () => {
  const { call, stream } = await talking()
  expect(call).toMatchObject({ direction: 'in', caller: '+8613800138000', called: '+861012345' })
  const heard = stream.hears('low')
  expect(await call.play([soundOfMark('low', 300)])).toBe('finished')
  await heard
  stream.press('0')
  expect((await call.keys.take())?.key).toBe('0')
  await new Promise<void>(resolve => {
    const off = call.tap(frame => {
      if (frame.direction !== 'heard' || frame.payload.every(byte => byte === 0xff)) return
      off()
      resolve()
    })
    stream.says('middle')
  })
  stream.hangup()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  await nothingIsOpen()
})

it('clears what was not heard when a key stops a prompt, and hangs up by closing the stream', async () => {
  const { call, stream } = await talking()
  const stop = new AbortController()
  const playing = call.play([soundOfMark('low', 5_000)], { signal: stop.signal })
  await stream.hears('low')
  stop.abort()
  expect(await playing).toBe('stopped')
  await expect.poll(() => stream.cleared.length).toBe(1)
  await call.hangup()
  await stream.ended
  await nothingIsOpen()
})

it('rejects a call that the house does not want', async () => {
  const ringing = ringThrough(twilio)
  const call = (await calls.take()) as Call
  await call.hangup('declined')
  expect((await ringing).twiml).toContain('<Reject reason="rejected"/>')
  await nothingIsOpen()
})

it('answers a webhook that comes again as before, and rings nobody twice', async () => {
  const { call, callSid, stream, twiml } = await talking()
  expect(await (await post(twilio, '/twilio/voice', fieldsOf(callSid))).text()).toBe(twiml)
  await post(twilio, '/twilio/status', fieldsOf(callSid, 'completed'))
  expect(await call.ended).toMatchObject({ by: 'them' })
  await stream.ended
  expect((await post(twilio, '/twilio/voice', fieldsOf(callSid))).status).toBe(200)
  expect((await post(twilio, '/twilio/status', fieldsOf(callSid, 'completed'))).status).toBe(200)
  expect(calls.size).toBe(0)
  await nothingIsOpen()
})

it('takes JSON that is signed by its hash, as Twilio does it', async () => {
  const body = JSON.stringify(fieldsOf(newSid('CA'), 'completed'))
  const path = `/twilio/status?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
  const send = (signed: string) =>
    fetch(twilio.deskUrl + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'X-Twilio-Signature': sign(twilio.authToken, twilio.publicUrl + path, {}),
      },
      body: signed,
    })
  expect((await send(body)).status).toBe(200)
  expect((await send(body.replace('completed', 'busy'))).status).toBe(403)
})

it('does nothing for a webhook that is unsigned, wrongly signed, signed for another address, or no webhook', async () => {
  const before = line.figures()
  const fields = fieldsOf(newSid('CA'))
  const other = sign(twilio.authToken, `http://127.0.0.1/twilio/voice`, fields)
  for (const signature of [
    '',
    'AAAA',
    sign('another secret', `${twilio.publicUrl}/twilio/voice`, fields),
    other,
  ])
    expect((await post(twilio, '/twilio/voice', fields, signature)).status).toBe(403)
  expect((await post(twilio, '/twilio/voice', { CallSid: 'CA1' })).status).toBe(403)
  expect(line.figures()).toMatchObject({ unsigned: before.unsigned + 4, malformed: before.malformed + 1 })
  expect(calls.size).toBe(0)
})

it('passes over events that nobody knows yet, and one that it cannot read', async () => {
  const { call, stream } = await talking()
  const before = line.figures().malformed
  stream.socket.send('{"event":"sentiment","sentiment":{"mood":"calm"}}')
  stream.socket.send('{"event":"dtmf","dtmf":{"digit":"pound"}}')
  stream.socket.send('{"event":"mark","mark":{"name":"x","later":1},"more":[]}')
  stream.press('5')
  expect((await call.keys.take())?.key).toBe('5')
  expect(line.figures().malformed).toBe(before + 1)
  stream.hangup()
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hung-up' })
  await nothingIsOpen()
})

it('passes over fields of a webhook that nobody knows yet, and states of a call', async () => {
  const ringing = ringThrough(twilio)
  const call = (await calls.take()) as Call
  const answering = call.answer()
  const { callSid, stream } = await ringing
  await answering
  const fields = {
    ...fieldsOf(callSid, 'a-state-of-which-nobody-has-heard-before'),
    StirVerstat: 'x'.repeat(300),
  }
  expect((await post(twilio, '/twilio/status', fields)).status).toBe(200)
  expect(call.signal.aborted).toBe(false)
  stream?.hangup()
  await call.ended
  await nothingIsOpen()
})

it.each(['https://city.example/hotline', 'https://city.example/hotline/', 'https://city.example/a/b'])(
  'signs and is found by an address with a path: %s',
  async publicUrl => {
    const under = await openTwilioHouse({ publicUrl, portRange: [38_000, 38_499] })
    const bare = { ...under.twilio, publicUrl: publicUrl.replace(/\/$/, '') }
    const ringing = ringThrough(bare)
    const call = (await under.calls.take()) as Call
    void call.answer()
    const { twiml, stream } = await ringing
    expect(twiml).toContain(`url="${bare.publicUrl.replace('https', 'wss')}/twilio/stream"`)
    stream?.hangup()
    await call.ended
    const atTheRoot = { ...bare, publicUrl: 'https://city.example' }
    expect((await post(atTheRoot, '/twilio/voice', fieldsOf(newSid('CA')))).status).toBe(403)
    await under.close()
  },
)

it('closes a stream without a token, with another call’s, a second one, and one that is no stream', async () => {
  const { call, callSid, token, stream } = await talking()
  const elsewhere = await openStream(twilio, newSid('CA'), token ?? '')
  expect(await elsewhere.ended).toBe(1008)
  expect(await (await openStream(twilio, callSid, '')).ended).toBe(1008)
  expect(await (await openStream(twilio, callSid, token ?? '')).ended).toBe(1008)
  expect(call.signal.aborted).toBe(false)
  stream.socket.send('no JSON')
  expect(await stream.ended).toBe(1008)
  expect(await call.ended).toMatchObject({ by: 'them' })
  await nothingIsOpen()
})
