/** A citizen and a seat, each at a baresip, talk through the running product; what one plays is found in what the other heard. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Baresip, hasBaresip, startBaresip, startSamplePhone } from '../support/baresip.ts'
import { hasEdge, startEdge } from '../support/edge.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { addReadySeat, removeSeat } from '../support/seats.ts'
import { chirp, find } from '../support/sounds.ts'

/** Without the tool the tests are skipped by name; where everything has to be there, they fail. */
const canRun = hasBaresip || process.env.CI === 'true'
const canRunEdge = hasEdge || process.env.CI === 'true'
const up = chirp(400, 3000, 300)
const down = chirp(3000, 400, 300)
const across = chirp(900, 2400, 120)
const patience = { timeout: 15_000, interval: 50 }

describe.skipIf(!canRun)('with baresip', { timeout: 40_000 }, () => {
  let hotline: RunningHotline
  const open: Baresip[] = []
  const plugIn = async (options: Parameters<typeof startBaresip>[0]) => {
    const phone = await startBaresip(options)
    open.push(phone)
    return phone
  }

  beforeAll(async () => {
    hotline = await runHotline({ SEAT_WRAP_UP_SECONDS: '0' })
  }, 60_000)
  afterAll(() => hotline.close())
  afterEach(async () => {
    for (const phone of open.splice(0)) await phone.close()
    const { seats } = await hotline.api<{ seats: readonly { name: string }[] }>('/seats')
    for (const { name } of seats) await removeSeat(hotline, name)
  })

  /** The caller hears a second of the greeting, presses 0, and talks for a second and a half with the seat that rings. */
  const talk = async (caller: Baresip, seat: Baresip, at = `127.0.0.1:${hotline.sip.port}`) => {
    caller.order('dial', `sip:12345@${at}`)
    await caller.happens('CALL_ESTABLISHED')
    await expect.poll(async () => (await caller.heard()).length, patience).toBeGreaterThan(8_000)
    caller.order('sndcode', '0')
    await seat.happens('CALL_INCOMING')
    const greeting = await caller.heard()
    seat.order('accept')
    await seat.happens('CALL_ESTABLISHED')
    await expect.poll(async () => (await seat.heard()).length, patience).toBeGreaterThan(12_000)
    return greeting
  }

  it('the sample of a seat’s phone registers, once the password is in its accounts file', async () => {
    const added = await hotline.jieting('seat', 'add', 's1', '--name', '一号坐席', '--json')
    const { password } = JSON.parse(added.out) as { password: string }
    const phone = await startSamplePhone(password, hotline.sip.port)
    try {
      const contactOf = async () =>
        (await hotline.api<{ seats: readonly { contact?: string }[] }>('/seats')).seats[0]?.contact ?? ''
      await expect.poll(contactOf, patience).toMatch(/^sip:s1-?[^@]*@127\.0\.0\.1:\d+/)
    } finally {
      await phone.close()
    }
  })

  it('a caller hears the greeting, presses 0, and talks with a seat, A-law here and µ-law there; the caller hangs up', async () => {
    const caller = await plugIn({ user: 'citizen', codec: 'pcma', says: up })
    const seat = await plugIn({ user: 's1', codec: 'pcmu', says: down })
    await addReadySeat(hotline, 's1', seat.contact)
    const greeting = await talk(caller, seat)
    expect(energyOf(greeting.subarray(0, 8_000))).toBeGreaterThan(500)
    expect(find(down, greeting).likeness).toBeLessThan(0.5)

    caller.order('hangup')
    await seat.happens('CALL_CLOSED')
    expect(find(down, await caller.heard()).likeness).toBeGreaterThan(0.9)
    expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)

    await expect.poll(async () => (await hotline.newestCall())?.call.state, patience).toBe('ended')
    const id = (await hotline.newestCall())?.call.id ?? ''
    const shown = await hotline.jieting('calls', 'show', id)
    const story = [
      /call in: .* to 12345/,
      /answered \(PCMA\)/,
      /prompt \(\d+\.\d s\)/,
      /key 0/,
      /in the queue for a person, place 1/,
      /\(no\. 1\) rings/,
      /connected with .*\(no\. 1\)/,
      /ended by the other end: hung up; loss \d+\.\d %, jitter \d+\.\d ms, MOS [34]\.\d/,
    ]
    const lines = shown.out.split('\n')
    const places = story.map(line => lines.findIndex(text => line.test(text)))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, two) => one - two))
    expect(lines.filter(line => /^\d\d:\d\d\.\d{3}/.test(line)).length).toBeGreaterThanOrEqual(story.length)
  })

  it('a phone that registers with the password that `seat add` printed is rung; the seat hangs up', async () => {
    const added = await hotline.jieting('seat', 'add', 's2', '--name', '二号坐席', '--json')
    const { password } = JSON.parse(added.out) as { password: string }
    const seat = await plugIn({
      user: 's2',
      codec: 'pcma',
      says: down,
      registers: { port: hotline.sip.port, password },
    })
    await seat.happens('REGISTER_OK')
    expect((await hotline.jieting('seat', 'ready', 's2')).code).toBe(0)
    const caller = await plugIn({ user: 'citizen', codec: 'pcmu', says: up })
    await talk(caller, seat)

    seat.order('hangup')
    await caller.happens('CALL_CLOSED')
    expect(find(down, await caller.heard()).likeness).toBeGreaterThan(0.9)
    expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)
  })

  it('a seat’s phone has its caller on hold, who hears music, and hands them to another by its transfer key', async () => {
    const caller = await plugIn({ user: 'citizen', codec: 'pcma', says: up })
    const first = await plugIn({ user: 's5', codec: 'pcma', says: down })
    await addReadySeat(hotline, 's5', first.contact)
    await talk(caller, first)
    const second = await plugIn({ user: 's6', codec: 'pcmu', says: across })
    await addReadySeat(hotline, 's6', second.contact)
    first.order('hold')
    await expect
      .poll(async () => (await hotline.facts()).at(-1), patience)
      .toEqual({ kind: 'held', held: true })
    first.order('transfer', 'sip:s6@198.51.100.7')
    await second.happens('CALL_INCOMING')
    second.order('accept')
    await second.happens('CALL_ESTABLISHED')
    await first.happens('CALL_CLOSED')
    await expect.poll(async () => (await second.heard()).length, patience).toBeGreaterThan(12_000)
    second.order('hangup')
    await caller.happens('CALL_CLOSED')
    const heard = await caller.heard()
    expect(find(across, heard).likeness).toBeGreaterThan(0.9)
    expect(find(up, await second.heard()).likeness).toBeGreaterThan(0.9)
    expect(find(across, await first.heard()).likeness).toBeLessThan(0.7)
  })

  it('a caller whose seat’s phone hangs up by itself, as its transfer is refused, talks to the next seat', async () => {
    const caller = await plugIn({ user: 'citizen', codec: 'pcma', says: up })
    const first = await plugIn({ user: 's7', codec: 'pcma', says: down })
    await addReadySeat(hotline, 's7', first.contact)
    await talk(caller, first)
    const second = await plugIn({ user: 's8', codec: 'pcmu', says: across, answers: true })
    await addReadySeat(hotline, 's8', second.contact)
    first.order('transfer', 'sip:+8613900139000@127.0.0.1')
    await first.happens('TRANSFER_FAILED')
    await second.happens('CALL_ESTABLISHED')
    await expect.poll(async () => (await second.heard()).length, patience).toBeGreaterThan(12_000)
    second.order('hangup')
    await caller.happens('CALL_CLOSED')
    expect(find(up, await second.heard()).likeness).toBeGreaterThan(0.9)
    expect(find(across, await caller.heard()).likeness).toBeGreaterThan(0.9)
  })

  it('a phone with a wrong password is refused and not rung', async () => {
    const added = await hotline.jieting('seat', 'add', 's3', '--name', '三号坐席')
    expect(added.code).toBe(0)
    const seat = await plugIn({
      user: 's3',
      codec: 'pcma',
      says: down,
      registers: { port: hotline.sip.port, password: 'a guess' },
    })
    await seat.happens('REGISTER_FAIL')
    expect((await hotline.jieting('seat', 'list')).out).not.toMatch(/s3.*sip:/)
  })

  describe.skipIf(!canRunEdge)('behind Kamailio and rtpengine, as sip-config/edge ships them', () => {
    let edge: Awaited<ReturnType<typeof startEdge>>
    beforeAll(async () => {
      edge = await startEdge(hotline.sip.port)
    })
    afterAll(() => edge.close())

    it('a stranger whose phone encrypts talks with a seat that registered there; who they say to be is withheld', async () => {
      const { host, port } = edge.outside
      const added = await hotline.jieting('seat', 'add', 's4', '--name', '四号坐席', '--json')
      const { password } = JSON.parse(added.out) as { password: string }
      const outside = { address: '127.0.0.3' }
      const says = { codec: 'pcma' as const, says: up }
      const caller = await plugIn({ user: '13800138000', ...says, ...outside, encrypts: true })
      const registers = { host, port, password }
      const seat = await plugIn({ user: 's4', codec: 'pcmu', says: down, ...outside, registers })
      await seat.happens('REGISTER_OK')
      const { seats } = await hotline.api<{ seats: readonly { contact?: string }[] }>('/seats')
      expect(seats[0]?.contact).toMatch(/^sip:s4.*@127\.0\.0\.1:\d+;alias=127\.0\.0\.3~\d+~1/)
      expect((await hotline.jieting('seat', 'ready', 's4')).code).toBe(0)

      await talk(caller, seat, `${host}:${port}`)
      seat.order('hangup')
      await caller.happens('CALL_CLOSED')
      expect(find(down, await caller.heard()).likeness).toBeGreaterThan(0.9)
      expect(find(up, await seat.heard()).likeness).toBeGreaterThan(0.9)
      const [invited] = await hotline.facts()
      expect(invited).toMatchObject({ kind: 'invited', caller: '' })
    })
  })
})

/** Root of the mean square. */
const energyOf = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
