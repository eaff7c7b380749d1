/** What the queue promises to those who wait, over the desk itself and a clock that is moved by hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskOptions } from '../../src/desk/index.ts'
import { ordinaryRules } from '../../src/desk/index.ts'
import { openDeskHouse } from './house.ts'

type House = Awaited<ReturnType<typeof openDeskHouse>>
const minute = 60_000
/** Neither answers nor refuses. */
const lets = () => undefined

let house: House
const open = async (options?: Partial<DeskOptions>) => {
  house = await openDeskHouse(options)
  return house
}
afterEach(async () => {
  await house.close()
  expect(house.clock.pending()).toBe(0)
})

describe('who rings again', () => {
  beforeEach(() => open())
  /** Rings, waits so long, and hangs up. */
  const giveUp = async (number: string, afterMs: number) => {
    const caller = await house.caller(number)
    await house.clock.advance(afterMs)
    caller.phone.hangup()
    await house.clock.advance(0)
  }

  it('is where they were, by their first INVITE, and the call says so', async () => {
    const first = await house.caller('13800138000')
    await house.clock.advance(minute)
    const other = await house.caller('13800138001')
    first.phone.hangup()
    await house.clock.advance(9 * minute)
    const again = await house.caller('13800138000')
    await house.clock.advance(500)
    expect([again.places, other.places]).toEqual([[1], [2, 1, 2]])
    expect(again.facts[0]).toEqual({ kind: 'queued', place: 1, sinceMs: first.call.invitedAtMs })
    expect(house.desk.figures().waitingSinceMs).toBe(first.call.invitedAtMs)
  })

  it('is where they were however full the queue is by then', async () => {
    await house.close()
    await open({ capacity: 1 })
    await giveUp('13800138000', minute)
    await house.caller('13800138001')
    const again = await house.caller('13800138000')
    expect([again.places, again.end()]).toEqual([[1], undefined])
  })

  it('has their place again when they give up a second time', async () => {
    await giveUp('13800138000', minute)
    await house.clock.advance(minute)
    const other = await house.caller('13800138001')
    await giveUp('13800138000', minute)
    await house.clock.advance(9 * minute)
    const third = await house.caller('13800138000')
    await house.clock.advance(500)
    expect([third.places, other.places.at(-1)]).toEqual([[1], 2])
  })

  it('takes nobody’s place by a number that they only name, and leaves it to whoever proves to have it', async () => {
    await giveUp('13800138000', minute)
    await house.clock.advance(minute)
    const other = await house.caller('13800138001')
    const forged = await house.caller('13800138000', 0, [], false)
    await house.clock.advance(500)
    expect([forged.places, other.places]).toEqual([[2], [1]])
    // Nor is a place kept by one, for whoever names it next.
    forged.phone.hangup()
    await house.clock.advance(500)
    const theirs = await house.caller('13800138000')
    expect(theirs.facts[0]).toMatchObject({ kind: 'queued', place: 1 })
    theirs.phone.hangup()
    await house.clock.advance(500)
    const first = await house.caller('13800138009', 0, [], false)
    first.phone.hangup()
    const again = await house.caller('13800138009', 0, [], false)
    expect(again.facts[0]).toEqual({ kind: 'queued', place: 2, sinceMs: undefined })
  })

  it('is where they were after a key took them out of the queue', async () => {
    const asks = await house.caller('13800138000')
    asks.leave()
    await house.clock.advance(minute)
    asks.phone.hangup()
    const other = await house.caller('13800138002')
    const again = await house.caller('13800138000')
    await house.clock.advance(500)
    expect([again.places, other.places.at(-1)]).toEqual([[1], 2])
  })

  it('comes behind the others after ten minutes, from another number, or when the number is withheld', async () => {
    await giveUp('13800138000', minute)
    await giveUp('', minute)
    await house.clock.advance(9 * minute)
    await house.caller('13800138001')
    const late = await house.clock.advance(1).then(() => house.caller('13800138000'))
    const hidden = await house.clock.advance(1).then(() => house.caller(''))
    const stranger = await house.clock.advance(1).then(() => house.caller('13800138002'))
    expect([late, hidden, stranger].map(({ places }) => places[0])).toEqual([2, 3, 4])
  })

  it('does not have their place twice, however many rings come from the number', async () => {
    await giveUp('02088880000', minute)
    const other = await house.caller('13800138001')
    const one = await house.clock.advance(1).then(() => house.caller('02088880000'))
    const two = await house.clock.advance(1).then(() => house.caller('02088880000'))
    await house.clock.advance(500)
    expect([one, other, two].map(({ places }) => places.at(-1))).toEqual([1, 2, 3])
  })

  it('has the place of their older call, where nothing is heard of that, and not of a telephone that speaks', async () => {
    const dead = await house.caller('13800138000')
    const other = await house.clock.advance(1).then(() => house.caller('13800138001'))
    const again = await house.clock.advance(3_000).then(() => house.caller('13800138000'))
    await house.clock.advance(2_500)
    expect([again, other, dead].map(({ places }) => places.at(-1))).toEqual([1, 2, 3])
    expect(again.facts.at(-1)).toEqual({ kind: 'queued', place: 1, sinceMs: dead.call.invitedAtMs })
    // The dead call ends at last, and leaves no place for a second time.
    dead.phone.vanish('media-timeout')
    const third = await house.clock.advance(500).then(() => house.caller('13800138000'))
    again.phone.say('喂')
    await house.clock.advance(1_500)
    again.phone.say('喂')
    await house.clock.advance(1_500)
    expect([again, other, third].map(({ places }) => places.at(-1))).toEqual([1, 2, 3])
  })

  it('who was served has no place to come back to', async () => {
    house.seat('s1')
    house.desk.setReady('s1')
    await giveUp('13800138000', minute)
    house.desk.setAway('s1')
    await house.caller('13800138001')
    const again = await house.clock.advance(1).then(() => house.caller('13800138000'))
    expect(again.places).toEqual([2])
  })

  it('is where they were before the hotline itself was started anew', async () => {
    await house.close()
    const lostAtMs = house.clock.now()
    await open({
      lostPlaces: async () => [{ number: '13800138000', sinceMs: lostAtMs - 3 * minute, lostAtMs }],
    })
    await house.caller('13800138001')
    expect((await house.caller('13800138000')).places).toEqual([1])
  })
})

describe('who wishes for a skill', () => {
  beforeEach(() => open())

  it('is rung through to a seat that has it, and to any other the moment it is no longer insisted on', async () => {
    house.seat('s1')
    house.seat('s2')
    house.desk.setSkills('s2', ['en'])
    for (const name of ['s1', 's2']) house.desk.setReady(name)
    const first = await house.caller('first', 0, ['en'])
    const second = await house.caller('second', 0, ['en'])
    expect([first.facts.at(-1), second.facts.at(-1)]).toMatchObject([
      { kind: 'connected', seat: 's2' },
      { kind: 'queued' },
    ])
    await house.clock.advance(ordinaryRules.insist.otherMs - 1)
    expect(second.facts.at(-1)).toMatchObject({ kind: 'queued' })
    await house.clock.advance(1)
    expect(second.facts.at(-1)).toMatchObject({ kind: 'connected', seat: 's1' })
  })

  it('is told at once that nobody who is signed in has it, and answered by whoever is free', async () => {
    const caller = await house.caller('13800138000', 0, ['sign'])
    expect(caller.news).toEqual([{ lacking: ['sign'], waitMinutes: undefined }])
    house.seat('s1')
    house.desk.setReady('s1')
    await house.clock.advance(0)
    expect(caller.end() ?? caller.facts.at(-1)).toMatchObject({ kind: 'connected', seat: 's1' })
  })

  it('is served the moment a seat is said to have it', async () => {
    const [one] = ['s1', 's2'].map(name => house.seat(name))
    house.desk.setSkills('s2', ['en'])
    house.desk.setReady('s1')
    house.desk.setReady('s2')
    const busy = await house.caller('first', 0, ['en'])
    const caller = await house.caller('second', 0, ['en'])
    expect([busy.facts.at(-1), caller.facts.at(-1)]).toMatchObject([{ seat: 's2' }, { kind: 'queued' }])
    house.desk.setSkills('s1', ['en'])
    await house.clock.advance(0)
    expect(one!.state()).toBe('talking')
  })
})

describe('whom a supervisor moves', () => {
  beforeEach(() => open())
  const waiting = async () => (await house.desk.waiting()).map(({ id }) => id)

  it('is next, and is told their place', async () => {
    const first = await house.caller('first')
    const second = await house.clock.advance(1).then(() => house.caller('second'))
    await house.desk.move(second.call.id, { by: 'lin' })
    await house.clock.advance(500)
    expect([first.places, second.places]).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(second.facts.at(-1)).toEqual({ kind: 'moved', seat: undefined, by: 'lin' })
    expect(await waiting()).toEqual([second.call.id, first.call.id])
  })

  it('is kept for the seat that is named, until nobody is signed in there', async () => {
    const named = house.seat('s1')
    const other = house.seat('s2')
    house.desk.setReady('s1')
    const busy = await house.caller('busy')
    const first = await house.caller('first')
    const second = await house.clock.advance(1).then(() => house.caller('second'))
    await house.desk.move(second.call.id, { seat: 's1' })
    house.desk.setReady('s2')
    await house.clock.advance(0)
    expect(first.facts.at(-1)).toMatchObject({ kind: 'connected', seat: 's2' })
    busy.phone.hangup()
    await house.clock.advance(5_000)
    expect(second.facts.at(-1)).toMatchObject({ kind: 'connected', seat: 's1' })
    expect([named.rings.length, other.rings.length]).toEqual([2, 1])
  })

  it('must wait, and the seat must be there', async () => {
    house.seat('s1', lets)
    const caller = await house.caller('first')
    await expect(house.desk.move(caller.call.id, { seat: 's9' })).rejects.toMatchObject({
      code: 'seat-unknown',
    })
    await expect(house.desk.move(caller.call.id, { seat: 's1' })).rejects.toMatchObject({ code: 'seat-away' })
    house.desk.setReady('s1')
    await house.clock.advance(0)
    await expect(house.desk.move(caller.call.id, {})).rejects.toMatchObject({ code: 'caller-not-waiting' })
  })
})

describe('how long they will wait', () => {
  /** So many conversations of a minute, one after the other. */
  const talk = async (times: number) => {
    for (let turn = 0; turn < times; turn++) {
      const caller = await house.caller(`talk ${turn}`)
      await house.clock.advance(minute)
      caller.phone.hangup()
      await house.clock.advance(5_000)
    }
  }

  it('is told once enough is known, never worse than before, and its error is counted', async () => {
    await open()
    house.seat('s1')
    house.desk.setReady('s1')
    await talk(9)
    const tenth = await house.caller('tenth')
    const early = await house.caller('early')
    expect(early.news.at(-1)?.waitMinutes, 'too little is known').toBeUndefined()
    early.phone.hangup()
    await house.clock.advance(minute)
    tenth.phone.hangup()
    await house.clock.advance(5_000)

    const busy = await house.caller('busy')
    const second = await house.caller('13800138000')
    const third = await house.clock.advance(1).then(() => house.caller('13800138001'))
    expect([second.news.at(-1)?.waitMinutes, third.news.at(-1)?.waitMinutes]).toEqual([2, 3])
    expect(house.desk.figures().wait).toMatchObject({ told: 2, measured: 0 })

    const elder = await house.clock.advance(1).then(() => house.caller('elder', 10))
    await house.clock.advance(500)
    expect(third.places.at(-1)).toBe(3)
    expect(third.news.at(-1)?.waitMinutes, 'a worse one is not told').toBeUndefined()
    expect(elder.news.at(-1)?.waitMinutes).toBe(2)

    await house.clock.advance(minute)
    busy.phone.hangup()
    await house.clock.advance(5_000)
    expect(elder.facts.at(-1)).toMatchObject({ kind: 'connected' })
    const { told, measured, medianErrorMs = 0 } = house.desk.figures().wait
    expect([told, measured]).toEqual([3, 1])
    // Two minutes were told, and it was one and the wrap-up.
    expect(medianErrorMs).toBeGreaterThan(50_000)
    expect(medianErrorMs).toBeLessThanOrEqual(55_000)
  })
})

describe('the promise that a free seat rings', () => {
  it('is broken by nobody in a day of ordinary calls', async () => {
    await open()
    for (const name of ['s1', 's2']) {
      house.seat(name)
      house.desk.setReady(name)
    }
    for (let turn = 0; turn < 8; turn++) await house.caller(`caller ${turn}`)
    await house.clock.advance(10 * minute)
    expect(house.desk.figures().watchdog).toEqual({ overlooked: 0, lastAtMs: undefined })
  })

  it('can be insisted on by the second, as a city likes', async () => {
    await open({ rules: { ...ordinaryRules, insist: { otherMs: 60_000, bySkill: { sign: 3_000 } } } })
    house.seat('s1')
    house.seat('s2', lets)
    house.desk.setSkills('s2', ['sign'])
    house.desk.setReady('s2')
    const first = await house.caller('first', 0, ['sign'])
    house.desk.setReady('s1')
    const second = await house.caller('second', 0, ['sign'])
    await house.clock.advance(3_000)
    expect([first.facts.at(-1), second.facts.at(-1)]).toMatchObject([{ seat: 's2' }, { seat: 's1' }])
  })
})

describe('a priority that anybody may ask for by a key', () => {
  beforeEach(() => open())
  const claim = (number: string) => house.caller(number, 10, [], undefined, true)

  it('counts after a minute, and at once for whoever is known', async () => {
    const first = await house.caller('13800138000')
    const claims = await house.clock.advance(1).then(() => claim('13800138001'))
    const known = await house.clock.advance(1).then(() => house.caller('13800138002', 10))
    await house.clock.advance(minute - 1_000)
    expect([known, first, claims].map(({ places }) => places.at(-1))).toEqual([1, 2, 3])
    await house.clock.advance(2_000)
    expect([claims, known, first].map(({ places }) => places.at(-1))).toEqual([1, 2, 3])
  })

  it('takes nobody back from the head to whom somebody has moved them', async () => {
    const first = await house.caller('13800138000', 10)
    const claims = await house.clock.advance(1).then(() => claim('13800138001'))
    await house.desk.move(claims.call.id, {})
    await house.clock.advance(2 * minute)
    expect([claims, first].map(({ places }) => places.at(-1))).toEqual([1, 2])
  })

  it('counts for nobody who has left meanwhile, and keeps a seat that rings for them ringing', async () => {
    const claims = await claim('13800138001')
    house.seat('s1', lets)
    house.desk.setReady('s1')
    await house.clock.advance(minute - 5_000)
    const leaves = await claim('13800138003')
    leaves.phone.hangup()
    await house.clock.advance(2 * minute)
    expect(claims.end()).toBeUndefined()
    expect(leaves.end()).toBe('abandoned')
  })
})
