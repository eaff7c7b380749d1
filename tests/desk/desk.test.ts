import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../../src/telephony/index.ts'
import { openDeskHouse } from './house.ts'

type House = Awaited<ReturnType<typeof openDeskHouse>>

/** Neither answers nor refuses. */
const lets = () => undefined

describe('the desk', () => {
  let house: House
  beforeEach(async () => {
    house = await openDeskHouse()
  })
  afterEach(async () => {
    await house.close()
    expect(house.line.size()).toBe(0)
    expect(house.clock.pending()).toBe(0)
  })
  const settle = () => house.clock.advance(0)

  it('rings the longest idle seat without any time passing', async () => {
    const first = house.seat('s1', lets)
    const second = house.seat('s2', lets)
    house.desk.setReady('s2')
    await house.clock.advance(1)
    house.desk.setReady('s1')
    const phone = house.line.ring({ from: 'wang', to: '12345' })
    await phone.answered
    expect(second.rings).toHaveLength(0)
    const caller = await house.caller('li')
    expect([first.rings.length, second.rings.length]).toEqual([0, 1])
    expect(second.rings[0]?.shows).toEqual({ number: 'li', name: 'help' })
    expect(caller.facts.map(fact => fact.kind)).toEqual(['queued', 'offered'])
  })

  it('lets caller and seat hear each other, and ends both legs when either hangs up', async () => {
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    expect(seat.state()).toBe('talking')
    caller.phone.say('路灯坏了')
    seat.rings[0]!.say('在哪里')
    expect([seat.rings[0]!.heard.at(-1)?.text, caller.phone.heard.at(-1)?.text]).toEqual([
      '路灯坏了',
      '在哪里',
    ])
    expect(caller.places).toEqual([1, 0])

    seat.rings[0]!.hangup()
    await settle()
    expect(await caller.phone.ended).toMatchObject({ by: 'us', reason: 'hung-up' })
    expect(caller.end()).toBe('served')
    expect(caller.facts.map(fact => fact.kind)).toEqual(['queued', 'offered', 'connected'])
    expect(seat.state()).toBe('wrap-up')
    await house.clock.advance(5_000)
    expect(seat.state()).toBe('ready')

    const next = await house.caller('li')
    await settle()
    next.phone.hangup()
    expect(await seat.rings[1]!.ended).toMatchObject({ by: 'us' })
    await settle()
    expect(next.end()).toBe('served')
  })

  it('tells each caller their place at each change, and serves the oldest INVITE first', async () => {
    const first = await house.caller('first')
    await house.clock.advance(1)
    const second = await house.caller('second')
    await house.clock.advance(1)
    const third = await house.caller('third')
    second.phone.hangup()
    await house.clock.advance(500)
    expect([first.places, second.places, third.places]).toEqual([[1], [2], [3, 2]])
    expect(second.end()).toBe('abandoned')
    expect(second.facts.at(-1)).toEqual({ kind: 'left-queue', reason: 'abandoned' })

    const seat = house.seat('s1')
    house.desk.setReady('s1')
    await house.clock.advance(500)
    expect(seat.rings[0]!.shows.number).toBe('first')
    expect(third.places).toEqual([3, 2, 1])
  })

  it.each([
    ['is busy', 'busy', (phone: { reject(how: 'busy'): void }) => phone.reject('busy')],
    ['declines', 'rejected', (phone: { reject(how: 'declined'): void }) => phone.reject('declined')],
  ])(
    'offers the caller to another seat when the first %s, and spares that one',
    async (_, reason, reacts) => {
      const bad = house.seat('s1', reacts)
      const good = house.seat('s2')
      house.desk.setReady('s1')
      house.desk.setReady('s2')
      const caller = await house.caller('wang')
      await settle()
      expect([bad.state(), good.state()]).toEqual(['resting', 'talking'])
      expect(caller.facts.map(fact => fact.kind)).toEqual([
        'queued',
        'offered',
        'offer-failed',
        'offered',
        'connected',
      ])
      expect(caller.facts).toContainEqual({ kind: 'offer-failed', seat: 's1', reason })
      await house.clock.advance(10_000)
      expect(bad.state()).toBe('ready')
      expect(bad.rings).toHaveLength(1)
    },
  )

  it('sets a seat aside whose phone is gone, and comes back to it once its agent is ready again', async () => {
    const seat = house.seat('s1')
    seat.unplug()
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    expect(house.desk.seats()).toMatchObject([
      { state: 'set-aside', reason: 'unreachable', unanswered: undefined },
    ])
    expect(caller.facts.at(-1)).toEqual({ kind: 'offer-failed', seat: 's1', reason: 'unreachable' })
    house.line.plugIn('sip:s1@127.0.0.1:5090', phone => phone.accept())
    await house.clock.advance(600_000)
    expect(seat.state()).toBe('set-aside')
    house.desk.setReady('s1')
    await settle()
    expect(seat.state()).toBe('talking')
  })

  it('ends an offer when its lease is over, with the caller at the head of the queue', async () => {
    const seat = house.seat('s1', lets)
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await house.clock.advance(1)
    const later = await house.caller('li')
    await house.clock.advance(20_000)
    expect(await seat.rings[0]!.ended).toMatchObject({ by: 'us', reason: 'cancelled' })
    expect(house.desk.seats()).toMatchObject([{ state: 'set-aside', reason: 'no-answer', unanswered: 1 }])
    expect([caller.places, later.places]).toEqual([[1], [2]])
    await house.clock.advance(600_000)
    expect(seat.rings).toHaveLength(1)
    house.desk.setReady('s1')
    await settle()
    expect(seat.rings[1]!.shows.number).toBe('wang')
  })

  it('stops the ring when the caller hangs up, and the seat stays the longest idle', async () => {
    const first = house.seat('s1', lets)
    house.seat('s2', lets)
    house.desk.setReady('s1')
    house.desk.setReady('s2')
    const caller = await house.caller('wang')
    caller.phone.hangup()
    await settle()
    expect(await first.rings[0]!.ended).toMatchObject({ by: 'us', reason: 'cancelled' })
    expect([caller.end(), first.state()]).toEqual(['abandoned', 'ready'])
    await house.caller('li')
    expect(first.rings).toHaveLength(2)
  })

  it('stops the ring when the caller chooses something else', async () => {
    const seat = house.seat('s1', lets)
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    caller.leave()
    await settle()
    expect([caller.end(), seat.state(), caller.call.signal.aborted]).toEqual(['left', 'ready', false])
  })

  it('puts a caller whose seat broke down back to where their INVITE belongs', async () => {
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await house.clock.advance(1)
    const later = await house.caller('li')
    seat.rings[0]!.vanish('media-timeout')
    await house.clock.advance(500)
    expect([caller.places, later.places]).toEqual([
      [1, 0, 1],
      [1, 2],
    ])
    // Its phone answers nothing any more: nobody else is offered to it.
    expect(seat.state()).toBe('set-aside')
    expect(caller.facts.at(-1)).toEqual({
      kind: 'offer-failed',
      seat: 's1',
      reason: 'seat-media-timeout',
    })
  })

  it('lets a seat that wants no more calls finish the one it has', async () => {
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    house.desk.setAway('s1')
    expect(seat.state()).toBe('talking')
    expect(() => house.desk.removeSeat('s1')).toThrow('seat s1')
    caller.phone.hangup()
    await house.clock.advance(5_000)
    expect(seat.state()).toBe('away')
    house.desk.removeSeat('s1')
    expect(house.desk.seats()).toEqual([])
  })

  it('goes on with the visit a caller has when they are queued twice', async () => {
    const caller = await house.caller('wang')
    const again = house.desk.queue(caller.call, { reason: 'again' })
    expect(house.desk.figures().waiting).toBe(1)
    caller.phone.hangup()
    expect(await again).toBe('abandoned')
  })

  it('tells screens what seats do and how many wait', async () => {
    const seen: string[] = []
    house.desk.notices.on('seat', ({ view }) => seen.push(view?.state ?? 'removed'))
    house.desk.notices.on('queue', ({ waiting }) => seen.push(`${waiting} waiting`))
    house.seat('s1', phone => phone.accept())
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    caller.phone.hangup()
    await house.clock.advance(5_000)
    house.desk.removeSeat('s1')
    expect(seen).toEqual([
      ...['away', 'ready', 'offered', '1 waiting', '0 waiting', 'talking', 'wrap-up', 'ready', 'removed'],
    ])
    expect(house.desk.figures()).toMatchObject({ waiting: 0, failedOffers: 0, ends: { served: 1 } })
  })

  it('sends the line away when it closes', async () => {
    const caller = await house.caller('wang')
    await house.desk.close()
    await settle()
    expect(caller.end()).toBe('failed')
  })
})

describe('the desk, when things are scarce or broken', () => {
  it('has no place beyond its capacity, and says so', async () => {
    const house = await openDeskHouse({ capacity: 1 })
    await house.caller('first')
    const second = await house.caller('second')
    await house.clock.advance(0)
    expect(second.end()).toBe('full')
    expect(second.facts).toEqual([{ kind: 'left-queue', reason: 'full' }])
    await house.close()
  })

  it('takes another seat when the two cannot be bridged, and hangs up the first', async () => {
    const house = await openDeskHouse()
    const [bad, good] = ['s1', 's2'].map(name => house.seat(name))
    bad!.moveAway()
    house.desk.setReady('s1')
    house.desk.setReady('s2')
    const caller = await house.caller('wang')
    await house.clock.advance(0)
    expect([bad!.state(), good!.state()]).toEqual(['resting', 'talking'])
    expect(caller.facts).toContainEqual({ kind: 'offer-failed', seat: 's1', reason: 'bridge-failed' })
    expect(await bad!.rings[0]!.ended).toMatchObject({ by: 'us' })
    expect(caller.places).toEqual([1, 0, 1, 0])
    await house.close()
  })

  it('does not wait for a line that neither answers nor gives up, and hangs up what answers too late', async () => {
    const dialled: Array<(call: Call) => void> = []
    const house = await openDeskHouse({ ringSeat: () => new Promise(resolve => dialled.push(resolve)) })
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await house.clock.advance(20_000)
    expect(seat.state()).toBe('set-aside')
    const late = await house.caller('li')
    dialled[0]!(late.call)
    expect(await late.phone.ended).toMatchObject({ by: 'us' })
    expect(caller.end()).toBeUndefined()
    await house.close()
  })
})
