/** Orders that are handled together, over random histories on the product's own tables: what no merging can change. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import { centre, type OrderActor } from '../../src/orders/api.ts'
import { anyRow, sql } from '../../src/storage/index.ts'
import { hourMs } from './rules-house.ts'
import { burstPipe, dispatcher, supervisor, toldOrders } from './told-orders.ts'

const room = toldOrders()
const words = '已核实'

/** Which orders a step is about, by their places among those of the history. */
const one = fc.nat(3)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('merge'), one, other: one }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'part',
        'sign',
        'progress',
        'close',
        'not-solved',
        'return',
        'uphold',
        'refuse',
        'dispatch',
        'split',
        'lengthen',
      ),
      one,
      other: one,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait'), one: fc.integer({ min: 1, max: 30 }), other: one }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
const history = fc.record({
  /** Whether somebody could say whose it is, and in what order they rang. */
  placed: fc.array(fc.boolean(), { minLength: 3, maxLength: 4 }),
  steps: fc.array(step, { minLength: 6, maxLength: 14 }),
})

type Shown = Awaited<ReturnType<typeof room.shown>>
const of = (unit: string): OrderActor => ({ role: 'unit', person: 'w', unit })

/** As people see it, with its clocks; what counts events and tells when the last was is another's. */
const seen = ({ order, clocks, events: _, ...rest }: Shown) => ({
  ...rest,
  order: { ...order, changedAtMs: 0 },
  clocks: clocks.map(({ lateMs: _, ...clock }) => clock).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
})
async function rowOf(number: string) {
  const [row] = await room
    .database()
    .query(
      sql`select to_jsonb(orders) - 'seq' - 'changed_at' as row from orders where number = ${number}`,
      anyRow,
    )
  return row
}

async function take(numbers: readonly string[], { do: what, one, other }: Step): Promise<void> {
  const number = numbers[one % numbers.length] ?? ''
  if (what === 'wait') return room.passes(one * hourMs)
  const { order } = await room.shown(number)
  const own = of(order.unit)
  const target = order.unit === 'street' ? 'heating' : 'street'
  const commands: Readonly<Record<string, readonly (readonly [OrderCommand, OrderActor])[]>> = {
    merge: [[{ do: 'merge', into: numbers[other % numbers.length] ?? '' }, dispatcher]],
    part: [[{ do: 'part' }, dispatcher]],
    sign: [[{ do: 'sign' }, own]],
    progress: [[{ do: 'progress', words, citizenKnows: true }, own]],
    close: [[{ do: 'close', result: 'solved', words, evidence: ['照片'] }, own]],
    return: [[{ do: 'return', ground: 'not-our-duty', target, words }, own]],
    uphold: [[{ do: 'decide-return', outcome: 'upheld', words }, dispatcher]],
    refuse: [[{ do: 'decide-return', outcome: 'refused', words }, dispatcher]],
    dispatch: [[{ do: 'dispatch', unit: 'heating', category: 'heating' }, dispatcher]],
    split: [[{ do: 'split', parts: [{ matter: '路灯不亮', category: 'street-light' }] }, dispatcher]],
    lengthen: [
      [{ do: 'ask-extension', days: 2, reason: words }, own],
      [{ do: 'decide-extension', granted: true, words }, supervisor],
    ],
  }
  if (what === 'not-solved')
    return room
      .database()
      .transaction(tx => room.orders().answered(tx, { order: number, cycle: order.cycle, solved: 'no' }))
      .then(() => undefined, unlessRefused)
  for (const [command, by] of commands[what] ?? []) await room.act(number, command, by).catch(unlessRefused)
}
const unlessRefused = (error: unknown) => {
  if (!(error instanceof Fault)) throw error
}

const handling = ({ clocks }: Shown) => clocks.find(({ name }) => name === 'handling')

/** Undoing what was merged leaves everything as it was. */
async function undoes(number: string, into: string): Promise<boolean> {
  const before = [await room.shown(number), await room.shown(into)].map(seen)
  const rows = [await rowOf(number), await rowOf(into)]
  try {
    await room.act(number, { do: 'merge', into }, dispatcher)
  } catch (error) {
    unlessRefused(error)
    return false
  }
  await room.act(number, { do: 'part' }, dispatcher)
  expect([await room.shown(number), await room.shown(into)].map(seen)).toEqual(before)
  expect([await rowOf(number), await rowOf(into)]).toEqual(rows)
  return true
}

it('merging and undoing is the identity; no clock is wound back, and each order has one unit, whatever happens', async () => {
  room.works()
  let undone = 0
  let at = 0
  await fc.assert(
    fc.asyncProperty(history, async ({ placed, steps }) => {
      at += 1
      const numbers: string[] = []
      for (const isPlaced of placed) {
        const told = burstPipe(`第${at}街道`)
        const asked = isPlaced
          ? told
          : { ...told, category: undefined, urgency: 'livelihood' as const, undecided: true }
        numbers.push(await room.tells({ ...asked, anyway: true }))
        await room.passes(hourMs / 2)
      }
      const began = new Map<string, { startMs: number; dueMs: number }>()
      for (const step of steps) {
        if (
          step.do === 'merge' &&
          (await undoes(numbers[step.one % numbers.length]!, numbers[step.other % numbers.length]!))
        )
          undone += 1
        await take(numbers, step)
        for (const number of numbers) {
          const shown = await room.shown(number)
          const { startedAtMs = 0, dueAtMs = 0 } = handling(shown) ?? {}
          const { startMs = startedAtMs, dueMs = 0 } = began.get(number) ?? {}
          expect(startedAtMs).toBe(startMs)
          expect(startedAtMs).toBe(shown.order.rangAtMs)
          expect(dueAtMs).toBeGreaterThanOrEqual(dueMs)
          began.set(number, { startMs, dueMs: dueAtMs })
          await hasOneUnit(shown)
        }
      }
    }),
    { numRuns: 12 },
  )
  expect(undone).toBeGreaterThan(3)
}, 120_000)

/** The centre until it is dispatched, then a unit; of what is merged the one that has the other. */
async function hasOneUnit({ order: { number, unit, stage, mergedInto } }: Shown): Promise<void> {
  const [row] = await room.database().query(sql`select unit from orders where number = ${number}`, anyRow)
  expect(row).toEqual({ unit })
  if (stage === 'merged') expect(unit).toBe((await room.shown(mergedInto ?? '')).order.unit)
  else expect(unit === centre).toBe(stage === 'undispatched')
}
