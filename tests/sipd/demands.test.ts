/** What a request demands that nobody here can do, and what is passed on to the app as it came. */
import { describe, expect, it } from 'vitest'
import { type Dialog, fact, type Req, within } from './app.ts'
import { type Leg, learn, newLeg, request, sdp } from './peer.ts'
import { stage } from './stage.ts'

const all = ['INVITE', 'MESSAGE', 'REGISTER', 'OPTIONS', 'SUBSCRIBE'] as const
const refusing = {
  invite: () => (_req: unknown, res: { send(status: number): void }) => res.send(486),
  message: () => (_req: unknown, res: { send(status: number): void }) => res.send(200),
  register: () => (_req: unknown, res: { send(status: number): void }) => res.send(200),
  options: () => (_req: unknown, res: { send(status: number): void }) => res.send(200),
  subscribe: () => (_req: unknown, res: { send(status: number): void }) => res.send(489),
}

describe.each(all)('%s', method => {
  it.each([
    ['precondition', 'precondition'],
    ['x-unheard-of', 'x-unheard-of'],
    ['timer, precondition,100rel , Replaces', 'precondition, replaces'],
  ])('that requires %s gets 420 with what is not known', async (required, unsupported) => {
    const { server, peer } = await stage(refusing)
    peer.send(request(peer, newLeg(server.sipPort), method, { headers: [`Require: ${required}`] }))
    const refusal = await peer.hear(`420 ${method}`)
    expect(refusal.header('Unsupported')).toBe(unsupported)
  })

  it.each(['timer', '100rel', '100rel, timer', ''])('that requires "%s" is taken', async required => {
    const { server, peer } = await stage(refusing)
    peer.send(request(peer, newLeg(server.sipPort), method, { headers: [`Require: ${required}`] }))
    await peer.hear({ INVITE: '486 INVITE', SUBSCRIBE: '489 SUBSCRIBE' }[method as string] ?? `200 ${method}`)
  })

  it('that wants something of proxies alone is taken', async () => {
    const { server, peer } = await stage(refusing)
    peer.send(request(peer, newLeg(server.sipPort), method, { headers: ['Proxy-Require: sec-agree'] }))
    await peer.hear({ INVITE: '486 INVITE', SUBSCRIBE: '489 SUBSCRIBE' }[method as string] ?? `200 ${method}`)
  })
})

/** A call that was answered. */
async function called() {
  const told = fact<Dialog>()
  const set = await stage({
    invite: app => async (req, res) => told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) })),
  })
  const leg = newLeg(set.server.sipPort)
  set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp() }))
  learn(leg, await set.peer.hear('200 INVITE'))
  set.peer.send(request(set.peer, leg, 'ACK', { headers: ['Require: precondition'] }))
  return { ...set, leg, dialog: await told.come }
}

it('within a call, too, and neither an ACK nor the call is harmed by it', async () => {
  const { server, peer, leg, dialog } = await called()
  peer.send(request(peer, leg, 'INVITE', { body: sdp(), headers: ['Require: precondition'] }))
  expect((await peer.hear('420 INVITE')).header('Unsupported')).toBe('precondition')
  peer.send(request(peer, leg, 'ACK'))
  dialog.on('info', (_, res) => res.send(200))
  peer.send(request(peer, leg, 'INFO'))
  await peer.hear('200 INFO')
  expect(server.open()?.dialogs).toBe(1)
})

describe('a session that is described', () => {
  const invite = async (extra: { type?: string; body: string; headers?: string[] }) => {
    const { server, peer } = await stage(refusing)
    peer.send(request(peer, newLeg(server.sipPort), 'INVITE', extra))
    return peer
  }

  it.each(['text/plain', 'application/sdpx', 'application/pidf+xml'])(
    'in %s gets 415 and what is accepted',
    async type => {
      const peer = await invite({ type, body: 'hello' })
      expect((await peer.hear('415 INVITE')).header('Accept')).toBe('application/sdp')
    },
  )

  it('compressed gets 415 and what is accepted', async () => {
    const peer = await invite({ body: sdp(), headers: ['Content-Encoding: gzip'] })
    expect((await peer.hear('415 INVITE')).header('Accept-Encoding')).toBe('identity')
  })

  it.each(['application/sdp', 'Application/SDP; charset=utf-8', 'multipart/mixed;boundary=x'])(
    'in %s is for the app',
    async type => {
      const peer = await invite({ type, body: sdp() })
      await peer.hear('486 INVITE')
    },
  )
})

it('a MESSAGE within a call reaches the app, words and all', async () => {
  const { peer, leg, dialog } = await called()
  const heard = fact<Req>()
  dialog.on('message', (req, res) => {
    heard.tell(req)
    res.send(405)
  })
  peer.send(request(peer, leg, 'MESSAGE', { type: 'text/plain', body: '我听不见' }))
  await peer.hear('405 MESSAGE')
  expect((await within(5_000, heard.come, 'MESSAGE')).body).toBe('我听不见')
})

it.each([
  'tel:12345',
  'tel:+8612345;phone-context=+86',
  'sip:%31%32345@127.0.0.1',
  'sip:12345;npdi@127.0.0.1;user=phone',
])('a call to %s reaches the app as it is written', async uri => {
  const asked = fact<Req>()
  const { server, peer } = await stage({
    invite: () => (req, res) => {
      asked.tell(req)
      res.send(486)
    },
  })
  const leg: Leg = {
    ...newLeg(server.sipPort),
    target: uri,
    local: '<tel:+8613800138000;phone-context=+86>;tag=x',
  }
  peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
  await peer.hear('486 INVITE')
  expect((await asked.come).uri).toBe(uri)
  expect((await asked.come).get('From')).toBe(leg.local)
})

it.each([
  '<sip:s1@10.0.0.7>;+sip.instance="<urn:uuid:0>";expires=0',
  '<sip:s1@10.0.0.7>;+sip.instance="<urn:uuid:0,1;2>";reg-id=1;q=0.7;expires=0, <sip:s1@10.0.0.8>;expires=60',
  '*',
])('a registration of %s reaches the app as it is written', async contact => {
  const asked = fact<string>()
  const { server, peer } = await stage({
    register: () => (req, res) => {
      asked.tell(req.get('Contact'))
      res.send(200, { headers: { Contact: req.get('Contact'), Date: 'Thu, 01 Jan 2026 00:00:00 GMT' } })
    },
  })
  const text = request(peer, newLeg(server.sipPort), 'REGISTER', { headers: ['Expires: 0'] })
  peer.send(text.replace(/^Contact: .*$/m, () => `Contact: ${contact}`))
  expect((await peer.hear('200 REGISTER')).header('Contact')).toBe(contact)
  expect(await asked.come).toBe(contact)
})

it('what an app says of how long it will be away reaches the caller', async () => {
  const { server, peer } = await stage({
    invite: () => (_, res) =>
      res.send(503, { headers: { 'Retry-After': '30 (maintenance)', Warning: '399 a "b"' } }),
    options: () => (_, res) => res.send(503, { headers: { 'Retry-After': '30' } }),
  })
  peer.send(request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() }))
  const refusal = await peer.hear('503 INVITE')
  expect(refusal.header('Retry-After')).toBe('30 (maintenance)')
  expect(refusal.header('Warning')).toBe('399 a "b"')
  peer.send(request(peer, newLeg(server.sipPort), 'OPTIONS'))
  expect((await peer.hear('503 OPTIONS')).header('Retry-After')).toBe('30')
})

it('without an app, callers are told when to try again', async () => {
  const { server, peer } = await stage()
  peer.send(request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() }))
  expect(Number((await peer.hear('503 INVITE')).header('Retry-After'))).toBeGreaterThan(0)
})
