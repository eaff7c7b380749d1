/** Where requests within a call go: to the Contact, over the connection, or back through the NAT (RFC 3261 section 12.2.1.1). */
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Dialog, fact } from './app.ts'
import { isReal } from './open-server.ts'
import { type Leg, learn, legOf, newLeg, openPeer, type Peer, request, response, sdp } from './peer.ts'
import { type Stage, stage } from './stage.ts'

type Call = Stage & { readonly leg: Leg; readonly dialog: Dialog }

const withContact = (text: string, contact: string) =>
  text.replace(/^Contact: .*$/m, () => `Contact: <${contact}>`)

/** A call that was answered, its Contact being `contact`, if that is another than the caller's own. */
async function called(
  contact?: (set: Stage) => Promise<string> | string,
  protocol: 'udp' | 'tcp' = 'udp',
  trusts?: (address: string) => boolean,
): Promise<Call> {
  const told = fact<Dialog>()
  const set = await stage(
    {
      invite: app => async (req, res) => {
        const dialog = await app.createUAS(req, res, { localSdp: sdp(5000) })
        dialog.on('modify', (_, answer) => answer.send(200, { body: sdp(5000) }))
        told.tell(dialog)
      },
    },
    { protocol, trusts },
  )
  const leg = newLeg(set.server.sipPort)
  const invite = request(set.peer, leg, 'INVITE', { body: sdp() })
  set.peer.send(contact === undefined ? invite : withContact(invite, await contact(set)))
  learn(leg, await set.peer.hear('200 INVITE'))
  set.peer.send(request(set.peer, leg, 'ACK').replace(/^Contact: .*\r\n/m, ''))
  return { ...set, leg, dialog: await told.come }
}

async function at(host: string, sipPort: number): Promise<Peer> {
  const peer = await openPeer(sipPort, 'udp', host)
  onTestFinished(peer.close)
  return peer
}

/** Hangs up, and hears the BYE at `peer`. */
async function hangUpReaches({ leg, dialog }: Call, peer: Peer) {
  const ended = dialog.destroy()
  const bye = await peer.hear('BYE')
  peer.send(response(peer, leg, bye, 200))
  await ended
  return bye
}

describe('hanging up goes', () => {
  it.each(['127.0.0.2', '127.0.0.11', 'localhost'])(
    'to a Contact at %s, not to where the caller sends from',
    async host => {
      const found = fact<Peer>()
      const call = await called(async ({ server }) => {
        const elsewhere = await at(host === 'localhost' ? '127.0.0.1' : host, server.sipPort)
        found.tell(elsewhere)
        return `sip:peer@${host}:${elsewhere.port}`
      })
      await hangUpReaches(call, await found.come)
    },
  )

  it.each([
    'sip:peer@10.1.2.3:5060',
    'sip:peer@192.168.1.23',
    'sip:127.0.0.1@172.16.0.9:5060',
    'sip:peer@100.64.3.2:5060;x=127.0.0.1',
    'sip:peer@[fd00::1]:5060',
    'sip:peer@phone.invalid:9',
    'sips:peer@127.0.0.1:9',
    'tel:+8613800138000',
  ])('back through the NAT where the Contact is %s', async contact => {
    const call = await called(() => contact)
    const bye = await hangUpReaches(call, call.peer)
    expect(bye.startLine).toBe(`BYE ${contact} SIP/2.0`)
  })

  it.each(['udp', 'tcp'] as const)(
    'back where the call came from, which says nowhere where it is reached, in lines that end with LF alone (%s)',
    async protocol => {
      const told = fact<Dialog>()
      const set = await stage(
        {
          invite: app => async (req, res) =>
            told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) })),
        },
        { protocol },
      )
      const { server, peer } = set
      const plain = (text: string) => text.replace(/^Contact: .*\r\n/m, '').replaceAll('\r\n', '\n')
      const leg = newLeg(server.sipPort)
      const invite = plain(request(peer, leg, 'INVITE', { body: sdp() }))
      const length = Buffer.byteLength(invite.slice(invite.indexOf('\n\n') + 2))
      peer.send(invite.replace(/^Content-Length: \d+$/m, `Content-Length: ${length}`))
      learn(leg, await peer.hear('200 INVITE'))
      peer.send(plain(request(peer, leg, 'ACK')))
      const bye = await hangUpReaches({ ...set, leg, dialog: await told.come }, peer)
      expect(bye.startLine).toMatch(new RegExp(`^BYE sip:peer@127[.]0[.]0[.]1:\\d+;transport=${protocol} `))
    },
  )

  it.each(['INVITE', 'UPDATE'])('to the Contact of the last %s', async method => {
    const call = await called()
    call.dialog.on('update', (_, answer) => answer.send(200))
    const elsewhere = await at('127.0.0.1', call.server.sipPort)
    const moved = request(call.peer, call.leg, method, { body: sdp() })
    call.peer.send(withContact(moved, `sip:peer@127.0.0.1:${elsewhere.port}`))
    await call.peer.hear(`200 ${method}`)
    await hangUpReaches(call, elsewhere)
  })

  it('to the Contact of a 2xx to our UPDATE', async () => {
    const call = await called()
    const elsewhere = await at('127.0.0.1', call.server.sipPort)
    const answered = call.dialog.request({ method: 'UPDATE' })
    const update = await call.peer.hear('UPDATE')
    call.peer.send(
      withContact(response(call.peer, call.leg, update, 200), `sip:peer@127.0.0.1:${elsewhere.port}`),
    )
    await answered
    await hangUpReaches(call, elsewhere)
  })

  it.each([
    ['a private one', () => 'sip:peer@10.1.2.3:5060'],
    ['the place before', (call: Call) => `sip:peer@127.0.0.1:${call.peer.port}`],
    ['the new place', (_: Call, place: Peer) => `sip:peer@127.0.0.1:${place.port}`],
  ])('to where a NAT has moved the caller, whose Contact is %s', async (_, contact) => {
    const call = await called(contact.length === 0 ? () => 'sip:peer@10.1.2.3:5060' : undefined)
    const place = await at('127.0.0.1', call.server.sipPort)
    place.send(withContact(request(place, call.leg, 'INVITE', { body: sdp() }), contact(call, place)))
    await place.hear('200 INVITE')
    place.send(request(place, call.leg, 'ACK').replace(/^Contact: .*\r\n/m, ''))
    await hangUpReaches(call, place)
  })

  it('to where a NAT has moved the caller, when no more than an INFO tells of it', async () => {
    const call = await called()
    const place = await at('127.0.0.1', call.server.sipPort)
    place.send(request(place, call.leg, 'INFO').replace(/^Contact: .*\r\n/m, ''))
    await place.hear('200 INFO')
    await hangUpReaches(call, place)
  })

  it('to the Contact of a phone that sends each request from another port', async () => {
    const found = fact<Peer>()
    const call = await called(async ({ server }) => {
      const listening = await at('127.0.0.1', server.sipPort)
      found.tell(listening)
      return `sip:peer@127.0.0.1:${listening.port}`
    })
    const other = await at('127.0.0.1', call.server.sipPort)
    other.send(request(other, call.leg, 'INFO').replace(/^Contact: .*\r\n/m, ''))
    await other.hear('200 INFO')
    await hangUpReaches(call, await found.come)
  })
})

describe('a caller over TCP', () => {
  it.each([';transport=tcp', ''])(
    'whose connection is gone is reached at its Contact (%s)',
    async transport => {
      const call = await called(({ peer }) => `sip:peer@127.0.0.1:${peer.port}${transport}`, 'tcp')
      await call.peer.disconnect()
      await expect.poll(() => call.server.open()?.connections).toBe(0)
      await hangUpReaches(call, call.peer)
      expect(call.server.open()?.dialogs).toBe(0)
    },
  )

  it('whose connection is gone before the answer gets it where its Via says', async () => {
    const asked = fact<() => void>()
    const { server, peer } = await stage(
      { message: () => (_, res) => asked.tell(() => res.send(200)) },
      { protocol: 'tcp' },
    )
    peer.send(request(peer, newLeg(server.sipPort), 'MESSAGE'))
    const answer = await asked.come
    await peer.disconnect()
    await expect.poll(() => server.open()?.connections).toBe(0)
    answer()
    await peer.hear('200 MESSAGE')
  })

  it('who comes back over another connection is reached over that', async () => {
    const call = await called(() => 'sip:peer@10.1.2.3:5060;transport=tcp', 'tcp')
    await call.peer.disconnect()
    call.peer.send(request(call.peer, call.leg, 'INFO').replace(/^Contact: .*\r\n/m, ''))
    await call.peer.hear('200 INFO')
    await hangUpReaches(call, call.peer)
  })

  it('whom nothing can reach any more ends for the app all the same', async () => {
    const call = await called(() => 'sip:peer@10.1.2.3:5060;transport=tcp', 'tcp')
    await call.peer.disconnect()
    await expect.poll(() => call.server.open()?.connections).toBe(0)
    await call.dialog.destroy().catch(() => undefined)
    expect(call.dialog.connected).toBe(false)
  })
})

/**
 * Their port died with the connection (RFC 5923: an alias is asked for by who connects, and proved by TLS alone): the one
 * place that is proved to be theirs is their address. A Contact there gets the BYE over a connection of ours; one elsewhere
 * would have us write to whom they like, and gets nothing, which RFC 3261, 12.2.1.2 takes for the end of the call as well.
 */
describe.skipIf(isReal)('a stranger over TCP whose connection is gone', () => {
  const nobody = () => false
  it('is reached at their Contact where that is at their own address', async () => {
    const call = await called(({ peer }) => `sip:peer@127.0.0.1:${peer.port};transport=tcp`, 'tcp', nobody)
    await call.peer.disconnect()
    await expect.poll(() => call.server.open()?.connections).toBe(0)
    await hangUpReaches(call, call.peer)
  })

  it('has nothing written to the place that they named elsewhere, and the call is over all the same', async () => {
    const reached: string[] = []
    const third = createServer(socket => reached.push(`${socket.remotePort}`))
    await new Promise<void>(resolve => third.listen(0, '127.0.0.2', resolve))
    onTestFinished(() => void third.close())
    const { port } = third.address() as AddressInfo
    const datagrams = await at('127.0.0.2', 0)
    for (const contact of [
      `sip:peer@127.0.0.2:${port};transport=tcp`,
      `sip:peer@127.0.0.1:9;maddr=127.0.0.2;transport=tcp`,
      `sip:peer@127.0.0.2:${datagrams.port};transport=udp`,
    ]) {
      const call = await called(() => contact, 'tcp', nobody)
      await call.peer.disconnect()
      await expect.poll(() => call.server.open()?.connections).toBe(0)
      await call.dialog.destroy().catch(() => undefined)
      expect([call.dialog.connected, call.server.open()?.dialogs]).toEqual([false, 0])
    }
    expect([reached, datagrams.count('BYE')]).toEqual([[], 0])
  })
})

it('a call that the app has placed follows the Contact of the answer', async () => {
  const { server, app, peer } = await stage()
  const elsewhere = await at('127.0.0.2', server.sipPort)
  const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
  const invite = await peer.hear('INVITE')
  const leg = legOf(invite)
  const answer = response(peer, leg, invite, 200, { body: sdp() })
  peer.send(withContact(answer, `sip:peer@127.0.0.2:${elsewhere.port}`))
  await elsewhere.hear('ACK')
  const ended = (await placed).destroy()
  elsewhere.send(response(elsewhere, leg, await elsewhere.hear('BYE'), 200))
  await ended
})
