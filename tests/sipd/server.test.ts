/** What only our server promises, or what needs a look behind it. */
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createManualClock, Fault, silentLog, systemClock } from '../../src/foundation/index.ts'
import { checkWire, startSipd } from '../../src/sipd/index.ts'
import { connectApp, type Dialog, fact, type Req, type Res } from './app.ts'
import { type Heard, learn, legOf, newLeg, openPeer, request, response, sdp } from './peer.ts'
import { stage } from './stage.ts'

const options = {
  clock: systemClock,
  log: silentLog,
  secret: 'only for this test',
  controlPort: 0,
  sipAddress: '127.0.0.1',
  sipPort: 0,
}

describe('a port that is taken', () => {
  it('for SIP is a fault that names the setting', async () => {
    const first = await startSipd(options)
    onTestFinished(first.close)
    const fault = await startSipd({ ...options, sipPort: first.sipPort }).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code: 'sip-port-taken', place: 'SIP_PORT' })
    expect((fault as Fault).message).toContain(`127.0.0.1:${first.sipPort}`)
  })

  it('is seen before a server opens, for SIP and for TLS, and what is free stays so', async () => {
    const first = await startSipd(options)
    onTestFinished(first.close)
    const tls = { port: first.sipPort, place: { certFile: '', keyFile: '', settings: { cert: '', key: '' } } }
    await expect(checkWire({ ...options, sipPort: first.sipPort }, systemClock)).rejects.toMatchObject({
      code: 'sip-port-taken',
      place: 'SIP_PORT',
    })
    await expect(checkWire({ ...options, tls }, systemClock)).rejects.toMatchObject({
      code: 'sip-port-taken',
      place: 'SIP_TLS_PORT',
    })
    const second = await startSipd(options)
    await second.close()
    await checkWire({ ...options, sipPort: second.sipPort }, systemClock)
    await startSipd({ ...options, sipPort: second.sipPort }).then(third => third.close())
  })

  it('for apps is a fault, too, and leaves no SIP port open', async () => {
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise<void>(resolve => taken.close(() => resolve())))
    const address = taken.address()
    const controlPort = typeof address === 'object' && address ? address.port : 0
    const free = await startSipd(options)
    await free.close()
    const settings = { ...options, controlPort, sipPort: free.sipPort }
    await expect(startSipd(settings)).rejects.toMatchObject({ code: 'control-port-taken' })
    const again = await startSipd({ ...settings, controlPort: 0 })
    await again.close()
  })

  it('an address of another machine is a fault', async () => {
    await expect(startSipd({ ...options, sipAddress: '192.0.2.1' })).rejects.toMatchObject({
      code: 'sip-address-unusable',
      place: 'SIP_HOST',
    })
  })
})

it('takes a wildcard address, and tells phones one that they can reach', async () => {
  const sipd = await startSipd({ ...options, sipAddress: '0.0.0.0', advertisedAddress: '127.0.0.1' })
  onTestFinished(sipd.close)
  expect(sipd.sipAddress).toBe('127.0.0.1')
  const other = await startSipd({ ...options, sipAddress: '0.0.0.0' })
  onTestFinished(other.close)
  expect(other.sipAddress).not.toBe('0.0.0.0')
})

it('closes in the middle of calls and leaves no timer behind', async () => {
  const clock = createManualClock()
  const sipd = await startSipd({ ...options, clock })
  const answered = fact<Dialog>()
  const app = await connectApp({ port: sipd.controlPort, secret: options.secret }, each =>
    each.invite(async (req, res) => {
      if (req.uri.includes('ring')) res.send(183, { headers: { Require: '100rel' } })
      else answered.tell(await each.createUAS(req, res, { localSdp: sdp() }))
    }),
  )
  const peer = await openPeer(sipd.sipPort)
  onTestFinished(peer.close)
  const supported = { body: sdp(), headers: ['Supported: 100rel'] }
  peer.send(request(peer, newLeg(sipd.sipPort), 'INVITE', supported))
  await peer.hear('200 INVITE')
  peer.send(request(peer, newLeg(sipd.sipPort, 'ring'), 'INVITE', supported))
  await peer.hear('183 INVITE')
  const failed = app.createUAC(`sip:x@127.0.0.1:${peer.port}`, { localSdp: sdp() }).catch(() => undefined)
  await peer.hear('INVITE')
  await answered.come
  expect(clock.pending()).toBeGreaterThan(2)
  const gone = new Promise<void>(resolve => app.once('close', () => resolve()))
  const { client } = (app as unknown as { app: { client: { wp: { closing: boolean } } } }).app
  client.wp.closing = true
  const closed = sipd.close()
  // The second that the INVITE under way is given.
  await clock.advance(1_000)
  await closed
  await gone
  expect(clock.pending()).toBe(0)
  void failed
})

it('repeats a BYE that got lost before it closes', async () => {
  const sipd = await startSipd(options)
  const answered = fact<Dialog>()
  await connectApp({ port: sipd.controlPort, secret: options.secret }, each =>
    each.invite(async (req, res) => answered.tell(await each.createUAS(req, res, { localSdp: sdp() }))),
  )
  const peer = await openPeer(sipd.sipPort)
  onTestFinished(peer.close)
  const leg = newLeg(sipd.sipPort)
  peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
  learn(leg, await peer.hear('200 INVITE'))
  peer.send(request(peer, leg, 'ACK'))
  const dialog = await answered.come
  void dialog.destroy()
  await peer.hear('BYE')
  const closed = sipd.close()
  peer.send(response(peer, leg, await peer.hear('BYE'), 200))
  await closed
  expect(peer.count('BYE')).toBe(2)
})

describe.each(['udp', 'tcp'] as const)('a body of 40 kB over %s', protocol => {
  it('reaches the app, and its answer the caller', async () => {
    const heard = fact<Req>()
    const { server, peer } = await stage(
      {
        message: () => (req, res) => {
          heard.tell(req)
          res.send(200, { headers: { 'Content-Type': 'text/plain' }, body: req.body })
        },
      },
      { protocol },
    )
    const body = '救'.repeat(13_000)
    peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE', { body, type: 'text/plain' }))
    expect((await peer.hear('200 MESSAGE')).body).toBe(body)
    expect((await heard.come).body).toBe(body)
    peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE'))
    await peer.hear('200 MESSAGE')
  })
})

it('hangs up a connection that promises more than anybody needs', async () => {
  const { server, peer } = await stage({}, { protocol: 'tcp' })
  peer.send(`OPTIONS sip:a SIP/2.0\r\nContent-Length: 99999999\r\n\r\n`)
  await expect.poll(() => server.open()?.connections).toBe(0)
})

/** A call from the peer, answered by the app. */
async function answered() {
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

describe('within a call', () => {
  it('a request out of order is refused', async () => {
    const { peer, leg } = await answered()
    leg.seq = 5
    peer.send(request(peer, leg, 'INFO'))
    await peer.hear('200 INFO')
    leg.seq = 2
    peer.send(request(peer, leg, 'INFO'))
    await peer.hear('500 INFO')
  })

  it('a request that comes again in another transaction is no second one; a phone that hangs up by an old number does', async () => {
    const { peer, leg } = await answered()
    leg.seq = 5
    peer.send(request(peer, leg, 'INFO'))
    await peer.hear('200 INFO')
    leg.seq = 5
    peer.send(request(peer, leg, 'INFO'))
    await peer.hear('500 INFO')
    leg.seq = 5
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('200 BYE')
  })

  it('a re-INVITE waits for the one before it', async () => {
    const { peer, leg, dialog } = await answered()
    const first = fact<Res>()
    dialog.on('modify', (_req, res) => first.tell(res))
    peer.send(request(peer, leg, 'INVITE', { body: sdp(4002) }))
    await peer.hear('100 INVITE')
    peer.send(request(peer, leg, 'INVITE', { body: sdp(4004) }))
    expect((await peer.hear('500 INVITE')).header('Retry-After')).not.toBe('')
    ;(await first.come).send(200, { body: sdp(5000) })
    await peer.hear('200 INVITE')
  })

  it('re-INVITEs that cross are refused with 491', async () => {
    const { peer, leg, dialog } = await answered()
    const modified = dialog.modify(sdp(5002))
    const theirs = await peer.hear('INVITE')
    peer.send(request(peer, leg, 'INVITE', { body: sdp(4002) }))
    await peer.hear('491 INVITE')
    peer.send(response(peer, leg, theirs, 200, { body: sdp() }))
    expect(await modified).toBe(sdp())
  })

  it('a far end that names another host than it sends from is answered where it sends from', async () => {
    const told = fact<Dialog>()
    const { server, peer } = await stage({
      invite: app => async (req, res) => told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) })),
    })
    const invite = request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() })
    peer.send(invite.replace(/^Contact: .*$/m, 'Contact: <sip:peer@nat.invalid:9>'))
    await peer.hear('200 INVITE')
    const ended = (await told.come).destroy()
    const bye = await peer.hear('BYE')
    expect(bye.startLine).toBe('BYE sip:peer@nat.invalid:9 SIP/2.0')
    peer.send(response(peer, newLeg(server.sipPort), bye, 200))
    await ended
  })
})

it('an answer from a second fork is acknowledged and ended at once', async () => {
  const { server, app, peer } = await stage()
  const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
  const invite = await peer.hear('INVITE')
  const [first, second] = [legOf(invite), legOf(invite)]
  peer.send(response(peer, first, invite, 200, { body: sdp() }))
  await peer.hear('ACK')
  peer.send(response(peer, second, invite, 200, { body: sdp() }))
  const tagOf = (heard: Heard) => heard.header('To').split(';tag=')[1]
  expect(tagOf(await peer.hear('ACK'))).toBe(second.local.split(';tag=')[1])
  const bye = await peer.hear('BYE')
  expect(tagOf(bye)).toBe(second.local.split(';tag=')[1])
  peer.send(response(peer, second, bye, 200))
  expect((await placed).sip.remoteTag).toBe(first.local.split(';tag=')[1])
  expect(server.open()?.dialogs).toBe(1)
})

describe('when the app goes', () => {
  it('in the middle of ringing for it, the far end hears CANCEL', async () => {
    const { server, app, peer } = await stage()
    const failed = app
      .createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
      .catch(() => 'failed')
    const invite = await peer.hear('INVITE')
    const leg = legOf(invite)
    peer.send(response(peer, leg, invite, 180))
    await expect.poll(() => server.open()?.dialogs).toBe(1)
    app.disconnect()
    const cancel = await peer.hear('CANCEL')
    peer.send(response(peer, leg, cancel, 200))
    peer.send(response(peer, leg, invite, 487))
    await peer.hear('ACK')
    expect(server.open()).toMatchObject({ dialogs: 0, requests: 0, apps: 0 })
    void failed
  })

  it('and the far end answers all the same, it is acknowledged and hung up on', async () => {
    const { server, app, peer } = await stage()
    const failed = app
      .createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
      .catch(() => 'failed')
    const invite = await peer.hear('INVITE')
    const leg = legOf(invite)
    const gone = new Promise<void>(resolve => app.once('close', () => resolve()))
    app.disconnect()
    await gone
    await expect.poll(() => server.open()?.apps).toBe(0)
    peer.send(response(peer, leg, invite, 200, { body: sdp() }))
    await peer.hear('ACK')
    const bye = await peer.hear('BYE')
    peer.send(response(peer, leg, bye, 200))
    await expect.poll(() => server.open()?.dialogs).toBe(0)
    void failed
  })

  it('callers who wait for its answer get 503', async () => {
    const asked = fact<void>()
    const { server, app, peer } = await stage({ invite: () => () => asked.tell() })
    peer.send(request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() }))
    await asked.come
    app.disconnect()
    await peer.hear('503 INVITE')
    expect(server.open()?.requests).toBe(0)
  })
})

it('an app that can not speak the protocol is let go', async () => {
  const { server } = await stage()
  const stranger = await openPeer(server.control.port, 'tcp')
  onTestFinished(stranger.close)
  stranger.send('9#x|route|y')
  stranger.send('not a frame at all')
  const app = await connectApp(server.control)
  onTestFinished(() => app.disconnect())
  expect(server.open()?.apps).toBe(2)
})
