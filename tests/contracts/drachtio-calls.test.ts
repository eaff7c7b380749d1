/** What drachtio-srf needs of its server, in whole calls: ours, or the real one by DRACHTIO_SERVER. */
import { describe, expect, it } from 'vitest'
import { type App, type Dialog, fact, type Handler, type Req, type Res, within } from '../sipd/app.ts'
import { follow, learn, legOf, newLeg, request, response, sdp } from '../sipd/peer.ts'
import { stage } from '../sipd/stage.ts'

/** An app that answers every call, and tells of its dialogs. */
function answering(told: (dialog: Dialog) => void, options: object = {}): (app: App) => Handler {
  return app => async (req, res) => {
    told(await app.createUAS(req, res, { localSdp: sdp(5000), ...options }))
  }
}

describe.each(['udp', 'tcp'] as const)('a call over %s', protocol => {
  it('is answered by the app, and ended by the caller', async () => {
    const dialog = fact<Dialog>()
    const { server, peer } = await stage({ invite: answering(dialog.tell) }, { protocol })
    const leg = newLeg(server.sipPort)
    const invite = request(peer, leg, 'INVITE', { body: sdp() })
    peer.send(invite)
    const trying = await peer.hear('100 INVITE')
    expect(trying.header('To')).not.toContain('tag=')
    const answer = await peer.hear('200 INVITE')
    expect(answer.body).toBe(sdp(5000))
    expect(answer.header('Content-Type')).toBe('application/sdp')
    expect(answer.header('To')).toMatch(/;tag=.+/)
    expect(answer.header('Contact')).toContain(`127.0.0.1:${server.sipPort}`)
    expect(answer.header('Via')).toContain(`rport=${answer.header('Via').match(/rport=(\d+)/)?.[1]}`)
    learn(leg, answer)
    peer.send(request(peer, leg, 'ACK'))
    const call = await dialog.come
    expect(call.sip.callId).toBe(leg.callId)
    expect(call.remote.sdp).toBe(sdp())
    const destroyed = fact<string>()
    call.on('destroy', (_req, reason) => destroyed.tell(reason))
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('200 BYE')
    await within(5_000, destroyed.come, 'destroy')
    expect(call.connected).toBe(false)
    expect(server.open()?.dialogs ?? 0).toBe(0)
    expect(server.open()?.requests ?? 0).toBe(0)
  })

  it('is ended by the app', async () => {
    const dialog = fact<Dialog>()
    const { server, peer } = await stage({ invite: answering(dialog.tell) }, { protocol })
    const leg = newLeg(server.sipPort)
    peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
    learn(leg, await peer.hear('200 INVITE'))
    peer.send(request(peer, leg, 'ACK'))
    const ended = (await dialog.come).destroy()
    const bye = await peer.hear('BYE')
    expect(bye.header('To')).toBe(leg.local)
    expect(bye.header('From')).toBe(leg.remote)
    peer.send(response(peer, leg, bye, 200))
    await within(5_000, ended, 'the end of the call')
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })

  it('is placed by the app', async () => {
    const { server, app, peer } = await stage({}, { protocol })
    const rings: number[] = []
    const transport = protocol === 'tcp' ? ';transport=tcp' : ''
    const placed = app.createUAC(
      `sip:peer@127.0.0.1:${peer.port}${transport}`,
      { localSdp: sdp(5000), callingNumber: '12345' },
      { cbProvisional: res => rings.push(res.status) },
    )
    const invite = await peer.hear('INVITE')
    expect(invite.body).toBe(sdp(5000))
    expect(invite.header('From')).toContain(`sip:12345@127.0.0.1:${server.sipPort}`)
    expect(invite.header('Contact')).toContain(`127.0.0.1:${server.sipPort}`)
    expect(invite.header('Max-Forwards')).toBe('70')
    const leg = legOf(invite)
    peer.send(response(peer, leg, invite, 180))
    peer.send(response(peer, leg, invite, 200, { body: sdp() }))
    const ack = await peer.hear('ACK')
    expect(ack.header('CSeq')).toBe(invite.header('CSeq').replace('INVITE', 'ACK'))
    expect(ack.header('Via')).not.toBe(invite.header('Via'))
    const call = await placed
    expect(rings).toContain(180)
    expect(call.remote.sdp).toBe(sdp())
    const destroyed = fact<void>()
    call.on('destroy', () => destroyed.tell())
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('200 BYE')
    await within(5_000, destroyed.come, 'destroy')
  })
})

it('connects two callers as a back-to-back user agent, and both ends hear of the end', async () => {
  const dialogs = fact<{ uas: Dialog; uac: Dialog }>()
  const callee = fact<number>()
  const { server, peer, another } = await stage({
    invite: app => async (req, res) => {
      const uri = `sip:callee@127.0.0.1:${await callee.come}`
      dialogs.tell(await app.createB2BUA(req, res, uri, {}))
    },
  })
  const other = await another()
  callee.tell(other.port)
  const leg = newLeg(server.sipPort)
  peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
  const invite = await other.hear('INVITE')
  expect(invite.body).toBe(sdp())
  expect(invite.header('Call-ID')).not.toBe(leg.callId)
  const otherLeg = legOf(invite)
  other.send(response(other, otherLeg, invite, 180))
  await peer.hear('180 INVITE')
  other.send(response(other, otherLeg, invite, 200, { body: sdp(4002) }))
  const answer = await peer.hear('200 INVITE')
  expect(answer.body).toBe(sdp(4002))
  learn(leg, answer)
  peer.send(request(peer, leg, 'ACK'))
  await other.hear('ACK')
  const { uas, uac } = await within(5_000, dialogs.come, 'both dialogs')
  uas.on('destroy', () => uac.destroy())
  peer.send(request(peer, leg, 'BYE'))
  const bye = await other.hear('BYE')
  other.send(response(other, otherLeg, bye, 200))
  await peer.hear('200 BYE')
})

it('refuses with what the app says, and takes the ACK for itself', async () => {
  const { server, peer } = await stage({
    invite: () => (_req, res) => res.send(486, { headers: { 'X-Why': 'busy' } }),
  })
  const leg = newLeg(server.sipPort)
  const invite = request(peer, leg, 'INVITE', { body: sdp() })
  peer.send(invite)
  const refusal = await peer.hear('486 INVITE')
  expect(refusal.header('X-Why')).toBe('busy')
  peer.send(follow(invite, 'ACK', refusal.header('To')))
  expect(server.open()?.dialogs ?? 0).toBe(0)
  expect(server.open()?.requests ?? 0).toBe(0)
})

it('passes provisional responses on, with early media', async () => {
  const { server, peer } = await stage({
    invite: () => (_req, res) => {
      res.send(180)
      res.send(183, { body: sdp(5000) })
      res.send(603)
    },
  })
  const leg = newLeg(server.sipPort)
  peer.send(request(peer, leg, 'INVITE', { body: sdp() }))
  const ringing = await peer.hear('180 INVITE')
  const progress = await peer.hear('183 INVITE')
  const refused = await peer.hear('603 INVITE')
  expect(progress.body).toBe(sdp(5000))
  expect(progress.header('To')).toBe(ringing.header('To'))
  expect(refused.header('To')).toBe(ringing.header('To'))
})

describe('CANCEL', () => {
  it('from the caller is answered by the server, the INVITE with 487, and the app hears of it', async () => {
    const cancelled = fact<void>()
    const late = fact<unknown>()
    const { server, peer } = await stage({
      invite: () => (req, res) => {
        res.send(180)
        req.on('cancel', () => {
          cancelled.tell()
          res.send(200, { body: sdp(5000) }, error => late.tell(error))
        })
      },
    })
    const leg = newLeg(server.sipPort)
    const invite = request(peer, leg, 'INVITE', { body: sdp() })
    peer.send(invite)
    await peer.hear('180 INVITE')
    peer.send(follow(invite, 'CANCEL'))
    await peer.hear('200 CANCEL')
    const terminated = await peer.hear('487 INVITE')
    peer.send(follow(invite, 'ACK', terminated.header('To')))
    await within(5_000, cancelled.come, 'cancel')
    expect(await late.come).toBeTruthy()
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })

  it('that comes for nothing gets 481', async () => {
    const { server, peer } = await stage()
    const leg = newLeg(server.sipPort)
    leg.seq = 1
    peer.send(request(peer, leg, 'CANCEL'))
    await peer.hear('481 CANCEL')
  })

  it('from the app goes out when the far end rings, and the call fails with 487', async () => {
    const { app, peer } = await stage()
    const sent = fact<Req>()
    const placed = app
      .createUAC(
        `sip:peer@127.0.0.1:${peer.port}`,
        { localSdp: sdp(5000) },
        { cbRequest: (_error, req) => sent.tell(req) },
      )
      .then(() => 'answered')
      .catch((error: { status: number }) => error.status)
    const invite = await peer.hear('INVITE')
    const leg = legOf(invite)
    ;(await sent.come).cancel()
    peer.send(response(peer, leg, invite, 180))
    const cancel = await peer.hear('CANCEL')
    expect(cancel.header('Via')).toBe(invite.header('Via'))
    expect(cancel.header('CSeq')).toBe(invite.header('CSeq').replace('INVITE', 'CANCEL'))
    peer.send(response(peer, leg, cancel, 200))
    peer.send(response(peer, leg, invite, 487))
    await peer.hear('ACK')
    expect(await placed).toBe(487)
  })

  it('that crosses the answer ends the call: ACK, then BYE', async () => {
    const { server, app, peer } = await stage()
    const sent = fact<Req>()
    const destroyed = fact<void>()
    const placed = app
      .createUAC(
        `sip:peer@127.0.0.1:${peer.port}`,
        { localSdp: sdp(5000) },
        { cbRequest: (_error, req) => sent.tell(req) },
      )
      .then(dialog => dialog.on('destroy', () => destroyed.tell()))
    const invite = await peer.hear('INVITE')
    const leg = legOf(invite)
    peer.send(response(peer, leg, invite, 180))
    ;(await sent.come).cancel()
    const cancel = await peer.hear('CANCEL')
    peer.send(response(peer, leg, invite, 200, { body: sdp() }))
    peer.send(response(peer, leg, cancel, 481))
    await peer.hear('ACK')
    const bye = await peer.hear('BYE')
    peer.send(response(peer, leg, bye, 200))
    await placed
    await within(5_000, destroyed.come, 'destroy')
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })
})

describe('a call placed by the app that is refused', () => {
  it.each([404, 486, 488, 503, 603])('%i: it is acknowledged and the app is told', async status => {
    const { app, peer } = await stage()
    const placed = app
      .createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
      .catch((error: { status: number }) => error.status)
    const invite = await peer.hear('INVITE')
    peer.send(response(peer, legOf(invite), invite, status))
    const ack = await peer.hear('ACK')
    expect(ack.header('Via')).toBe(invite.header('Via'))
    expect(await placed).toBe(status)
  })
})

it('carries UTF-8 in headers and bodies both ways, byte for byte', async () => {
  const text = '燃气泄漏 🔥 “救”'
  const heard = fact<Req>()
  const { server, app, peer } = await stage({
    message: () => (req: Req, res: Res) => {
      heard.tell(req)
      res.send(200, { headers: { 'Content-Type': 'text/plain', Subject: text }, body: text })
    },
  })
  const leg = newLeg(server.sipPort)
  peer.send(request(peer, leg, 'MESSAGE', { body: text, type: 'text/plain', headers: [`Subject: ${text}`] }))
  const req = await within(5_000, heard.come, 'MESSAGE')
  expect(req.body).toBe(text)
  expect(req.get('Subject')).toBe(text)
  const answer = await peer.hear('200 MESSAGE')
  expect(answer.body).toBe(text)
  expect(Number(answer.header('Content-Length'))).toBe(Buffer.byteLength(text))
  await app.request(`sip:peer@127.0.0.1:${peer.port}`, {
    method: 'MESSAGE',
    headers: { 'Content-Type': 'text/plain' },
    body: text,
  })
  const sent = await peer.hear('MESSAGE')
  expect(sent.body).toBe(text)
  peer.send(response(peer, legOf(sent), sent, 200))
})
