import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { tableBetween } from '../../src/media/codec.ts'
import { pcma } from '../../src/media/codecs/pcma.ts'
import { pcmu } from '../../src/media/codecs/pcmu.ts'
import { soundOf } from '../../src/media/index.ts'
import { mediaForTest, notice, phoneOn, remoteOf } from '../support/media-pool.ts'
import { seededChance } from '../support/network.ts'
import { createRtpPeer } from '../support/rtp-peer.ts'
import { tone } from '../support/sounds.ts'

it('plays a sound to its end, then silence, in one unbroken stream', async () => {
  const [peer, port] = await phoneOn(await mediaForTest())
  await peer.hears(() => true)
  expect(await port.play([soundOf(tone(440, 100)), soundOf(tone(880, 50))])).toBe('finished')
  const [first] = await peer.hears(({ payload }) => payload.some(byte => byte !== 0xd5))
  expect(first!.marker).toBe(true)
  const packets = await peer.hears(() => true, 12)
  for (const [at, packet] of packets.slice(1).entries())
    expect(packet).toMatchObject({
      sequence: (packets[at]!.sequence + 1) & 0xffff,
      timestamp: (packets[at]!.timestamp + 160) >>> 0,
      ssrc: first!.ssrc,
      payloadType: 8,
    })
})

it('lets a play replace another, a signal stop one, and a closed port lose one', async () => {
  const [, port] = await phoneOn(await mediaForTest())
  const second = soundOf(tone(440, 1000))
  const first = port.play([second])
  const stop = new AbortController()
  const looped = port.play([second], { loop: true, signal: stop.signal })
  expect(await first).toBe('stopped')
  stop.abort()
  expect(await looped).toBe('stopped')
  expect(await port.play([second], { signal: stop.signal })).toBe('stopped')
  const last = port.play([second])
  await port.close()
  expect(await last).toBe('lost')
  expect(await port.play([second])).toBe('lost')
})

it('hears a key once, at its first packet', async () => {
  const [peer, port] = await phoneOn(await mediaForTest())
  const heard: string[] = []
  const two = new Promise<void>(resolve =>
    port.on('key', ({ key, source }) => heard.push(`${key} ${source}`) === 2 && resolve()),
  )
  peer.press(port.local, 0)
  peer.press(port.local, 11, 101, packet => packet < 7)
  await two
  expect(heard).toEqual(['0 rtp-event', '# rtp-event'])
})

it('says nothing to an end that has us on hold, and speaks again after', async () => {
  const [peer, port] = await phoneOn(await mediaForTest({ mediaTimeoutMs: 100 }), { send: false })
  const finished = port.play([soundOf(tone(440, 300))])
  expect(await finished).toBe('finished')
  expect(peer.heard).toEqual([])
  port.connect(remoteOf(peer))
  await peer.hears(() => true)
})

it('calls a port lost that hears nothing for the media timeout, once', async () => {
  const [peer, port] = await phoneOn(await mediaForTest({ mediaTimeoutMs: 200 }))
  peer.say(port.local, new Uint8Array(160))
  const startMs = performance.now()
  expect(await notice(port, 'lost')).toEqual({ reason: 'media-timeout' })
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(180)
})

it('calls a bridged port lost sooner where somebody waits for its word, and not where both are silent', async () => {
  const pool = await mediaForTest({ mediaTimeoutMs: 60_000 })
  const [peer, citizen] = await phoneOn(pool)
  const seat = await pool.open(citizen)
  const dead = await createRtpPeer()
  seat.connect({ ...remoteOf(dead), missedAfterMs: 200 })
  dead.say(seat.local, new Uint8Array(160))
  await citizen.bridge(seat)
  const lost: string[] = []
  citizen.on('lost', () => lost.push('citizen'))
  seat.on('lost', () => lost.push('seat'))
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(lost).toEqual([])
  const speaking = setInterval(() => peer.say(citizen.local, new Uint8Array(160)), 20)
  await expect.poll(() => lost, { timeout: 2_000 }).toEqual(['seat'])
  clearInterval(speaking)
})

it('does not listen to strangers, wherever its phone speaks from, and counts those that the kernel lets by', async () => {
  const pool = await mediaForTest()
  const stranger = await createRtpPeer()
  for (const behindNat of [false, true]) {
    const [peer, port] = await phoneOn(pool, behindNat ? { port: 9 } : {})
    const keys: string[] = []
    port.on('key', ({ key }) => keys.push(key))
    peer.press(port.local, 1)
    await notice(port, 'key')
    await peer.hears(() => true)
    stranger.press(port.local, 9)
    peer.press(port.local, 2)
    await notice(port, 'key')
    expect(keys).toEqual(['1', '2'])
    expect((await port.quality()).packetsReceived).toBe(16)
    expect(pool.figures().strangersRefused).toBe(behindNat ? 8 : 0)
  }
  stranger.close()
})

it('moves with its phone when a re-INVITE names another address', async () => {
  const pool = await mediaForTest()
  const [before, port] = await phoneOn(pool)
  before.say(port.local, new Uint8Array(160))
  await before.hears(() => true, 3)
  const after = await createRtpPeer()
  port.connect(remoteOf(after))
  await after.hears(() => true)
  const heard = notice(port, 'key')
  after.press(port.local, 3)
  expect((await heard).key).toBe('3')
  await after.hears(() => true, 10)
  after.close()
})

it('bears a phone that is gone, and one whose packets are none', async () => {
  const pool = await mediaForTest()
  const [peer, port] = await phoneOn(pool)
  peer.send(port.local, Uint8Array.from([1, 2, 3]))
  peer.say(port.local, new Uint8Array(160))
  await peer.hears(() => true, 3)
  expect(pool.figures()).toMatchObject({ malformedPackets: 1, strangersRefused: 0 })
  const gone = await createRtpPeer()
  port.connect(remoteOf(gone))
  gone.say(port.local, new Uint8Array(160))
  await gone.hears(() => true, 3)
  gone.close()
  expect(await port.play([soundOf(tone(440, 200))])).toBe('finished')
})

it('goes on playing in another codec when a re-INVITE asks for it', async () => {
  const [peer, port] = await phoneOn(await mediaForTest())
  const transcoded = tableBetween(pcma, pcmu)[pcma.fromLinear[8000]!]
  const playing = port.play([soundOf(new Int16Array(8 * 400).fill(8000))])
  await peer.hears(({ payload }) => payload[0] === pcma.fromLinear[8000])
  port.connect({ ...remoteOf(peer), codec: 'PCMU' })
  await peer.hears(({ payloadType, payload }) => payloadType === 0 && payload[0] === transcoded)
  expect(await playing).toBe('finished')
})

it('lives on whatever it is sent and told to send to', async () => {
  const pool = await mediaForTest()
  const [peer, port] = await phoneOn(pool)
  const rtcp = { address: port.local.address, port: port.local.port + 1 }
  const chance = seededChance(4711)
  for (let packet = 0; packet < 300; packet++) {
    const bytes = Uint8Array.from({ length: chance() * 80 }, () => chance() * 256)
    bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f)
    peer.send(packet % 2 ? port.local : rtcp, bytes)
  }
  for (const nowhere of [{ port: 0 }, { port: 65535 }, { address: 'not.an.address' }, { address: '::1' }]) {
    port.connect({ ...remoteOf(peer), ...nowhere })
    expect(await port.play([soundOf(tone(440, 40))])).toBe('finished')
  }
  await port.close()
  expect(pool.figures().workersDied).toBe(0)
})

it('steps over UDP ports that others took, and says so when none is left', async () => {
  const taken = createSocket('udp4')
  taken.bind(19_003, '127.0.0.1') // the RTCP side of the first pair
  await once(taken, 'listening')
  const pool = await mediaForTest({ portRange: [19_002, 19_005], maxPorts: 8 })
  const port = await pool.open()
  expect(port.local.port).toBe(19_004)
  await expect(pool.open()).rejects.toMatchObject({ code: 'media-full' })
  await port.close()
  expect((await pool.open()).local.port).toBe(19_004)
  taken.close()
})

it('opens no more ports than it may, and counts them', async () => {
  const pool = await mediaForTest({ maxPorts: 1 })
  const port = await pool.open()
  await expect(pool.open()).rejects.toMatchObject({ code: 'media-full' })
  await port.close()
  await pool.open()
  expect(pool.size()).toBe(1)
})

it('refuses to start on an address that is not its own', async () => {
  await expect(mediaForTest({ bindAddress: '192.0.2.1' })).rejects.toMatchObject({ code: 'media-unusable' })
})

it('goes on with the ports of a worker that dies at the one that takes over: what plays is heard anew, who talks talks', async () => {
  const pool = await mediaForTest({ workers: 2 })
  const [listener, playing] = await phoneOn(pool)
  const [spared, other] = await phoneOn(pool)
  expect(other.worker).not.toBe(playing.worker)
  const [one, first] = await phoneOn(pool)
  const second = await pool.open(first)
  const two = await createRtpPeer()
  second.connect(remoteOf(two))
  expect([first.worker, second.worker]).toEqual([playing.worker, playing.worker])
  await first.bridge(second)
  const tapped: string[] = []
  first.tap(({ direction }) => tapped.push(direction))
  const lost: unknown[] = []
  for (const port of [playing, first, second]) port.on('lost', notice => lost.push(notice))
  const played = playing.play([soundOf(tone(440, 600))])
  await listener.hears(({ payload }) => new Set(payload).size > 4)

  await pool.workers()[playing.worker]!.terminate()
  const [before, ofTwo] = [listener.heard.length, two.heard.length]
  tapped.length = 0
  expect(await played).toBe('finished')
  expect(
    listener.heard.slice(before).filter(({ payload }) => new Set(payload).size > 4).length,
  ).toBeGreaterThan(25)
  await one.sayAll(first.local, new Uint8Array(1600).fill(0x2a))
  const isOfOne = ({ payload }: { readonly payload: Uint8Array }) => payload.every(byte => byte === 0x2a)
  await expect
    .poll(() => two.heard.slice(ofTwo).filter(isOfOne).length, { timeout: 2_000 })
    .toBeGreaterThan(3)
  expect(tapped).toContain('heard')
  expect(await other.play([soundOf(tone(440, 60))])).toBe('finished')
  await spared.hears(() => true)
  expect(lost).toEqual([])
  expect(await first.close()).toMatchObject({ packetsReceived: 10 })
  expect(pool.figures()).toMatchObject({ workersDied: 1, portsOpen: 3 })
})

it('loses the ports of a worker that dies once more at once, since one of them may be why, and goes on with others', async () => {
  const pool = await mediaForTest({ workers: 1 })
  const [, doomed] = await phoneOn(pool)
  const playing = doomed.play([soundOf(tone(440, 5000))])
  const lost = notice(doomed, 'lost')
  await pool.workers()[0]!.terminate()
  await doomed.quality()
  await pool.workers()[0]!.terminate()
  expect(await lost).toEqual({ reason: 'worker-died' })
  expect(await playing).toBe('lost')
  const [peer] = await phoneOn(pool)
  await peer.hears(() => true)
  await expect((await pool.open()).bridge(doomed)).rejects.toMatchObject({ code: 'bridge-failed' })
  expect(pool.figures()).toMatchObject({ workersDied: 2, portsOpen: 2 })
})

it('exchanges reports, from which the round trip is known', async () => {
  const pool = await mediaForTest()
  const one = await pool.open()
  const other = await pool.open(one)
  one.connect(remoteOf(other.local))
  other.connect(remoteOf(one.local))
  let quality = await one.quality()
  for (const frame = soundOf(tone(440, 20)); quality.roundTripMs === undefined; await one.play([frame]))
    quality = await one.quality()
  expect(quality.roundTripMs).toBeLessThan(50)
  expect(quality.mos).toBeGreaterThan(4.2)
  expect(quality.packetsLost).toBe(0)
})
