/** What goes on within a call, both ways. */
import { describe, expect, it } from 'vitest'
import { type Dialog, fact, type Req, responseTo, within } from '../sipd/app.ts'
import { follow, type Leg, learn, legOf, newLeg, request, response, sdp } from '../sipd/peer.ts'
import { type Stage, stage } from '../sipd/stage.ts'

type Call = Stage & { readonly leg: Leg; readonly dialog: Dialog }

/** A call from the peer, answered by the app. */
async function incoming(): Promise<Call> {
  const dialog = fact<Dialog>()
  const set = await stage({
    invite: app => async (req, res) => {
      dialog.tell(await app.createUAS(req, res, { localSdp: sdp(5000) }))
    },
  })
  const leg = newLeg(set.server.sipPort)
  set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp() }))
  learn(leg, await set.peer.hear('200 INVITE'))
  set.peer.send(request(set.peer, leg, 'ACK'))
  return { ...set, leg, dialog: await dialog.come }
}

/** A call from the app, answered by the peer. */
async function outgoing(): Promise<Call> {
  const set = await stage()
  const placed = set.app.createUAC(`sip:peer@127.0.0.1:${set.peer.port}`, { localSdp: sdp(5000) })
  const invite = await set.peer.hear('INVITE')
  const leg = legOf(invite)
  set.peer.send(response(set.peer, leg, invite, 200, { body: sdp() }))
  await set.peer.hear('ACK')
  return { ...set, leg, dialog: await placed }
}

describe.each([
  ['a call from the caller', incoming],
  ['a call from the app', outgoing],
])('within %s', (_name, call) => {
  it.each(['INFO', 'MESSAGE', 'NOTIFY', 'OPTIONS', 'REFER'])(
    'the far end sends %s, and the app answers',
    async method => {
      const { peer, leg, dialog } = await call()
      const heard = fact<Req>()
      dialog.on(method.toLowerCase(), (req, res) => {
        heard.tell(req)
        res.send(method === 'REFER' ? 202 : 200, { headers: { 'X-Heard': 'yes' } })
      })
      peer.send(
        request(peer, leg, method, {
          body: 'Signal=0\r\nDuration=160\r\n',
          type: 'application/dtmf-relay',
          headers: ['Refer-To: <sip:s1@127.0.0.1>', 'Event: refer', 'Subscription-State: active'],
        }),
      )
      const answer = await peer.hear(`${method === 'REFER' ? 202 : 200} ${method}`)
      expect(answer.header('X-Heard')).toBe('yes')
      expect((await heard.come).body).toBe('Signal=0\r\nDuration=160\r\n')
    },
  )

  it.each(['INFO', 'MESSAGE', 'NOTIFY', 'OPTIONS', 'REFER', 'UPDATE'])(
    'the app sends %s, and hears the answer',
    async method => {
      const { peer, leg, dialog } = await call()
      const answered = dialog.request({
        method,
        headers: { 'Content-Type': 'text/plain', Event: 'refer', 'Refer-To': '<sip:s1@127.0.0.1>' },
        body: '0',
      })
      const asked = await peer.hear(method)
      expect(asked.header('To')).toContain(leg.local.split(';tag=')[1])
      expect(asked.header('Call-ID')).toBe(leg.callId)
      expect(asked.body).toBe('0')
      peer.send(response(peer, leg, asked, 202, { headers: ['X-Heard: yes'] }))
      const answer = await answered
      expect(answer.status).toBe(202)
      expect(answer.get('X-Heard')).toBe('yes')
    },
  )

  it('the far end changes the session, by re-INVITE and by UPDATE', async () => {
    const { server, peer, leg, dialog } = await call()
    const offers: string[] = []
    dialog.on('modify', (req, res) => {
      offers.push(req.body)
      res.send(200, { body: sdp(5002, 'recvonly') })
    })
    peer.send(request(peer, leg, 'INVITE', { body: sdp(4000, 'sendonly') }))
    const answer = await peer.hear('200 INVITE')
    expect(answer.body).toBe(sdp(5002, 'recvonly'))
    expect(answer.header('Contact')).toContain(`127.0.0.1:${server.sipPort}`)
    peer.send(request(peer, leg, 'ACK'))
    expect(offers).toEqual([sdp(4000, 'sendonly')])
    dialog.on('update', (req, res) => res.send(200, { body: req.body }))
    peer.send(request(peer, leg, 'UPDATE', { body: sdp(4004) }))
    expect((await peer.hear('200 UPDATE')).body).toBe(sdp(4004))
  })

  it('the app changes the session by re-INVITE', async () => {
    const { peer, leg, dialog } = await call()
    const modified = dialog.modify(sdp(5004, 'inactive'))
    const invite = await peer.hear('INVITE')
    expect(invite.body).toBe(sdp(5004, 'inactive'))
    expect(invite.header('Contact')).not.toBe('')
    peer.send(response(peer, leg, invite, 200, { body: sdp(4000, 'inactive') }))
    const ack = await peer.hear('ACK')
    expect(ack.header('CSeq')).toBe(invite.header('CSeq').replace('INVITE', 'ACK'))
    expect(await modified).toBe(sdp(4000, 'inactive'))
  })

  it('a re-INVITE that the far end refuses leaves the call as it was', async () => {
    const { peer, leg, dialog } = await call()
    const modified = dialog.modify(sdp(5004)).catch((error: { status: number }) => error.status)
    const invite = await peer.hear('INVITE')
    const refusal = response(peer, leg, invite, 488)
    peer.send(refusal)
    const ack = await peer.hear('ACK')
    expect(ack.header('Via')).toBe(invite.header('Via'))
    expect(await modified).toBe(488)
    const asked = dialog.request({ method: 'INFO' })
    peer.send(response(peer, leg, await peer.hear('INFO'), 200))
    expect((await asked).status).toBe(200)
  })

  it('the app answers 488 to a session that it can not take', async () => {
    const { peer, leg, dialog } = await call()
    dialog.on('modify', (_req, res) => res.send(488))
    const invite = request(peer, leg, 'INVITE', { body: sdp() })
    peer.send(invite)
    const refusal = await peer.hear('488 INVITE')
    peer.send(follow(invite, 'ACK', refusal.header('To')))
    dialog.on('info', (_req, res) => res.send(200))
    peer.send(request(peer, leg, 'INFO'))
    await peer.hear('200 INFO')
  })

  it('the app ends it, and what comes after gets 481', async () => {
    const { server, peer, leg, dialog } = await call()
    const ended = dialog.destroy()
    const bye = await peer.hear('BYE')
    peer.send(response(peer, leg, bye, 200))
    await ended
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('481 BYE')
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })
})

it('keeps to the way that Record-Route says', async () => {
  const { server, peer, leg, dialog } = await (async () => {
    const told = fact<Dialog>()
    const set = await stage({
      invite: app => async (req, res) => {
        told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) }))
      },
    })
    const proxy = await set.another()
    const leg = newLeg(set.server.sipPort)
    const route = `<sip:127.0.0.1:${proxy.port};lr>`
    set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp(), headers: [`Record-Route: ${route}`] }))
    const answer = await set.peer.hear('200 INVITE')
    expect(answer.header('Record-Route')).toBe(route)
    learn(leg, answer)
    set.peer.send(request(set.peer, leg, 'ACK'))
    return { ...set, peer: proxy, leg, dialog: await told.come }
  })()
  const ended = dialog.destroy()
  const bye = await peer.hear('BYE')
  expect(bye.header('Route')).toContain(`<sip:127.0.0.1:${peer.port};lr>`)
  expect(bye.startLine).toContain('sip:peer@127.0.0.1')
  peer.send(response(peer, leg, bye, 200))
  await ended
  expect(server.open()?.dialogs ?? 0).toBe(0)
})

describe('reliable provisional responses', () => {
  it('from the app wait for their PRACK', async () => {
    const acknowledged = fact<void>()
    const { server, peer } = await stage({
      invite: () => (_req, res) => {
        const send = res.send.bind(res) as (...args: unknown[]) => void
        send(
          183,
          { headers: { Require: '100rel' }, body: sdp(5000) },
          () => undefined,
          () => {
            acknowledged.tell()
            send(200, { body: sdp(5000) })
          },
        )
      },
    })
    const leg = newLeg(server.sipPort)
    const invite = request(peer, leg, 'INVITE', { body: sdp(), headers: ['Supported: 100rel'] })
    peer.send(invite)
    const progress = await peer.hear('183 INVITE')
    expect(progress.header('Require')).toBe('100rel')
    learn(leg, progress)
    const rack = `${progress.header('RSeq')} ${progress.header('CSeq')}`
    peer.send(request(peer, leg, 'PRACK', { headers: [`RAck: ${rack}`] }))
    await peer.hear('200 PRACK')
    await within(5_000, acknowledged.come, 'PRACK')
    await peer.hear('200 INVITE')
  })

  it('from the far end are acknowledged by the app', async () => {
    const { app, peer } = await stage()
    const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, {
      localSdp: sdp(5000),
      headers: { Supported: '100rel' },
    })
    const invite = await peer.hear('INVITE')
    const leg = legOf(invite)
    const extra = { headers: ['Require: 100rel', 'RSeq: 7'], body: sdp() }
    peer.send(response(peer, leg, invite, 183, extra))
    const prack = await peer.hear('PRACK')
    expect(prack.header('RAck')).toBe(`7 ${invite.header('CSeq')}`)
    expect(prack.header('To')).toContain(leg.local.split(';tag=')[1])
    peer.send(response(peer, leg, prack, 200))
    peer.send(response(peer, leg, invite, 200, { body: sdp() }))
    await peer.hear('ACK')
    expect((await placed).connected).toBe(true)
  })
})

describe('passwords', () => {
  const challenge = 'Digest realm="hotline", nonce="abc", qop="auth"'

  it('a call that is challenged is placed again with credentials', async () => {
    const { app, peer } = await stage()
    const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, {
      localSdp: sdp(5000),
      auth: { username: 'jieting', password: 'secret' },
    })
    const first = await peer.hear('INVITE')
    peer.send(response(peer, legOf(first), first, 401, { headers: [`WWW-Authenticate: ${challenge}`] }))
    await peer.hear('ACK')
    const second = await peer.hear('INVITE')
    expect(second.header('Authorization')).toContain('username="jieting"')
    expect(second.header('Call-ID')).toBe(first.header('Call-ID'))
    expect(second.header('From')).toBe(first.header('From'))
    expect(Number.parseInt(second.header('CSeq'), 10)).toBe(Number.parseInt(first.header('CSeq'), 10) + 1)
    const leg = legOf(second)
    peer.send(response(peer, leg, second, 200, { body: sdp() }))
    await peer.hear('ACK')
    const dialog = await placed
    const ended = dialog.destroy()
    peer.send(response(peer, leg, await peer.hear('BYE'), 200))
    await ended
  })

  it('a phone registers with a password that the app checks', async () => {
    const { server, peer } = await stage({
      register: () => (req, res) => {
        if (!req.has('Authorization')) return res.send(401, { headers: { 'WWW-Authenticate': challenge } })
        res.send(200, { headers: { Contact: `${req.get('Contact')};expires=60`, Expires: '60' } })
      },
    })
    const leg = newLeg(server.sipPort)
    peer.send(request(peer, leg, 'REGISTER'))
    const asked = await peer.hear('401 REGISTER')
    expect(asked.header('WWW-Authenticate')).toBe(challenge)
    peer.send(request(peer, leg, 'REGISTER', { headers: ['Authorization: Digest username="s1"'] }))
    const registered = await peer.hear('200 REGISTER')
    expect(registered.header('Contact')).toContain(`sip:peer@127.0.0.1:${peer.port}`)
    expect(registered.header('Contact')).toContain('expires=60')
  })

  it('the app registers somewhere, and is asked for its password', async () => {
    const { app, peer } = await stage()
    const asked = app.request(`sip:127.0.0.1:${peer.port}`, {
      method: 'REGISTER',
      headers: {
        From: 'sip:jieting@127.0.0.1',
        To: 'sip:jieting@127.0.0.1',
        Contact: 'sip:jieting@localhost',
        Expires: '60',
      },
      auth: { username: 'jieting', password: 'secret' },
    })
    const first = await peer.hear('REGISTER')
    expect(first.header('Contact')).not.toContain('localhost')
    const answered = responseTo(await asked)
    peer.send(response(peer, legOf(first), first, 401, { headers: [`WWW-Authenticate: ${challenge}`] }))
    const second = await peer.hear('REGISTER')
    expect(second.header('Authorization')).toContain('response=')
    peer.send(response(peer, legOf(second), second, 200))
    expect((await answered).status).toBe(200)
  })
})

it('carries a subscription: SUBSCRIBE, NOTIFY, and the end of it', async () => {
  const told = fact<Dialog>()
  const { server, peer } = await stage({
    subscribe: app => async (req, res) => {
      told.tell(await app.createUAS(req, res, { headers: { Expires: '60' } }))
    },
  })
  const leg = newLeg(server.sipPort)
  peer.send(request(peer, leg, 'SUBSCRIBE', { headers: ['Event: presence', 'Expires: 60'] }))
  const accepted = await peer.hear('202 SUBSCRIBE')
  learn(leg, accepted)
  const dialog = await told.come
  const active = dialog.request({
    method: 'NOTIFY',
    headers: { Event: 'presence', 'Subscription-State': 'active' },
  })
  peer.send(response(peer, leg, await peer.hear('NOTIFY'), 200))
  await active
  const over = dialog.destroy()
  const last = await peer.hear('NOTIFY')
  expect(last.header('Subscription-State')).toBe('terminated')
  peer.send(response(peer, leg, last, 200))
  await over
  peer.send(request(peer, leg, 'BYE'))
  await peer.hear('481 BYE')
  expect(server.open()?.dialogs ?? 0).toBe(0)
})
