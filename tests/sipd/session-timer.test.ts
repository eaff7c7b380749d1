/** Session timers (RFC 4028): a call whose other end has died comes to an end on both sides. */
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { type Dialog, fact, within } from './app.ts'
import { follow, type Leg, learn, legOf, newLeg, type Peer, request, response, sdp } from './peer.ts'
import { stage } from './stage.ts'

/** A call from the peer, with these headers. */
async function called(headers: readonly string[], app: Record<string, string> = {}) {
  const clock = createManualClock()
  const told = fact<Dialog>()
  const set = await stage(
    {
      invite: each => async (req, res) => {
        const dialog = await each.createUAS(req, res, { localSdp: sdp(5000), headers: app })
        dialog.on('modify', (_, answer) => answer.send(200, { body: sdp(5000) }))
        dialog.on('update', (_, answer) => answer.send(200))
        told.tell(dialog)
      },
    },
    { clock },
  )
  const leg = newLeg(set.server.sipPort)
  set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp(), headers }))
  const answer = await set.peer.hear('200 INVITE')
  learn(leg, answer)
  set.peer.send(request(set.peer, leg, 'ACK'))
  const dialog = await told.come
  const ended = fact<string>()
  dialog.on('destroy', (_, why) => ended.tell(String(why)))
  return { ...set, clock, leg, dialog, answer, ended }
}

/** All that the peer has sent so far has been taken. */
async function heardBy(peer: Peer, leg: Leg): Promise<void> {
  peer.send(request(peer, leg, 'INFO'))
  await peer.hear('200 INFO')
}

const expires = ({ header }: { header(name: string): string }) => header('Session-Expires')

describe('a caller', () => {
  it.each([
    ['that wants 1800 s', ['Supported: timer', 'Session-Expires: 1800'], '1800;refresher=uac'],
    [
      'as pjsua with --use-timer=2',
      ['Require: timer', 'Supported: replaces, timer', 'Session-Expires: 1800', 'Min-SE: 90'],
      '1800;refresher=uac',
    ],
    ['that wants to refresh', ['k: timer', 'x: 300;refresher=uac'], '300;refresher=uac'],
    [
      'that wants us to refresh',
      ['Supported: timer', 'Session-Expires: 120 ; refresher=uas'],
      '120;refresher=uas',
    ],
    ['that knows timers and wants none', ['Supported: timer'], '600;refresher=uas'],
    [
      'that knows timers and wants none under 20 min',
      ['Supported: timer', 'Min-SE: 1200'],
      '1200;refresher=uas',
    ],
    ['that knows none, behind a proxy that wants one', ['Session-Expires: 1800'], '1800;refresher=uas'],
  ])('%s is answered with %s', async (_, headers, agreed) => {
    const { answer } = await called(headers)
    expect(expires(answer)).toBe(agreed)
    const knows = headers.some(each => each.includes('timer'))
    expect(answer.headers('Require').includes('timer')).toBe(knows)
    expect(answer.header('Supported')).toContain('timer')
  })

  it.each([
    ['that knows no timers', []],
    ['that knows none, and wants one too short', ['Session-Expires: 30']],
    ['whose wish can not be read', ['Session-Expires: soon']],
  ])('%s is answered without', async (_, headers) => {
    const { answer, clock, server } = await called(headers)
    expect(expires(answer)).toBe('')
    expect(answer.headers('Require')).toEqual([])
    await clock.advance(10 * 3_600_000)
    expect(server.open()?.dialogs).toBe(1)
  })

  it.each(['60', '89;refresher=uac', '0'])('that wants %s s is told what is the least', async wish => {
    const { server, peer } = await stage({ invite: () => (_, res) => res.send(486) })
    const invite = request(peer, newLeg(server.sipPort), 'INVITE', {
      body: sdp(),
      headers: ['Supported: timer', `Session-Expires: ${wish}`],
    })
    peer.send(invite)
    const refusal = await peer.hear('422 INVITE')
    expect(refusal.header('Min-SE')).toBe('90')
    peer.send(follow(invite, 'ACK', refusal.header('To')))
  })

  it('gets what the app says, where it says something', async () => {
    const { answer } = await called(['Supported: timer', 'Session-Expires: 1800'], {
      'Session-Expires': '900;refresher=uac',
      Require: 'timer',
    })
    expect(answer.headers('Session-Expires')).toEqual(['900;refresher=uac'])
    expect(answer.headers('Require')).toEqual(['timer'])
  })

  it('that has died, and does not refresh, is hung up on, and the app is told', async () => {
    const { clock, peer, leg, dialog, ended, server } = await called([
      'Supported: timer',
      'Session-Expires: 90',
    ])
    await clock.advance(59_000)
    expect(server.open()?.dialogs).toBe(1)
    await clock.advance(2_000)
    const bye = await peer.hear('BYE')
    peer.send(response(peer, leg, bye, 200))
    await within(5_000, ended.come, 'destroy')
    expect(dialog.connected).toBe(false)
    expect(server.open()?.dialogs).toBe(0)
  })

  it.each(['INVITE', 'UPDATE'])('that refreshes by %s stays for as long as it does', async method => {
    const { clock, peer, leg, server } = await called(['Supported: timer', 'Session-Expires: 90'])
    for (let round = 0; round < 5; round++) {
      await clock.advance(45_000)
      const headers = ['Supported: timer', 'Session-Expires: 90;refresher=uac']
      peer.send(request(peer, leg, method, { body: method === 'INVITE' ? sdp() : '', headers }))
      expect(expires(await peer.hear(`200 ${method}`))).toBe('90;refresher=uac')
      if (method === 'INVITE') peer.send(request(peer, leg, 'ACK'))
      await expect.poll(() => server.open()?.requests).toBe(0)
    }
    expect(server.open()?.dialogs).toBe(1)
    await clock.advance(61_000)
    await peer.hear('BYE')
  })

  it('that hangs up leaves no timer behind', async () => {
    const { clock, peer, leg, server } = await called(['Supported: timer', 'Session-Expires: 90'])
    peer.send(request(peer, leg, 'BYE'))
    await peer.hear('200 BYE')
    await clock.advance(32_000)
    await expect.poll(() => server.open()?.transactions).toBe(0)
    expect(clock.pending()).toBe(0)
  })
})

describe('when it is for us to refresh', () => {
  const wish = ['Supported: timer', 'Session-Expires: 100;refresher=uas']

  it('a caller with UPDATE gets one in time, again and again, and nothing is said of the session', async () => {
    const { clock, peer, leg, server } = await called([...wish, 'Allow: INVITE, ACK, BYE, UPDATE'])
    for (let round = 1; round <= 3; round++) {
      await clock.advance(50_100)
      const update = await peer.hear('UPDATE')
      expect(update.header('CSeq')).toBe(`${round} UPDATE`)
      expect(update.body).toBe('')
      expect(expires(update)).toBe('100;refresher=uac')
      expect(update.header('Supported')).toContain('timer')
      peer.send(response(peer, leg, update, 200, { headers: ['Session-Expires: 100;refresher=uac'] }))
      await heardBy(peer, leg)
    }
    expect(server.open()?.dialogs).toBe(1)
  })

  it('a caller without gets a re-INVITE with what we have said before', async () => {
    const { clock, peer, leg, server, answer } = await called([...wish, 'Allow: INVITE, ACK, BYE'])
    await clock.advance(50_100)
    const invite = await peer.hear('INVITE')
    expect(invite.body).toBe(answer.body)
    expect(expires(invite)).toBe('100;refresher=uac')
    peer.send(
      response(peer, leg, invite, 200, {
        body: sdp(),
        headers: ['Session-Expires: 100;refresher=uac', 'Require: timer'],
      }),
    )
    const ack = await peer.hear('ACK')
    expect(ack.header('CSeq')).toBe(invite.header('CSeq').replace('INVITE', 'ACK'))
    await clock.advance(50_100)
    await peer.hear('INVITE')
    expect(server.open()?.dialogs).toBe(1)
  })

  it('a caller who is gone (481) is hung up on', async () => {
    const { clock, peer, leg, ended } = await called([...wish, 'Allow: UPDATE'])
    await clock.advance(50_100)
    peer.send(response(peer, leg, await peer.hear('UPDATE'), 481))
    await peer.hear('BYE')
    await within(5_000, ended.come, 'destroy')
  })

  it('a caller who does not answer is hung up on', async () => {
    const { clock, peer, ended } = await called([...wish, 'Allow: UPDATE'])
    await clock.advance(50_100)
    await peer.hear('UPDATE')
    await clock.advance(32_100)
    await peer.hear('BYE')
    await within(5_000, ended.come, 'destroy')
  })

  it('a caller who can not do it now is asked again, and the call goes on', async () => {
    const { clock, peer, leg, server } = await called([...wish, 'Allow: UPDATE'])
    await clock.advance(50_100)
    peer.send(response(peer, leg, await peer.hear('UPDATE'), 500))
    await clock.advance(13_000)
    peer.send(
      response(peer, leg, await peer.hear('UPDATE'), 200, {
        headers: ['Session-Expires: 100;refresher=uac'],
      }),
    )
    expect(server.open()?.dialogs).toBe(1)
  })
})

describe('a call that the app places', () => {
  async function placed() {
    const clock = createManualClock()
    const set = await stage({}, { clock })
    const call = set.app.createUAC(`sip:peer@127.0.0.1:${set.peer.port}`, {
      localSdp: sdp(5000),
      headers: { Supported: '100rel, timer', Allow: 'INVITE, ACK, BYE, UPDATE' },
    })
    const invite = await set.peer.hear('INVITE')
    return { ...set, clock, call, invite, leg: legOf(invite) satisfies Leg }
  }

  it('asks for a session timer, once', async () => {
    const { invite, peer, leg, call } = await placed()
    expect(invite.headers('Supported')).toEqual(['100rel, timer'])
    expect(expires(invite)).toBe('600')
    expect(invite.header('Min-SE')).toBe('90')
    peer.send(response(peer, leg, invite, 486))
    await call.catch(() => undefined)
  })

  it('is refreshed by whom the answer names', async () => {
    const { clock, invite, peer, leg, call, server } = await placed()
    const headers = ['Session-Expires: 600;refresher=uac', 'Require: timer', 'Allow: UPDATE']
    peer.send(response(peer, leg, invite, 200, { body: sdp(), headers }))
    await peer.hear('ACK')
    await call
    await clock.advance(300_100)
    const update = await peer.hear('UPDATE')
    peer.send(response(peer, leg, update, 200, { headers: ['Session-Expires: 600;refresher=uas'] }))
    await heardBy(peer, leg)
    await clock.advance(560_000)
    expect(peer.count('UPDATE')).toBe(1)
    expect(server.open()?.dialogs).toBe(1)
    await clock.advance(10_000)
    await peer.hear('BYE')
  })

  it('ends when they were to refresh, and did not', async () => {
    const { clock, invite, peer, leg, call } = await placed()
    peer.send(
      response(peer, leg, invite, 200, { body: sdp(), headers: ['Session-Expires: 600;refresher=uas'] }),
    )
    await peer.hear('ACK')
    const ended = fact<void>()
    ;(await call).on('destroy', () => ended.tell())
    await clock.advance(569_000)
    await peer.hear('BYE')
    await within(5_000, ended.come, 'destroy')
  })

  it('goes on without, where they know no timers', async () => {
    const { clock, invite, peer, leg, call, server } = await placed()
    peer.send(response(peer, leg, invite, 200, { body: sdp() }))
    await peer.hear('ACK')
    await call
    await clock.advance(10 * 3_600_000)
    expect(server.open()?.dialogs).toBe(1)
    expect(peer.count('UPDATE') + peer.count('BYE')).toBe(0)
  })

  it('is placed once more, with more time, where that is all that they want (422)', async () => {
    const { invite, peer, leg, call } = await placed()
    peer.send(response(peer, leg, invite, 422, { headers: ['Min-SE: 1800'] }))
    await peer.hear('ACK')
    const again = await peer.hear('INVITE')
    expect(expires(again)).toBe('1800')
    expect(again.headers('Min-SE')).toEqual(['1800'])
    expect(again.header('Call-ID')).toBe(invite.header('Call-ID'))
    expect(again.header('From')).toBe(invite.header('From'))
    expect(Number.parseInt(again.header('CSeq'), 10)).toBe(Number.parseInt(invite.header('CSeq'), 10) + 1)
    expect(again.header('Via')).not.toBe(invite.header('Via'))
    peer.send(
      response(peer, leg, again, 200, { body: sdp(), headers: ['Session-Expires: 1800;refresher=uas'] }),
    )
    const ack = await peer.hear('ACK')
    expect(ack.header('CSeq')).toBe(again.header('CSeq').replace('INVITE', 'ACK'))
    const ended = (await call).destroy()
    peer.send(response(peer, leg, await peer.hear('BYE'), 200))
    await ended
  })

  it('fails where they want more time again and again', async () => {
    const { invite, peer, leg, call } = await placed()
    peer.send(response(peer, leg, invite, 422, { headers: ['Min-SE: 1800'] }))
    const again = await peer.hear('INVITE')
    peer.send(response(peer, leg, again, 422, { headers: ['Min-SE: 3600'] }))
    expect(await call.catch((error: { status: number }) => error.status)).toBe(422)
  })
})
