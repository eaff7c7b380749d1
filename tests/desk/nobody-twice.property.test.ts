/** A desk to which anything happens in any order: no seat has two callers, and nobody who waits or talks is forgotten. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LoopbackPhone } from '../../src/telephony/index.ts'
import { type CallerAtDesk, openDeskHouse } from './house.ts'

const seats = ['s1', 's2', 's3'] as const
const someStep = fc.oneof(
  fc.record({
    does: fc.constant('ring' as const),
    priority: fc.constantFrom(0, 10),
    isEnglish: fc.boolean(),
  }),
  fc.record({ does: fc.constantFrom('hang-up' as const, 'leave' as const), who: fc.nat(9) }),
  fc.record({
    does: fc.constantFrom('ready' as const, 'away' as const, 'hang-up-seat' as const, 'answer' as const),
    seat: fc.nat(2),
  }),
  fc.record({ does: fc.constant('move' as const), who: fc.nat(9), seat: fc.option(fc.nat(2)) }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(1, 1_000, 5_000, 10_000, 20_000) }),
)

it('rings and joins each seat for one caller at a time, and knows where every caller is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someStep, { minLength: 5, maxLength: 40 }), async steps => {
      const house = await openDeskHouse()
      const callers: CallerAtDesk[] = []
      const phones = new Map<string, LoopbackPhone>()
      for (const name of seats)
        house.seat(name, phone => {
          phones.set(name, phone)
        })
      house.desk.setSkills('s3', ['en'])
      const look = async () => {
        await house.clock.advance(0)
        const views = house.desk.seats()
        const had = views.flatMap(({ caller }) => caller ?? [])
        expect(new Set(had).size, 'a caller at two seats').toBe(had.length)
        const waiting = (await house.desk.waiting()).map(({ id }) => id)
        expect(new Set(waiting).size, 'a caller twice in the queue').toBe(waiting.length)
        const talking = views.flatMap(({ state, caller }) => (state === 'talking' && caller ? [caller] : []))
        expect(
          talking.filter(call => waiting.includes(call)),
          'talks and waits',
        ).toEqual([])
        for (const { call, end } of callers) {
          const isThere = waiting.includes(call.id) || talking.includes(call.id)
          expect(isThere || end() !== undefined, 'a caller who is nowhere').toBe(true)
          if (call.signal.aborted) expect(isThere && end() === undefined, 'gone, and still kept').toBe(false)
        }
      }
      for (const step of steps) {
        const caller = 'who' in step ? callers[step.who] : undefined
        const seat = 'seat' in step && step.seat !== null ? seats[step.seat] : undefined
        if (step.does === 'ring') {
          const number = `1380000${String(callers.length).padStart(4, '0')}`
          callers.push(await house.caller(number, step.priority, step.isEnglish ? ['en'] : []))
        }
        if (step.does === 'hang-up') caller?.phone.hangup()
        if (step.does === 'leave') caller?.leave()
        if (step.does === 'ready' && seat) house.desk.setReady(seat)
        if (step.does === 'away' && seat) house.desk.setAway(seat)
        if (step.does === 'answer' && seat) phones.get(seat)?.accept()
        if (step.does === 'hang-up-seat' && seat) phones.get(seat)?.hangup()
        if (step.does === 'move' && caller)
          await house.desk.move(caller.call.id, { seat }).catch(() => undefined)
        if (step.does === 'wait') await house.clock.advance(step.ms)
        await look()
      }
      expect(house.desk.figures().watchdog.overlooked).toBe(0)
      await house.close()
    }),
    { numRuns: 60 },
  )
})
