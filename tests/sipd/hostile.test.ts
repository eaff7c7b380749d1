/** Places that strangers name, in Via, Contact and Record-Route, to which nothing can be sent: no packet ends the process. */
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newId } from '../../src/foundation/index.ts'
import { type App, type Handler, within } from './app.ts'
import { legOf, newLeg, openPeer, type Peer, request, response, sdp } from './peer.ts'
import { stage } from './stage.ts'

/** What stands behind a host: ports that are none, and hosts that name nothing or everything. */
const nowhere = [
  '127.0.0.1:0',
  '127.0.0.1:70000',
  '127.0.0.1:99999',
  '127.0.0.1:999999999999999999999',
  'a:0',
  '[::1]:5060',
  '[2001:db8::1]:5060',
  '[::]:5060',
  '[fe80::1]:5060',
  '[ff02::1]:5060',
  '0.0.0.0:5060',
  '0.0.0.0:0',
  '224.0.1.75:5060',
  '255.255.255.255:5060',
  '240.0.0.1:5060',
  '999.1.1.1:5060',
  '1.2.3:5060',
  'nowhere.invalid:5060',
  '-:5060',
  '..:5060',
  'a..b:5060',
  'localhost.:0',
  `${'a'.repeat(300)}:5060`,
  ':5060',
  '',
]

/** The server still serves: a request of another peer is answered. */
async function stillServes(peer: Peer, sipPort: number): Promise<void> {
  const leg = newLeg(sipPort)
  peer.send(request(peer, leg, 'MESSAGE'))
  for (;;) {
    const answer = await peer.hear('200 MESSAGE')
    if (answer.header('Call-ID') === leg.callId) return
  }
}

const serving = {
  message: () => (_req: unknown, res: { send(status: number): void }) => res.send(200),
} as const

/** Answers calls, and hangs up once they are there. */
const hangingUp =
  (ended: (each: Promise<unknown>) => void) =>
  (app: App): Handler =>
  async (req, res) => {
    const dialog = await app.createUAS(req, res, { localSdp: sdp() })
    ended(dialog.destroy().catch(() => 'not sent'))
  }

describe.each(['udp', 'tcp'] as const)('over %s', protocol => {
  it('a request whose Via names no place is refused or dropped, and the next is served', async () => {
    const { server, peer } = await stage(
      { ...serving, invite: () => (_, res) => res.send(486) },
      { protocol },
    )
    for (const place of nowhere) {
      for (const method of ['OPTIONS', 'INVITE', 'MESSAGE', 'BYE', 'CANCEL', 'ACK', 'NONSENSE']) {
        const sent = request(peer, newLeg(server.sipPort), method)
        for (const params of ['', ';rport', ';received=0.0.0.0', ';maddr=255.255.255.255']) {
          const via = `SIP/2.0/${protocol.toUpperCase()} ${place}${params};branch=${newId('z9hG4bK')}`
          peer.send(sent.replace(/^Via: .*$/m, () => `Via: ${via}`))
        }
      }
      await stillServes(peer, server.sipPort)
    }
  })

  it.each([
    ['Contact', (place: string) => `Contact: <sip:peer@${place}>`],
    ['Contact with maddr', (place: string) => `Contact: <sip:peer@127.0.0.1;maddr=${place}>`],
    ['Record-Route', (place: string) => `Record-Route: <sip:${place};lr>\r\nContact: <sip:peer@127.0.0.1>`],
  ])('hanging up on a caller whose %s names no place harms nobody', async (_, written) => {
    const ends: Promise<unknown>[] = []
    const invite = hangingUp(each => ends.push(each))
    const { server, peer } = await stage({ ...serving, invite }, { protocol, t1Ms: 5 })
    for (const place of nowhere) {
      const sent = request(peer, newLeg(server.sipPort), 'INVITE', { body: sdp() })
      peer.send(sent.replace(/^Contact: .*$/m, () => written(place)))
    }
    await stillServes(peer, server.sipPort)
    await expect.poll(() => ends.length).toBeGreaterThan(5)
    await within(10_000, Promise.all(ends), 'the ends of the calls')
    await stillServes(peer, server.sipPort)
  })

  it('who answers our call with a Contact that is no place ends no more than that call', async () => {
    const { server, app, peer } = await stage(serving, { protocol, t1Ms: 5 })
    const transport = protocol === 'tcp' ? ';transport=tcp' : ''
    const ends: Promise<unknown>[] = []
    for (const place of nowhere) {
      const placed = app
        .createUAC(`sip:peer@127.0.0.1:${peer.port}${transport}`, { localSdp: sdp() })
        .then(dialog => dialog.destroy())
        .catch(() => 'not answered')
      const invite = await peer.hear('INVITE')
      const answer = response(peer, legOf(invite), invite, 200, { body: sdp() })
      peer.send(answer.replace(/^Contact: .*$/m, () => `Contact: <sip:peer@${place}>`))
      ends.push(placed)
    }
    await within(10_000, Promise.all(ends), 'the ends of the calls')
    await stillServes(peer, server.sipPort)
  })
})

it('one datagram whose Via names port 0 is answered 400, where it came from', async () => {
  const { server, peer } = await stage(serving)
  const sent = request(peer, newLeg(server.sipPort), 'OPTIONS')
  peer.send(sent.replace(/^Via: .*$/m, 'Via: SIP/2.0/UDP a:0;branch=z9hG4bK1'))
  await peer.hear('400 OPTIONS')
  await stillServes(peer, server.sipPort)
})

it.each(['', ';transport=tcp'])(
  'an app that asks for a call to no place hears an error (%s)',
  async transport => {
    const { server, app, peer } = await stage(serving, { t1Ms: 5 })
    const heard = nowhere.map(place =>
      app.createUAC(`sip:x@${place}${transport}`, { localSdp: sdp() }).then(
        () => 'answered',
        () => 'failed',
      ),
    )
    expect(new Set(await within(10_000, Promise.all(heard), 'errors'))).toEqual(new Set(['failed']))
    await stillServes(peer, server.sipPort)
  },
)

it('a message that is longer than a datagram can be fails alone', async () => {
  const { server, app, peer } = await stage(serving, { t1Ms: 5 })
  const failed = app
    .createUAC(`sip:peer@127.0.0.1:${peer.port}`, {
      localSdp: sdp(),
      headers: { 'X-Long': 'x'.repeat(70_000) },
    })
    .catch((error: { status: number }) => error.status)
  expect(await within(10_000, failed, 'an error')).toBe(503)
  await stillServes(peer, server.sipPort)
})

it('a connection that is reset as soon as it is made is nobody', async () => {
  const { server, peer } = await stage(serving)
  for (let each = 0; each < 200; each++) {
    const socket = connect(server.sipPort, '127.0.0.1', () => socket.resetAndDestroy())
    socket.on('error', () => undefined)
  }
  await stillServes(peer, server.sipPort)
  const other = await openPeer(server.sipPort, 'tcp')
  onTestFinished(other.close)
  await stillServes(other, server.sipPort)
  await expect.poll(() => server.open()?.connections).toBeLessThanOrEqual(1)
})
