/**
 * What the server answers by itself. Where ours keeps to the RFC and the real one does not, only ours is asked: requests
 * within a dialog that is not there (the real one offers INFO and NOTIFY to apps), unknown methods (silence), merged
 * requests (both answered), a refusal to send over TLS (a response instead of an error).
 */
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectApp, type Dialog, fact, within } from '../sipd/app.ts'
import { isReal, openServer } from '../sipd/open-server.ts'
import { follow, learn, newLeg, openPeer, request, sdp } from '../sipd/peer.ts'
import { stage } from '../sipd/stage.ts'

const onlyOurs = it.skipIf(isReal)

it.each(['INVITE', 'REGISTER', 'OPTIONS', 'MESSAGE', 'SUBSCRIBE'])(
  'a new %s that no app takes gets 503',
  async method => {
    const { server, peer } = await stage()
    const leg = newLeg(server.sipPort)
    const asked = request(peer, leg, method, { headers: ['Event: presence'] })
    peer.send(asked)
    const refusal = await peer.hear(`503 ${method}`)
    expect(refusal.header('To')).toContain('tag=')
    if (method === 'INVITE') peer.send(follow(asked, 'ACK', refusal.header('To')))
  },
)

it.each(['BYE', 'UPDATE', 'INVITE', ...(isReal ? [] : ['INFO', 'NOTIFY', 'OPTIONS'])])(
  '%s for a call that is not there gets 481',
  async method => {
    const { server, peer } = await stage({ invite: () => (_req, res) => res.send(200) })
    const leg = newLeg(server.sipPort)
    leg.remote += ';tag=gone'
    const asked = request(peer, leg, method)
    peer.send(asked)
    const refusal = await peer.hear(`481 ${method}`)
    if (method === 'INVITE') peer.send(follow(asked, 'ACK', refusal.header('To')))
  },
)

it('an ACK is never answered', async () => {
  const { server, peer } = await stage()
  const leg = newLeg(server.sipPort)
  leg.remote += ';tag=gone'
  peer.send(request(peer, leg, 'ACK'))
  peer.send(request(peer, leg, 'BYE'))
  await peer.hear('481 BYE')
  expect(peer.count('481 ACK')).toBe(0)
})

onlyOurs('an unknown method gets 501 with the methods that are known', async () => {
  const { server, peer } = await stage()
  peer.send(request(peer, newLeg(server.sipPort), 'SUMMON'))
  const refusal = await peer.hear('501 SUMMON')
  expect(refusal.header('Allow')).toContain('INVITE')
})

onlyOurs('the same request by two ways is answered once, the other gets 482', async () => {
  const { server, peer } = await stage({ message: () => (_req, res) => res.send(200) })
  const leg = newLeg(server.sipPort)
  const first = request(peer, leg, 'MESSAGE', { body: '0', type: 'text/plain' })
  peer.send(first)
  peer.send(first.replace(/branch=\S+/, 'branch=z9hG4bKotherway'))
  await peer.hear('200 MESSAGE')
  await peer.hear('482 MESSAGE')
})

it('a wrong secret is refused', async () => {
  const server = await openServer()
  onTestFinished(server.close)
  await expect(connectApp({ ...server.control, secret: 'wrong' })).rejects.toThrow(/authenticate|vain/)
})

describe('when the app goes', () => {
  it('its calls are unknown, and new ones get 503', async () => {
    const told = fact<Dialog>()
    const { server, app, peer } = await stage({
      invite: each => async (req, res) => told.tell(await each.createUAS(req, res, { localSdp: sdp(5000) })),
    })
    const leg = newLeg(server.sipPort)
    peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
    learn(leg, await peer.hear('200 INVITE'))
    peer.send(request(peer, leg, 'ACK'))
    await told.come
    const gone = new Promise<void>(resolve => app.once('close', () => resolve()))
    app.disconnect()
    await gone
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('481 BYE')
    const next = newLeg(server.sipPort)
    const invite = request(peer, next, 'INVITE', { body: sdp() })
    peer.send(invite)
    const refusal = await peer.hear('503 INVITE')
    peer.send(follow(invite, 'ACK', refusal.header('To')))
    expect(server.open()?.dialogs ?? 0).toBe(0)
    expect(server.open()?.apps ?? 0).toBe(0)
  })

  it('another takes its place', async () => {
    const { server, app, peer } = await stage({ message: () => (_req, res) => res.send(202) })
    const gone = new Promise<void>(resolve => app.once('close', () => resolve()))
    app.disconnect()
    await gone
    const next = await connectApp(server.control, each => each.message((_req, res) => res.send(200)))
    onTestFinished(() => next.disconnect())
    peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE'))
    await peer.hear('200 MESSAGE')
  })
})

it('two apps take turns', async () => {
  const { server, peer } = await stage({
    message: () => (_req, res) => res.send(200, { headers: { 'X-App': '1' } }),
  })
  const second = await connectApp(server.control, each =>
    each.message((_req, res) => res.send(200, { headers: { 'X-App': '2' } })),
  )
  onTestFinished(() => second.disconnect())
  const seen = new Set<string>()
  for (let turn = 0; turn < 4; turn++) {
    peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE'))
    seen.add((await peer.hear('200 MESSAGE')).header('X-App'))
  }
  expect([...seen].sort()).toEqual(['1', '2'])
})

onlyOurs('what the app can not reach comes back as an error, at once', async () => {
  const { server, app } = await stage()
  const refused = (uri: string) =>
    within(
      5_000,
      app.createUAC(uri, { localSdp: sdp() }).catch((error: Error) => error.message),
      'an error',
    )
  expect(await refused(`sip:x@127.0.0.1:${server.sipPort}`)).toContain('myself')
  expect(await refused('sips:x@127.0.0.1:9')).toContain('transport')
})

onlyOurs('a datagram that is no SIP is met with silence, and the next call is served', async () => {
  const { server, peer } = await stage({ message: () => (_req, res) => res.send(200) })
  for (const noise of ['', '\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', '\0\0\0', 'SIP/2.0 200 OK\r\n\r\n'])
    peer.send(noise)
  peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE'))
  await peer.hear('200 MESSAGE')
  const other = await openPeer(server.sipPort, 'tcp')
  onTestFinished(other.close)
  other.send('\r\n\r\n')
  other.send(request(other, newLeg(server.sipPort), 'MESSAGE'))
  await other.hear('200 MESSAGE')
})
