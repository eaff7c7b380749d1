/** A seat rings a citizen who is owed a callback: its own phone first, then theirs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutgoingEnd } from '../../src/desk/index.ts'
import { Fault } from '../../src/foundation/index.ts'
import type { LoopbackPhone } from '../../src/telephony/index.ts'
import { openDeskHouse } from './house.ts'

const number = '+8613800138000'
let house: Awaited<ReturnType<typeof openDeskHouse>>
beforeEach(async () => {
  house = await openDeskHouse()
})
afterEach(async () => {
  await house.close()
  expect([house.line.size(), house.clock.pending()]).toEqual([0, 0])
})
const settle = () => house.clock.advance(0)
const stateOf = (name = 's1') => house.desk.seats().find(seat => seat.name === name)?.state
const lets = () => undefined
const hear = (one: LoopbackPhone, other: LoopbackPhone) => {
  const words = `你好 ${Math.random()}`
  one.say(words)
  return other.heard.at(-1)?.text === words
}

/** The citizen's telephone, and what it does at each ring. */
function citizen(answers: (phone: LoopbackPhone) => void = phone => phone.accept()) {
  const rings: LoopbackPhone[] = []
  house.line.plugIn(number, phone => {
    rings.push(phone)
    answers(phone)
  })
  return rings
}

/** How it ended, once it has. */
function callsOut(
  seat = 's1',
  more: Partial<Parameters<typeof house.desk.callOut>[1]> = {},
): { end?: OutgoingEnd; refused?: unknown } {
  const told: { end?: OutgoingEnd; refused?: unknown } = {}
  house.desk
    .callOut(seat, {
      callback: 'back_1',
      number,
      ring: (near, signal) =>
        house.line.dial(
          { kind: 'number', number },
          { from: { number: '12345' }, near, signal, ringMs: 45_000 },
        ),
      ...more,
    })
    .then(
      end => {
        told.end = end
      },
      error => {
        told.refused = error
      },
    )
  return told
}

describe('a call out', () => {
  it('rings the seat first, then the citizen, and lets them hear each other', async () => {
    const theirs = citizen()
    const seat = house.seat('s1', lets)
    house.desk.setReady('s1')
    const call = callsOut()
    await settle()
    expect([stateOf(), seat.rings.length, theirs.length]).toEqual(['calling', 1, 0])
    expect(house.desk.outgoing('s1')).toEqual({ callback: 'back_1', number, rings: 'seat' })
    expect(seat.rings[0]!.shows.number).toBe(number)
    seat.rings[0]!.accept()
    await settle()
    expect(theirs[0]!.shows.number).toBe('12345')
    expect([stateOf(), hear(theirs[0]!, seat.rings[0]!), hear(seat.rings[0]!, theirs[0]!)]).toEqual([
      'talking',
      true,
      true,
    ])
    expect(house.desk.at('s1')).toMatchObject({
      reason: 'callback',
      about: { kind: 'callback', id: 'back_1' },
    })
    expect(house.desk.outgoing('s1')).toBeUndefined()
    const { id } = house.desk.at('s1')!.call
    expect(house.factsOf(id).map(({ kind }) => kind)).toEqual(['called-back', 'connected'])
    theirs[0]!.hangup()
    await settle()
    expect([call.end, stateOf()]).toEqual([{ kind: 'talked' }, 'wrap-up'])
  })

  it('holds its seat: no caller is offered meanwhile, and one who waits comes after it', async () => {
    const theirs = citizen(lets)
    const seat = house.seat('s1')
    callsOut('s1')
    await settle()
    house.desk.setReady('s1')
    const caller = await house.caller('wang')
    await settle()
    expect([stateOf(), seat.rings.length, caller.places]).toEqual(['calling', 1, [1]])
    theirs[0]!.reject('declined')
    await settle()
    await house.clock.advance(5_000)
    expect([stateOf(), seat.rings.length]).toEqual(['talking', 2])
  })

  it('plays the tone of a telephone that rings to the seat, and nothing once they talk', async () => {
    const theirs = citizen(lets)
    const seat = house.seat('s1')
    callsOut()
    await settle()
    const heard = seat.rings[0]!.heard
    expect(heard).toMatchObject([{ from: 'house', text: '' }])
    theirs[0]!.accept()
    await settle()
    const before = heard.length
    await house.clock.advance(20_000)
    expect(heard.length).toBe(before)
  })

  it.each([
    ['rejected', (phone: LoopbackPhone) => phone.reject('declined'), 0],
    ['busy', (phone: LoopbackPhone) => phone.reject('busy'), 3_000],
    ['no-answer', lets, 45_000],
  ] as const)(
    'says %s of a citizen who is not reached, and gives the seat time for a note',
    async (reason, how, afterMs) => {
      citizen(how)
      const seat = house.seat('s1')
      house.desk.setReady('s1')
      const call = callsOut()
      await settle()
      await house.clock.advance(afterMs)
      expect([call.end, stateOf()]).toEqual([{ kind: 'nobody', reason }, 'wrap-up'])
      expect(await seat.rings[0]!.ended).toMatchObject({ by: 'us' })
    },
  )

  it('leaves the seat ready where the citizen was not to be rung: there is nothing to write down', async () => {
    const theirs = citizen()
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const reason = 'callback-not-to-be-rung'
    const call = callsOut('s1', {
      ring: () => Promise.reject(new Fault({ code: reason, place: 'number', found: '', expected: '' })),
      isRefusal: found => found === reason,
    })
    await settle()
    expect([call.end, stateOf(), theirs]).toEqual([{ kind: 'nobody', reason }, 'ready', []])
    expect(await seat.rings[0]!.ended).toMatchObject({ by: 'us' })
  })

  it('is given up when the seat hangs up, and the citizen is no longer rung', async () => {
    const theirs = citizen(lets)
    const seat = house.seat('s1')
    const call = callsOut()
    await settle()
    seat.rings[0]!.hangup()
    await settle()
    expect([call.end, stateOf()]).toEqual([{ kind: 'cancelled' }, 'wrap-up'])
    expect(await theirs[0]!.ended).toMatchObject({ by: 'us', reason: 'cancelled' })
  })

  it('fails when the seat does not answer, which is set aside', async () => {
    const theirs = citizen(lets)
    house.seat('s1', lets)
    house.desk.setReady('s1')
    const first = callsOut()
    await house.clock.advance(20_000)
    expect([first.end, stateOf(), theirs.length]).toEqual([
      { kind: 'failed', reason: 'no-answer' },
      'set-aside',
      0,
    ])
  })

  it('goes on where the phone of the seat breaks while the citizen is rung: whoever answers is first in the queue', async () => {
    const theirs = citizen(lets)
    const seat = house.seat('s1')
    house.desk.setReady('s1')
    const call = callsOut()
    await settle()
    const waiting = await house.caller('wang')
    seat.rings[0]!.vanish('media-timeout')
    await settle()
    expect([stateOf(), call.end]).toEqual(['set-aside', undefined])
    theirs[0]!.accept()
    await settle()
    expect(theirs[0]!.heard.at(-1)).toMatchObject({ text: '♪' })
    const other = house.seat('s2')
    house.desk.setReady('s2')
    await settle()
    expect([hear(theirs[0]!, other.rings[0]!), waiting.end()]).toEqual([true, undefined])
    const { id } = house.desk.at('s2')!.call
    expect(house.factsOf(id)).toContainEqual({ kind: 'called-back', seat: 's2', callback: 'back_1' })
    theirs[0]!.hangup()
    await settle()
    expect(call.end).toEqual({ kind: 'talked' })
  })

  it('fails where the phone of the seat breaks and the citizen does not answer either', async () => {
    citizen(phone => phone.reject('declined'))
    const seat = house.seat('s1', phone => {
      phone.accept()
      phone.vanish('media-timeout')
    })
    house.desk.setReady('s1')
    const call = callsOut()
    await settle()
    expect([seat.rings.length, stateOf(), call.end]).toEqual([
      1,
      'set-aside',
      { kind: 'failed', reason: 'seat-media-timeout' },
    ])
  })

  it('gives a citizen whose seat breaks within the talk to another, before all who wait', async () => {
    const theirs = citizen()
    const seat = house.seat('s1')
    const call = callsOut()
    await settle()
    const waiting = await house.caller('wang')
    seat.rings[0]!.vanish('media-timeout')
    await settle()
    expect(house.desk.figures().waiting).toBe(2)
    const other = house.seat('s2')
    house.desk.setReady('s2')
    await settle()
    expect([hear(theirs[0]!, other.rings[0]!), waiting.end()]).toEqual([true, undefined])
    expect(house.desk.at('s2')).toMatchObject({ about: { kind: 'callback', id: 'back_1' } })
    theirs[0]!.hangup()
    await settle()
    expect(call.end).toEqual({ kind: 'talked' })
  })

  it('ends the call of a citizen whom nobody takes when the house closes', async () => {
    const theirs = citizen()
    const seat = house.seat('s1')
    const call = callsOut()
    await settle()
    seat.rings[0]!.vanish('media-timeout')
    await settle()
    await house.desk.close()
    await settle()
    expect(call.end).toEqual({ kind: 'failed', reason: 'seat-media-timeout' })
    expect(await theirs[0]!.ended).toMatchObject({ by: 'us' })
  })

  it.each(['before we are told that they are busy', 'just after'])(
    'takes the call of a citizen who rings us meanwhile, %s',
    async when => {
      const theirs = citizen(lets)
      const seat = house.seat('s1')
      const call = callsOut()
      await settle()
      if (when === 'just after') {
        theirs[0]!.reject('busy')
        await house.clock.advance(1_000)
      }
      const rings = house.line.ring({ from: number, to: '12345' })
      await settle()
      const incoming = house.incoming().at(-1)!
      const meets = house.desk.meets(incoming)
      await settle()
      expect([stateOf(), hear(rings, seat.rings.at(-1)!)]).toEqual(['talking', true])
      expect(house.desk.at('s1')?.call).toBe(incoming)
      if (when !== 'just after') expect(await theirs[0]!.ended).toMatchObject({ reason: 'cancelled' })
      rings.hangup()
      await settle()
      expect([await meets, call.end]).toEqual([true, { kind: 'talked' }])
    },
  )

  it('takes the call of a citizen who rings while the seat’s own phone does, and rings nobody', async () => {
    const theirs = citizen()
    // Rung again beside the citizen, it answers at once.
    const seat = house.seat('s1', phone => {
      if (seat.rings.length > 1) phone.accept()
    })
    const call = callsOut()
    await settle()
    const rings = house.line.ring({ from: number, to: '12345' })
    await settle()
    const meets = house.desk.meets(house.incoming().at(-1)!)
    // A seat takes longer to answer than a call may ring here.
    await house.clock.advance(5_000)
    expect(rings.heard.at(-1)).toMatchObject({ text: '♪' })
    seat.rings[0]!.accept()
    await settle()
    expect([stateOf(), hear(rings, seat.rings.at(-1)!), theirs.length]).toEqual(['talking', true, 0])
    rings.hangup()
    await settle()
    expect([await meets, call.end]).toEqual([true, { kind: 'talked' }])
  })

  it('lets whoever rings meanwhile go their own way where the seat does not answer, and rings those who gave up', async () => {
    const theirs = citizen(lets)
    const seat = house.seat('s1', lets)
    callsOut()
    await settle()
    house.line.ring({ from: number, to: '12345' })
    await settle()
    const meets = house.desk.meets(house.incoming().at(-1)!)
    await house.clock.advance(20_000)
    expect(await meets).toBe(false)
    house.desk.setReady('s1')
    callsOut()
    await settle()
    const again = house.line.ring({ from: number, to: '12345' })
    await settle()
    const metAgain = house.desk.meets(house.incoming().at(-1)!)
    again.hangup()
    await settle()
    seat.rings.at(-1)!.accept()
    await settle()
    expect([await metAgain, theirs.length]).toEqual([true, 1])
    seat.rings.at(-1)!.hangup()
    await settle()
  })

  it('has a citizen who waits with us already, before all who rang earlier', async () => {
    const early = await house.caller('wang')
    const theirs = await house.caller(number)
    const seat = house.seat('s1')
    const found = await house.desk.keepFor('s1', 'back_1', theirs.call)
    await settle()
    expect([found.kind, hear(theirs.phone, seat.rings.at(-1)!), early.end()]).toEqual([
      'kept',
      true,
      undefined,
    ])
    expect(house.desk.at('s1')).toMatchObject({ about: { kind: 'callback', id: 'back_1' } })
    expect(house.factsOf(theirs.call.id).map(({ kind }) => kind)).toContain('called-back')
    const other = house.seat('s2')
    await expect(house.desk.keepFor('s1', 'back_2', early.call)).rejects.toMatchObject({
      code: 'seat-not-ready',
    })
    expect(await house.desk.keepFor('s2', 'back_1', theirs.call)).toEqual({ kind: 'with-another' })
    expect([other.rings.length, stateOf('s2')]).toEqual([0, 'away'])
    theirs.phone.hangup()
    early.phone.hangup()
    await settle()
  })

  it('has a citizen who is in a flow, once they ask for a person', async () => {
    house.line.ring({ from: number, to: '12345' })
    await settle()
    const call = house.incoming().at(-1)!
    const seat = house.seat('s1')
    expect(await house.desk.keepFor('s1', 'back_1', call)).toEqual({ kind: 'elsewhere' })
    expect(stateOf('s1')).toBe('ready')
    const end = house.desk.queue(call, { reason: 'help' })
    await settle()
    expect([seat.rings.length, house.desk.at('s1')?.about]).toEqual([1, { kind: 'callback', id: 'back_1' }])
    await call.hangup()
    expect(await end).toBe('served')
    await settle()
  })

  it('takes the call of nobody else, and of nobody whose number is withheld', async () => {
    citizen(lets)
    house.seat('s1')
    callsOut()
    await settle()
    for (const from of ['+8613900139000', '']) {
      house.line.ring({ from, to: '12345' })
      await settle()
      expect(await house.desk.meets(house.incoming().at(-1)!)).toBe(false)
    }
  })

  it('is refused to a seat that has a caller, or no phone, and of a number that another seat rings', async () => {
    citizen(lets)
    house.seat('s1')
    house.seat('s2')
    callsOut('s1')
    await settle()
    for (const [seat, code] of [
      ['s1', 'number-being-rung'],
      ['s2', 'number-being-rung'],
      ['s9', 'number-being-rung'],
    ] as const) {
      const call = callsOut(seat)
      await settle()
      expect([seat, call.refused]).toEqual([seat, expect.objectContaining({ code })])
    }
  })

  it.each([
    ['one that talks', 'seat-not-ready'],
    ['one without a phone', 'seat-unreachable'],
    ['one that is signed out', 'seat-not-ready'],
    ['one that is none', 'seat-unknown'],
  ])('is refused to %s', async (which, code) => {
    if (which === 'one without a phone')
      house.desk.addSeat({ name: 's1', display: 's1', password: 'long enough for all' })
    else if (which !== 'one that is none') house.seat('s1')
    if (which === 'one that is signed out') house.desk.signOut('s1')
    if (which === 'one that talks') {
      house.desk.setReady('s1')
      await house.caller('wang')
      await settle()
    }
    const call = callsOut()
    await settle()
    expect(call.refused).toMatchObject({ code })
  })
})
