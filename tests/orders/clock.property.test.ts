/** The clock of an order over random histories: what nothing that happens can change. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import { centre } from '../../src/orders/api.ts'
import { waitsBecauseSchema } from '../../src/orders/dispatching/api.ts'
import type { OrderEvent } from '../../src/orders/event.ts'
import { readHappening } from '../../src/orders/event.ts'
import { foldOrder } from '../../src/orders/fold.ts'
import { type Actor, type Command, dueAt, latenessMs, lightAt, lightsOf } from '../../src/orders/index.ts'
import { type Order, warnedKey } from '../../src/orders/order.ts'
import {
  calendar,
  coldRadiators,
  dayMs,
  dispatcher,
  hourMs,
  house,
  inMemory,
  mondayMs,
  number,
  seat,
  shippedRules,
  supervisor,
  unit,
} from './rules-house.ts'

const profiles = ['beijing', 'tianjin', 'shandong', 'jinan'] as const
const rules = new Map(
  await Promise.all(profiles.map(async name => [name, await shippedRules(name)] as const)),
)

const units = ['heating', 'street', 'city-management'] as const
const actors: readonly Actor[] = [seat, dispatcher, supervisor, house, ...units.map(unit)]
const words = 'x'
const commands: readonly Command[] = [
  ...units.map(unit => ({ do: 'dispatch', unit, category: 'heating' }) as const),
  { do: 'dispatch', unit: 'street' },
  { do: 'add', words },
  { do: 'sign' },
  { do: 'sign' },
  { do: 'sign' },
  { do: 'support', person: 'p', phone: '12345' },
  ...units.map(unit => ({ do: 'grant', unit, words }) as const),
  { do: 'answer-help', words },
  { do: 'end-grant', unit: 'street', words },
  { do: 'assign', person: 'p' },
  { do: 'ask-citizen', words },
  { do: 'answer-question', words },
  { do: 'progress', words, citizenKnows: true },
  { do: 'progress', words, citizenKnows: false },
  ...units.map(target => ({ do: 'return', ground: 'not-our-duty', target, words }) as const),
  ...(['upheld', 'refused', 'site'] as const).map(
    outcome => ({ do: 'decide-return', outcome, words }) as const,
  ),
  { do: 'decide-return', outcome: 'upheld', target: 'city-management', words },
  ...units.map(target => ({ do: 'appoint', target, words }) as const),
  ...units.map(target => ({ do: 'reclassify', category: 'heating', target, words }) as const),
  { do: 'reclassify', category: 'gas-leak', words },
  { do: 'show-evidence', pieces: [{ hash: 'a'.repeat(64), name: 'a.png', type: 'image/png', bytes: 9 }] },
  { do: 'withdraw-evidence', hash: 'a'.repeat(64) },
  { do: 'ask-extension', days: 3, reason: words },
  { do: 'decide-extension', granted: true, words },
  { do: 'decide-extension', granted: false, words },
  ...Array.from(
    { length: 3 },
    () => ({ do: 'close', result: 'solved', words, evidence: ['photo'] }) as const,
  ),
  { do: 'close', result: 'explained', words, evidence: [] },
  ...[1, 1, 2].flatMap(cycle =>
    (['yes', 'no'] as const).map(solved => ({ do: 'answer', cycle, solved }) as const),
  ),
  { do: 'answer', cycle: 1, rating: 5 },
  { do: 'note-ring', words },
  { do: 'tick' },
]

/** Who would do it; the unit that has the order, for what units do. */
function fitting(command: Command, order: Order): Actor {
  if (command.do === 'dispatch') return dispatcher
  if (command.do === 'add' || command.do === 'note-ring') return seat
  if (['appoint', 'reclassify', 'decide-extension', 'decide-return'].includes(command.do)) return supervisor
  if (command.do === 'answer-question') return seat
  if (command.do === 'answer-help' || command.do === 'support')
    return unit(order.tasks.at(-1)?.unit ?? order.unit)
  return command.do === 'answer' || command.do === 'tick' ? house : unit(order.lead ?? order.unit)
}

/** Whatever anybody may try, with any pause, also none, between two tries. */
const historyOf = (commands: readonly Command[], mostPauseMs: number, maxLength: number) =>
  fc.record({
    profile: fc.constantFrom(...profiles),
    elder: fc.boolean(),
    waits: fc.constantFrom(undefined, ...waitsBecauseSchema.options),
    urgency: fc.constantFrom('urgent', 'livelihood', 'general', 'complex'),
    ringMs: fc.integer({ min: 0, max: hourMs }),
    tries: fc.array(
      fc.record({
        command: fc.constantFrom(...commands),
        /** Mostly who would do it, so that histories get far. */
        by: fc.oneof(
          { weight: 5, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constantFrom(...actors) },
        ),
        pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: -1000, max: mostPauseMs })),
      }),
      // Long ones too: closing and reopening come late.
      { maxLength, size: 'max' },
    ),
  })
const history = historyOf(commands, 5 * dayMs, 80)
/** Units that send orders on, one to the other, and a centre that decides. */
const quarrel = historyOf(
  [
    ...commands.filter(one => ['dispatch', 'return', 'decide-return'].includes(one.do)),
    { do: 'sign' },
    { do: 'appoint', target: 'street', words },
  ],
  4 * hourMs,
  25,
)

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

/** Lives through it; what is refused does not happen. */
function live(
  { profile, elder, waits, urgency, ringMs, tries }: History,
  watch: (order: Order) => void = () => undefined,
) {
  const given = rules.get(profile)!
  const rangAtMs = mondayMs - ringMs
  const category = waits === 'kind-open' ? undefined : coldRadiators.category
  const told = { ...coldRadiators, category, elder, waits, urgency, rangAtMs }
  const one = inMemory(given, told, mondayMs)
  let atMs = mondayMs
  watch(one.order())
  for (const { command, by, pauseMs } of tries) {
    atMs += pauseMs
    try {
      one.act(command, by ?? fitting(command, one.order()), atMs)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
    watch(one.order())
  }
  return { ...one, rangAtMs }
}
const handlingOf = (order: Order) => order.clocks.find(({ name }) => name === 'handling')!

describe('the clock of an order, whatever happens to it', () => {
  it('began at the first ring and is never wound back: the deadline only ever moves later, by what was granted', () => {
    fc.assert(
      fc.property(history, given => {
        let dueMs = 0
        const { order, rangAtMs } = live(given, now => {
          const handling = handlingOf(now)
          expect(handling.startMs).toBe(now.rangAtMs)
          expect(dueAt(handling, calendar)).toBeGreaterThanOrEqual(dueMs)
          dueMs = dueAt(handling, calendar)
        })
        const limit = rules.get(given.profile)!.profile.handling[given.urgency as 'urgent']
        const granted = order().extensions.reduce((sum, days) => sum + days, 0)
        expect(order().rangAtMs).toBe(rangAtMs)
        expect(handlingOf(order()).limit.ms).toBe(limit.ms + granted * dayMs)
      }),
      { numRuns: 150 },
    )
  })

  it('replays to the same order, lights and lateness, also from what a database kept', () => {
    fc.assert(
      fc.property(history, fc.nat(60 * dayMs), (given, laterMs) => {
        const { events, order } = live(given)
        const kept = events.map(event => {
          const { seq, atMs, by, kind, ...data } = JSON.parse(JSON.stringify(event))
          return { ...readHappening(kind, data), seq, atMs, by } as OrderEvent
        })
        const replayed = foldOrder(number, kept, calendar)
        expect(JSON.parse(JSON.stringify(replayed))).toEqual(JSON.parse(JSON.stringify(order())))
        const atMs = mondayMs + laterMs
        const seen = (one: Order) => ({
          light: lightAt(lightsOf(one.clocks, calendar), atMs),
          late: one.clocks.map(clock => latenessMs(clock, atMs, calendar)),
        })
        expect(seen(replayed)).toEqual(seen(order()))
      }),
      { numRuns: 150 },
    )
  })

  it('turns from green to yellow to red as time goes by, and never back by itself', () => {
    const rank = { green: 0, yellow: 1, red: 2 }
    fc.assert(
      fc.property(history, fc.array(fc.nat(60 * dayMs)), (given, moments) => {
        const lights = lightsOf(live(given).order().clocks, calendar)
        const ranks = moments.toSorted((a, b) => a - b).map(ms => rank[lightAt(lights, mondayMs + ms)])
        expect(ranks).toEqual(ranks.toSorted())
      }),
    )
  })

  it('stops and begins no clock of the citizen’s, nor leaves its unit, while the centre decides a return', () => {
    const reached = { asked: 0, upheld: 0, kept: 0, withdrawn: 0 }
    const citizens = ({ clocks }: Order) =>
      clocks.filter(({ name }) => ['handling', 'feedback', 'dispatch'].includes(name))
    fc.assert(
      fc.property(quarrel, given => {
        let before: Order | undefined
        live(given, now => {
          expect(now.returnings).toHaveLength(now.returns)
          const open = now.returnings.filter(({ decided }) => decided === undefined)
          expect(open.length).toBeLessThanOrEqual(1)
          for (const { from } of open) expect(from).toBe(now.unit)
          if (open.length > 0) expect(now.stage).toBe('waiting')
          const isReturn = before && before.returnings !== now.returnings && before.lead === now.lead
          if (before && isReturn) expect(citizens(now)).toEqual(citizens(before))
          for (const one of now.returnings) expect(one.sinceMs).toBeLessThanOrEqual(one.askedAtMs)
          // One follows the other: no moment is lost twice.
          for (const [at, one] of now.returnings.entries())
            expect(one.sinceMs).toBeGreaterThanOrEqual(now.returnings[at - 1]?.decided?.atMs ?? 0)
          before = now
        })
        for (const { decided } of before?.returnings ?? []) {
          reached.asked++
          if (decided?.outcome === 'upheld') reached.upheld++
          if (decided?.outcome === 'refused') reached.kept++
          if (decided?.outcome === 'withdrawn') reached.withdrawn++
        }
      }),
      { numRuns: 150 },
    )
    const { asked, ...ends } = reached
    expect(asked).toBeGreaterThan(30)
    expect(Object.entries(ends).filter(([, times]) => times < 5)).toEqual([])
  })

  it('has exactly one that is responsible: the centre until it is dispatched, a unit ever after', () => {
    const reached = { dispatched: 0, closed: 0 }
    fc.assert(
      fc.property(history, given => {
        let wasDispatched = false
        const { events, order } = live(given, now => {
          const isWaiting = now.stage === 'undispatched'
          expect(isWaiting).toBe(now.unit === centre)
          if (!isWaiting) expect(units).toContain(now.unit)
          expect(wasDispatched && isWaiting).toBe(false)
          wasDispatched = !isWaiting
          const clock = now.clocks.find(({ name }) => name === 'dispatch')
          expect(clock === undefined).toBe(given.waits === undefined)
          // It begins where the citizen's do, and stops with the decision for good.
          if (clock) expect(clock.startMs).toBe(now.rangAtMs)
          if (clock) expect(clock.doneAtMs === undefined).toBe(isWaiting)
          expect(now.category === '').toBe(isWaiting && given.waits === 'kind-open')
        })
        const times = events.filter(({ kind }) => kind === 'dispatched').length
        expect(times).toBe(given.waits !== undefined && order().stage !== 'undispatched' ? 1 : 0)
        reached.dispatched += times
        if (times === 1 && order().closings.length > 0) reached.closed++
      }),
      { numRuns: 150 },
    )
    // A generator that never gets there would prove nothing.
    expect(reached.dispatched).toBeGreaterThan(30)
    expect(reached.closed).toBeGreaterThan(5)
  })

  it('has one lead from the first signature to the end, and one cycle a reopening', () => {
    const reached = { closed: 0, reopened: 0 }
    fc.assert(
      fc.property(history, given => {
        let lead: string | undefined
        const { events, order } = live(given, now => {
          if (lead !== undefined) expect(now.lead).toBe(lead)
          lead = now.lead
          expect(now.lead === undefined).toBe(now.stage === 'undispatched' || now.stage === 'waiting')
        })
        const count = (kind: OrderEvent['kind']) => events.filter(event => event.kind === kind).length
        expect(order().cycle).toBe(1 + count('reopened'))
        reached.closed += Math.min(1, count('closed'))
        reached.reopened += Math.min(1, count('reopened'))
        expect(count('signed')).toBeLessThanOrEqual(1)
        expect(count('return-asked')).toBeLessThanOrEqual(rules.get(given.profile)!.profile.returns.most)
        expect(order().closings.length - count('reopened')).toBe(order().stage === 'closed' ? 1 : 0)
      }),
      { numRuns: 400 },
    )
    // A generator that never gets there would prove nothing. A quarter of the histories close: 30 of 150 was now and then missed.
    expect(reached.closed).toBeGreaterThan(30)
    expect(reached.reopened).toBeGreaterThan(8)
  })

  it('is warned of once a mark, after the mark was reached', () => {
    fc.assert(
      fc.property(history, given => {
        const { events } = live(given)
        const told: string[] = []
        for (const event of events) {
          // A clock that began anew, or was granted more, is told of anew.
          const isMoved = event.kind === 'reclassified' && event.target !== undefined
          if (
            isMoved ||
            [
              'return-asked',
              'return-decided',
              'appointed',
              'reopened',
              'extension-decided',
              'granted',
              'instructed',
              'site-asked',
            ].includes(event.kind)
          )
            told.length = 0
          if (event.kind !== 'warned') continue
          const key = warnedKey(event.clock, event.percent, event.unit)
          expect(told).not.toContain(key)
          told.push(key)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('refuses a history whose time or count runs back', () => {
    const { events, act } = inMemory(rules.get('beijing')!)
    act({ do: 'sign' }, unit('heating'), mondayMs + hourMs)
    const [made, signed] = events as [OrderEvent, OrderEvent]
    const wrong = [
      [signed],
      [made, { ...signed, seq: 3 }],
      [made, { ...signed, atMs: mondayMs - 1 }],
      [made, made],
    ]
    for (const events of wrong)
      expect(() => foldOrder(number, events, calendar)).toThrow(
        expect.objectContaining({ code: 'order-history' }),
      )
  })
})
