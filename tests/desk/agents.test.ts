/** Agents at their seats: shifts, breaks, wrap-up, and seats that are set aside. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDeskHouse } from './house.ts'

let house: Awaited<ReturnType<typeof openDeskHouse>>
beforeEach(async () => {
  house = await openDeskHouse()
})
afterEach(async () => {
  await house.close()
  expect(house.clock.pending()).toBe(0)
})
const settle = () => house.clock.advance(0)
const s1 = () => house.desk.seats().find(({ name }) => name === 's1')
const declines = (phone: { reject(how: 'declined'): void }) => phone.reject('declined')
const lets = () => undefined

describe('a shift', () => {
  it('begins with a break, and ends whatever the seat was doing but a call', async () => {
    house.seat('s1')
    house.desk.signOut('s1')
    expect(s1()).toMatchObject({ state: 'signed-out', reason: undefined })
    expect(house.desk.signIn('s1')).toMatchObject({ state: 'away', reason: 'busy' })
    house.desk.setReady('s1')
    expect(house.desk.signIn('s1').state).toBe('ready')
    const caller = await house.caller('wang')
    await settle()
    expect(house.desk.signOut('s1').state).toBe('talking')
    caller.phone.hangup()
    await house.clock.advance(5_000)
    expect(s1()?.state).toBe('signed-out')
  })

  it('counts what it refused and did not answer from its own beginning', async () => {
    const seat = house.seat('s1', declines)
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    expect(s1()).toMatchObject({ state: 'resting', declined: 1, unanswered: undefined })
    await house.clock.advance(10_000)
    expect(seat.rings).toHaveLength(2)
    expect(s1()).toMatchObject({ declined: 2, unanswered: undefined })
    caller.phone.hangup()
    house.desk.signOut('s1')
    expect(s1()).toMatchObject({ declined: 2 })
    expect(house.desk.signIn('s1')).toMatchObject({ declined: undefined, unanswered: undefined })
  })
})

describe('a break', () => {
  it('has a reason, and another reason is another break', async () => {
    house.seat('s1')
    expect(house.desk.setAway('s1', 'meal')).toMatchObject({ state: 'away', reason: 'meal' })
    const { sinceMs = 0 } = s1() ?? {}
    await house.clock.advance(60_000)
    expect(house.desk.setAway('s1', 'meal').sinceMs).toBe(sinceMs)
    expect(house.desk.setAway('s1', 'training')).toMatchObject({
      reason: 'training',
      sinceMs: sinceMs + 60_000,
    })
  })

  it('that is said within a call begins after its wrap-up, and goes before being set aside', async () => {
    house.seat('s1', lets)
    house.desk.setReady('s1')
    await house.caller('wang')
    expect(house.desk.setAway('s1', 'rest')).toMatchObject({ state: 'offered', reason: undefined })
    await house.clock.advance(20_000)
    expect(s1()).toMatchObject({ state: 'away', reason: 'rest', unanswered: 1 })
  })
})

describe('a wrap-up', () => {
  const talks = async () => {
    house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    caller.phone.hangup()
    await settle()
    expect(s1()?.state).toBe('wrap-up')
  }

  it('ends when the agent is done, and leads to the break that was asked for', async () => {
    await talks()
    expect(house.desk.finishWrapUp('s1').state).toBe('ready')
    expect(house.desk.finishWrapUp('s1').state).toBe('ready')
    const next = await house.caller('li')
    await settle()
    house.desk.setAway('s1', 'meal')
    next.phone.hangup()
    await settle()
    expect(house.desk.finishWrapUp('s1')).toMatchObject({ state: 'away', reason: 'meal' })
  })

  it('ends by nobody but the agent where no time is set for it', async () => {
    await house.close()
    house = await openDeskHouse({ wrapUpMs: undefined })
    await talks()
    await house.clock.advance(3_600_000)
    expect(s1()?.state).toBe('wrap-up')
    expect(house.desk.finishWrapUp('s1').state).toBe('ready')
  })

  it('goes on when the headset is unplugged meanwhile, and leads to being set aside', async () => {
    await talks()
    expect(house.desk.setAside('s1', 'unplugged').state).toBe('wrap-up')
    await house.clock.advance(5_000)
    expect(s1()).toMatchObject({ state: 'set-aside', reason: 'unplugged' })
  })
})

describe('a seat that is set aside', () => {
  it('is offered no call, and another seat takes the caller at once', async () => {
    const away = house.seat('s1', lets)
    const there = house.seat('s2')
    house.desk.setReady('s1')
    house.desk.setReady('s2')
    const first = await house.caller('wang')
    await house.clock.advance(20_000)
    expect([away.state(), there.state()]).toEqual(['set-aside', 'talking'])
    first.phone.hangup()
    const second = await house.caller('li')
    await house.clock.advance(5_000)
    expect([away.rings.length, there.rings.length]).toEqual([1, 2])
    second.phone.hangup()
  })

  it('for its headset keeps the call that it is in', async () => {
    house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    expect(house.desk.setAside('s1', 'unplugged').state).toBe('talking')
    expect(caller.end()).toBeUndefined()
    caller.phone.hangup()
    await house.clock.advance(5_000)
    expect(s1()?.state).toBe('set-aside')
    expect(house.desk.setReady('s1').state).toBe('ready')
  })

  it('was one that wanted calls: a break stays a break', () => {
    house.seat('s1')
    house.desk.setAway('s1', 'meal')
    expect(house.desk.setAside('s1', 'unplugged')).toMatchObject({ state: 'away', reason: 'meal' })
  })

  it('stays so when its phone registers anew', async () => {
    house.desk.addSeat({ name: 's1', display: 's1', password: 'a long enough password' })
    house.desk.setContact('s1', 'sip:s1@10.0.0.7')
    house.desk.setReady('s1')
    await house.caller('wang')
    await settle()
    expect(s1()?.state).toBe('set-aside')
    house.desk.setContact('s1', undefined)
    house.desk.setContact('s1', 'sip:s1@10.0.0.8')
    expect(s1()?.state).toBe('set-aside')
  })

  it('was refused by nobody: one that declines, is busy or cannot be joined is only spared', async () => {
    for (const how of ['declined', 'busy'] as const) {
      const seat = house.seat(how, phone => phone.reject(how))
      house.desk.setReady(how)
      const caller = await house.caller('wang')
      await settle()
      expect([how, seat.state()]).toEqual([how, 'resting'])
      caller.phone.hangup()
      house.desk.removeSeat(how)
    }
  })
})
