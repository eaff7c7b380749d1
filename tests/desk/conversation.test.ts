import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handOver } from '../../src/desk/index.ts'
import type { Call, LoopbackPhone } from '../../src/telephony/index.ts'
import { openDeskHouse } from './house.ts'

type House = Awaited<ReturnType<typeof openDeskHouse>>

describe('a seat and its caller', () => {
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
  const talk = (seat = 's1') => {
    const found = house.desk.at(seat)
    if (!found) throw new Error(`${seat} has nobody`)
    return found
  }
  const hear = (one: LoopbackPhone, other: LoopbackPhone) => {
    one.say('喂')
    return other.heard.at(-1)?.text === '喂'
  }
  /** A caller who talks to s1, and s2 who is ready. */
  async function talking(second: (phone: LoopbackPhone) => void = phone => phone.accept()) {
    const one = house.seat('s1')
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    const two = house.seat('s2', second)
    house.desk.setReady('s2')
    return { caller, one, two, leg: () => one.rings[0]! }
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      error => error.code as string,
    )

  it('says who rings, and why, from the ring to the end', async () => {
    const seat = house.seat('s1', () => undefined)
    house.desk.setReady('s1')
    const told: string[] = []
    house.desk.notices.on('talk', ({ seat: name }) => told.push(`${name} ${house.desk.at(name)?.phase}`))
    const caller = await house.caller('wang')
    expect(talk()).toMatchObject({ call: caller.call, reason: 'help', phase: 'ringing' })
    await expect(talk().hold()).rejects.toThrow('a phone that rings')
    seat.rings[0]!.accept()
    await settle()
    expect(talk().phase).toBe('talking')
    caller.phone.hangup()
    await settle()
    expect(house.desk.at('s1')).toBeUndefined()
    expect(told).toEqual(['s1 ringing', 's1 talking', 's1 undefined'])
  })

  it('parts them with music on hold, and brings them together again', async () => {
    const { caller, leg } = await talking()
    await talk().hold()
    await settle()
    expect(talk().phase).toBe('held')
    expect(caller.phone.heard.at(-1)?.text).toBe('♪')
    expect(hear(leg(), caller.phone)).toBe(false)
    await talk().hold()
    await talk().resume()
    expect(talk().phase).toBe('talking')
    expect([hear(leg(), caller.phone), hear(caller.phone, leg())]).toEqual([true, true])
    expect(caller.facts.slice(-2)).toEqual([
      { kind: 'held', held: true },
      { kind: 'held', held: false },
    ])
  })

  it('plays music while a page is loaded anew, and brings the two together again', async () => {
    const { caller, leg } = await talking()
    leg().leave()
    await settle()
    expect(caller.phone.heard.at(-1)?.text).toBe('♪')
    expect(talk().phase).toBe('talking')
    leg().comeBack()
    await settle()
    expect([hear(leg(), caller.phone), hear(caller.phone, leg())]).toEqual([true, true])
    await talk().hold()
    await settle()
    leg().leave()
    leg().comeBack()
    await settle()
    expect([talk().phase, hear(leg(), caller.phone)]).toEqual(['held', false])
  })

  it('shows at the floor, and writes down, that a seat’s network is lost, until it is back', async () => {
    const { caller, leg } = await talking()
    leg().leave()
    await settle()
    expect(talk().parties.awaySinceMs).toBe(house.clock.now())
    leg().comeBack()
    await settle()
    expect(talk().parties.awaySinceMs).toBeUndefined()
    expect(caller.facts.slice(-2)).toEqual([
      { kind: 'party', who: 'seat', name: 's1', is: 'away' },
      { kind: 'party', who: 'seat', name: 's1', is: 'back' },
    ])
  })

  it('finds somebody else for a caller whose seat does not come back', async () => {
    const { caller, leg, two } = await talking()
    leg().leave()
    await settle()
    leg().vanish('signalling-lost')
    await settle()
    expect(house.desk.at('s1')).toBeUndefined()
    expect(two.rings).toHaveLength(1)
    expect(hear(two.rings[0]!, caller.phone)).toBe(true)
  })

  it('ends a call on hold when either hangs up', async () => {
    const { caller, leg } = await talking()
    await talk().hold()
    leg().hangup()
    expect(await caller.phone.ended).toMatchObject({ by: 'us' })
    await settle()
    expect(caller.end()).toBe('served')
  })

  it('hands the caller to another seat once that answers, and goes to its wrap-up', async () => {
    const { caller, one, two } = await talking()
    await talk().toSeat('s2')
    await settle()
    expect([one.state(), two.state()]).toEqual(['wrap-up', 'talking'])
    expect(house.desk.at('s1')).toBeUndefined()
    expect(talk('s2')).toMatchObject({ call: caller.call, phase: 'talking' })
    expect(hear(caller.phone, two.rings[0]!)).toBe(true)
    expect(caller.facts.filter(({ kind }) => kind === 'connected')).toHaveLength(2)
    two.rings[0]!.hangup()
    await settle()
    expect([caller.end(), two.state()]).toEqual(['served', 'wrap-up'])
  })

  it('gives the caller back when the other seat does not answer', async () => {
    const { caller, two, leg } = await talking(() => undefined)
    const moving = refusal(talk().toSeat('s2'))
    await settle()
    expect([talk().phase, talk('s2').phase, caller.phone.heard.at(-1)?.text]).toEqual([
      'moving',
      'ringing',
      '♪',
    ])
    expect(await refusal(talk().toSeat('s2'))).toBe('seat-not-ready')
    const nobody = () => Promise.reject(new Error())
    expect(await refusal(talk().outside({ number: '110', ring: nobody }))).toBe('not-now')
    await house.clock.advance(20_000)
    expect(await moving).toBe('no-answer')
    expect([two.state(), talk().phase, hear(leg(), caller.phone)]).toEqual(['set-aside', 'talking', true])
    expect(caller.end()).toBeUndefined()
  })

  it('gives up when the seat changes its mind: the other one is ready at once', async () => {
    const { caller, two, leg } = await talking(() => undefined)
    await talk().hold()
    const moving = refusal(talk().toSeat('s2'))
    await settle()
    talk().cancel()
    expect(await moving).toBe('cancelled')
    await settle()
    expect([two.state(), talk().phase]).toEqual(['ready', 'held'])
    await talk().resume()
    expect(hear(leg(), caller.phone)).toBe(true)
  })

  it('goes on ringing when the seat that moves the call hangs up', async () => {
    const { caller, one, two, leg } = await talking(() => undefined)
    const moving = talk().toSeat('s2')
    await settle()
    leg().hangup()
    await settle()
    expect(caller.end()).toBeUndefined()
    two.rings[0]!.accept()
    await moving
    await settle()
    expect([one.state(), two.state()]).toEqual(['wrap-up', 'talking'])
    expect(hear(caller.phone, two.rings[0]!)).toBe(true)
  })

  it('puts the caller back into the queue when that one does not answer, either', async () => {
    const { caller, one, two, leg } = await talking(() => undefined)
    const moving = refusal(talk().toSeat('s2'))
    await settle()
    leg().hangup()
    await house.clock.advance(20_000)
    expect(await moving).toBe('no-answer')
    expect(one.state()).toBe('wrap-up')
    await house.clock.advance(5_000)
    expect([one.state(), two.state(), caller.end()]).toEqual(['talking', 'set-aside', undefined])
    expect(hear(caller.phone, one.rings[1]!)).toBe(true)
  })

  it('stops ringing the other seat when the caller hangs up', async () => {
    const { caller, two } = await talking(() => undefined)
    const moving = refusal(talk().toSeat('s2'))
    await settle()
    caller.phone.hangup()
    expect(await moving).toBe('cancelled')
    await settle()
    expect([two.state(), caller.end()]).toEqual(['ready', 'served'])
    expect(await two.rings[0]!.ended).toMatchObject({ reason: 'cancelled' })
  })

  it('hands the caller to somebody outside, and they talk until one hangs up', async () => {
    const { caller, one } = await talking()
    let outside: LoopbackPhone | undefined
    house.line.plugIn('110', phone => {
      outside = phone
      phone.accept()
    })
    await talk().outside({
      number: '110',
      ring: (near: Call, signal) =>
        house.line.dial({ kind: 'number', number: '110' }, { near, signal, ringMs: 45_000 }),
    })
    await settle()
    expect(one.state()).toBe('wrap-up')
    expect(hear(caller.phone, outside!)).toBe(true)
    expect(caller.facts.at(-1)).toEqual({ kind: 'transferred', to: '110' })
    expect(caller.end()).toBeUndefined()
    outside!.hangup()
    expect(await caller.phone.ended).toMatchObject({ by: 'us' })
    await settle()
    expect(caller.end()).toBe('served')
  })

  it('hands the caller over by the transfer key of the seat’s phone, to whom its page could, and to nobody else', async () => {
    const { one, two } = await talking()
    const rung: string[] = []
    const ringOutside = (number: string) => {
      rung.push(number)
      return Promise.reject(Object.assign(new Error(), { code: 'busy' }))
    }
    const dial = (dialled: string, seat = 's1') =>
      refusal(
        handOver(house.desk, seat, dialled, { numbers: [{ number: '110', name: '公安' }], ringOutside }),
      )
    for (const nobody of ['112', '+8613800138000', 's3', '', 's1@198.51.100.7'])
      expect(await dial(nobody)).toBe('number-not-listed')
    expect([await dial('s1'), await dial('s1', 's2'), await dial('110')]).toEqual([
      'seat-not-ready',
      'not-now',
      'busy',
    ])
    expect([rung, one.state(), two.rings]).toEqual([['110'], 'talking', []])
    const number = house.desk.seats().find(({ name }) => name === 's2')?.number
    expect(await dial(String(number))).toBe('done')
    await settle()
    expect([one.state(), two.state()]).toEqual(['wrap-up', 'talking'])
  })
})
