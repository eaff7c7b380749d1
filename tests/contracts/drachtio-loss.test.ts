/** A network that loses messages: what is said again, how often, and when it is given up. */
import { describe, expect, it } from 'vitest'
import { type Dialog, fact, responseTo, within } from '../sipd/app.ts'
import { isReal } from '../sipd/open-server.ts'
import { follow, type Heard, learn, legOf, newLeg, type Peer, request, response, sdp } from '../sipd/peer.ts'
import { type Stage, stage } from '../sipd/stage.ts'

/** 20 ms, so that 64 T1 are 1.3 s; the real server keeps to 500 ms. */
const quick = { t1Ms: 20 }
const givenUpMs = isReal ? 40_000 : 5_000

/** The last repetition falls one T1 before the end, and a busy machine may miss it; the tables' own tests are exact. */
const almost = (count: number) => (seen: number) => seen === count || seen === count - 1

/** An app that answers every call, and one call to it without an ACK. */
async function unacknowledged(): Promise<Stage & { dialog: Dialog; answer: Heard; ack(): string }> {
  const told = fact<Dialog>()
  const set = await stage(
    {
      invite: app => async (req, res) => {
        if (req.uri.includes('busy')) return res.send(486)
        told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) }))
      },
    },
    quick,
  )
  const leg = newLeg(set.server.sipPort)
  set.peer.send(request(set.peer, leg, 'INVITE', { body: sdp() }))
  const answer = await set.peer.hear('200 INVITE')
  learn(leg, answer)
  return { ...set, dialog: await told.come, answer, ack: () => request(set.peer, leg, 'ACK') }
}

/** Everything that came before this has been answered: messages of one peer do not overtake each other on loopback. */
async function settled(peer: Peer, server: { readonly sipPort: number }): Promise<void> {
  const leg = newLeg(server.sipPort)
  leg.remote += ';tag=gone'
  peer.send(request(peer, leg, 'BYE'))
  await peer.hear('481 BYE')
}

describe('the caller', () => {
  it('repeats a request, and gets the same answer again without the app being asked twice', async () => {
    let asked = 0
    const { server, peer } = await stage(
      {
        message: () => (_req, res) => {
          asked++
          res.send(200, { headers: { 'X-Count': String(asked) } })
        },
      },
      quick,
    )
    const message = request(peer, newLeg(server.sipPort), 'MESSAGE')
    peer.send(message)
    const first = await peer.hear('200 MESSAGE')
    peer.send(message)
    const second = await peer.hear('200 MESSAGE')
    expect(second.text).toBe(first.text)
    expect(asked).toBe(1)
  })

  it('repeats an INVITE that rings, and hears the ringing again', async () => {
    const { server, peer } = await stage({ invite: () => (_req, res) => res.send(180) }, quick)
    const invite = request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() })
    peer.send(invite)
    await peer.hear('180 INVITE')
    peer.send(invite)
    await peer.hear('180 INVITE')
    peer.send(follow(invite, 'CANCEL'))
    const terminated = await peer.hear('487 INVITE')
    peer.send(follow(invite, 'ACK', terminated.header('To')))
  })

  it('hears an answer again until it has acknowledged it', async () => {
    const { server, peer, answer, ack } = await unacknowledged()
    const again = await peer.hear('200 INVITE')
    expect(again.text).toBe(answer.text)
    peer.send(ack())
    await settled(peer, server)
    const count = peer.count('200 INVITE')
    // A later fact of the same clock: a refusal that is not acknowledged is repeated three times.
    peer.send(request(peer, newLeg(server.sipPort, 'busy'), 'INVITE'))
    for (let time = 0; time < 4; time++) await peer.hear('486 INVITE')
    expect(peer.count('200 INVITE')).toBe(count)
  })

  it('who never acknowledges is hung up on after 64 T1, and the app is told why', {
    timeout: 60_000,
  }, async () => {
    const { server, peer, dialog } = await unacknowledged()
    const why = fact<string>()
    dialog.on('destroy', (_req, reason) => why.tell(reason))
    const bye = await peer.hear('BYE', givenUpMs)
    expect(bye.header('Reason')).toContain('ACK timeout')
    peer.send(response(peer, newLeg(server.sipPort), bye, 200))
    expect(await within(5_000, why.come, 'destroy')).toBe('ACK timeout')
    expect(peer.count('200 INVITE')).toSatisfy(almost(11))
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })

  it('hears a refusal again until it has acknowledged it', async () => {
    const { server, peer } = await stage({ invite: () => (_req, res) => res.send(486) }, quick)
    const invite = request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() })
    peer.send(invite)
    const first = await peer.hear('486 INVITE')
    const second = await peer.hear('486 INVITE')
    expect(second.text).toBe(first.text)
    peer.send(follow(invite, 'ACK', first.header('To')))
  })
})

describe('the app', () => {
  it('has its INVITE repeated until it is answered', async () => {
    const { app, peer, server } = await stage({}, quick)
    const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
    const seen: Heard[] = []
    for (let time = 0; time < 4; time++) seen.push(await peer.hear('INVITE'))
    expect(new Set(seen.map(each => each.text)).size).toBe(1)
    // Nominally 7 T1; the tables' own tests are exact.
    expect(seen[3]!.atMs - seen[0]!.atMs).toBeGreaterThan(3.5 * server.t1Ms)
    const leg = legOf(seen[0]!)
    peer.send(response(peer, leg, seen[0]!, 200, { body: sdp() }))
    await peer.hear('ACK')
    expect((await placed).connected).toBe(true)
  })

  it('has its ACK said again when the answer comes again', async () => {
    const { app, peer } = await stage({}, quick)
    const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
    const invite = await peer.hear('INVITE')
    const answer = response(peer, legOf(invite), invite, 200, { body: sdp() })
    peer.send(answer)
    const ack = await peer.hear('ACK')
    peer.send(answer)
    expect((await peer.hear('ACK')).text).toBe(ack.text)
    await placed
  })

  it('gets 408 for a call that nobody answers', { timeout: 60_000 }, async () => {
    const { app, peer, server } = await stage({}, quick)
    const status = app
      .createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
      .catch((error: { status: number }) => error.status)
    expect(await within(givenUpMs, status, '408')).toBe(408)
    expect(peer.count('INVITE')).toSatisfy(almost(7))
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })

  it('gets 408 for a request that nobody answers', { timeout: 60_000 }, async () => {
    const { app, peer } = await stage({}, quick)
    const asked = await app.request(`sip:peer@127.0.0.1:${peer.port}`, { method: 'OPTIONS' })
    const answer = await responseTo(asked, givenUpMs)
    expect(answer.status).toBe(408)
    expect(peer.count('OPTIONS')).toSatisfy(almost(11))
  })

  it('ends a call whose far end has gone: its BYE is repeated, and the dialog is over', {
    timeout: 60_000,
  }, async () => {
    const { server, peer, dialog, ack } = await unacknowledged()
    peer.send(ack())
    await settled(peer, server)
    await within(givenUpMs, dialog.destroy(), 'the end of the call')
    expect(peer.count('BYE')).toSatisfy(almost(11))
    expect(server.open()?.dialogs ?? 0).toBe(0)
  })
})

it.skipIf(isReal)('a reliable ringing that is never acknowledged fails the call', async () => {
  const { server, peer } = await stage(
    { invite: () => (_req, res) => res.send(183, { headers: { Require: '100rel' }, body: sdp(5000) }) },
    quick,
  )
  const leg = newLeg(server.sipPort)
  const invite = request(peer, leg, 'INVITE', { body: sdp(), headers: ['Supported: 100rel'] })
  peer.send(invite)
  const refusal = await peer.hear('504 INVITE')
  peer.send(follow(invite, 'ACK', refusal.header('To')))
  expect(peer.count('183 INVITE')).toSatisfy(almost(7))
  expect(server.open()?.dialogs).toBe(0)
  expect(server.open()?.requests).toBe(0)
})
