/** What is for the app to decide reaches it as it came, and what the app says of it reaches the caller. */
import { expect, it, onTestFinished } from 'vitest'
import { connectApp, type Dialog, fact, type Req, within } from './app.ts'
import { type Leg, learn, newLeg, request, response, sdp } from './peer.ts'
import { stage } from './stage.ts'

/** A call that was answered. */
async function called() {
  const told = fact<Dialog>()
  const set = await stage({
    invite: app => async (req, res) => told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) })),
  })
  const leg = newLeg(set.server.sipPort)
  set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp() }))
  learn(leg, await set.peer.hear('200 INVITE'))
  set.peer.send(request(set.peer, leg, 'ACK'))
  return { ...set, leg, dialog: await told.come }
}

it.each([
  [420, ['Require: precondition'], { Unsupported: 'precondition' }],
  [415, ['Content-Encoding: gzip'], { Accept: 'application/sdp', 'Accept-Encoding': 'identity' }],
  [422, ['Supported: timer', 'Session-Expires: 30', 'Min-SE: 30'], { 'Min-SE': '90' }],
  [488, ['Content-Disposition: session'], { Warning: '304 a "Media type not available"' }],
])(
  'what is demanded reaches the app, and its %i the caller',
  async (status, demands, says: Record<string, string>) => {
    const asked = fact<Req>()
    const { server, peer } = await stage({
      invite: () => (req, res) => {
        asked.tell(req)
        res.send(status, { headers: says })
      },
    })
    peer.send(
      request(peer, newLeg(server.sipPort), 'INVITE', {
        body: 'hello',
        type: 'text/plain',
        headers: demands,
      }),
    )
    const refusal = await peer.hear(`${status} INVITE`)
    for (const [name, value] of Object.entries(says)) expect(refusal.header(name)).toBe(value)
    for (const demand of demands) {
      const [name = '', value] = demand.split(': ')
      expect((await asked.come).get(name)).toBe(value)
    }
    expect((await asked.come).body).toBe('hello')
  },
)

it('what an app agrees about a session timer reaches the caller, and refreshes go both ways', async () => {
  const { server, peer } = await stage()
  const told = fact<Dialog>()
  const app = await connectApp(server.control, each =>
    each.invite(async (req, res) => {
      const headers = { 'Session-Expires': '90;refresher=uas', Require: 'timer' }
      const dialog = await each.createUAS(req, res, { localSdp: sdp(5000), headers })
      dialog.on('update', (update, answer) =>
        answer.send(200, { headers: { 'Session-Expires': update.get('Session-Expires') } }),
      )
      told.tell(dialog)
    }),
  )
  onTestFinished(() => app.disconnect())
  const leg = newLeg(server.sipPort)
  peer.send(request(peer, leg, 'INVITE', { body: sdp(), headers: ['k: timer', 'x: 90'] }))
  const answer = await peer.hear('200 INVITE')
  expect(answer.headers('Session-Expires')).toEqual(['90;refresher=uas'])
  expect(answer.headers('Require')).toEqual(['timer'])
  learn(leg, answer)
  peer.send(request(peer, leg, 'ACK'))
  const headers = { Supported: 'timer', 'Session-Expires': '90;refresher=uac' }
  const ours = (await told.come).request({ method: 'UPDATE', headers })
  const update = await peer.hear('UPDATE')
  expect(update.header('Session-Expires')).toBe(headers['Session-Expires'])
  peer.send(response(peer, leg, update, 200, { headers: ['Session-Expires: 90;refresher=uac'] }))
  expect((await ours).get('Session-Expires')).toBe('90;refresher=uac')
  peer.send(request(peer, leg, 'UPDATE', { headers: ['Session-Expires: 120;refresher=uac'] }))
  expect((await peer.hear('200 UPDATE')).header('Session-Expires')).toBe('120;refresher=uac')
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
