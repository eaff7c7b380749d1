/** Repeated demands that are handled as one, on the product's own tables. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderActor } from '../../src/orders/api.ts'
import type { ClosedOrder } from '../../src/orders/index.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { anyRow, sql } from '../../src/storage/index.ts'
import { eraseByTwo } from '../support/order-desk.ts'
import { hourMs } from './rules-house.ts'
import { burstPipe, dispatcher, heating, refused, supervisor, toldOrders } from './told-orders.ts'

const room = toldOrders()
const { clock, texts, shown } = room
const burst = burstPipe('望京街道')
const close: OrderCommand = { do: 'close', result: 'solved', words: '王女士家管道已修好', evidence: ['照片'] }

let asked: ClosedOrder[] = []
beforeEach(() => {
  asked = []
  room.orders().follow({ closed: async (_, closed) => void asked.push(closed) })
})
const tells = (given: Partial<NewOrderRequest> = {}) => room.tells({ ...burst, ...given })
const act = (number: string, command: OrderCommand, by: OrderActor = supervisor) =>
  room.act(number, command, by)
const merge = (number: string, into: string) => act(number, { do: 'merge', into }, dispatcher)

describe('neighbours who tell of one burst pipe', () => {
  it('have one order that its unit works on; each keeps a number, is told, and is asked on their own', async () => {
    const [first, second, third] = [await tells(), await tells(), await tells({ unit: 'street' })]
    for (const number of [second, third]) await merge(number, first)
    const { lines } = await room.orders().list({ limit: 20, unit: 'heating' }, supervisor)
    expect(lines).toMatchObject([{ number: first, callers: 3 }])
    expect((await shown(third)).order).toMatchObject({ stage: 'merged', unit: 'heating', mergedInto: first })
    expect((await room.orders().together.of(first, heating)).merged.map(({ number }) => number)).toEqual([
      second,
      third,
    ])
    await act(first, { do: 'sign' }, heating)
    expect((await shown(third)).events.at(-1)).toMatchObject({ kind: 'followed', data: { lead: 'heating' } })
    await act(first, close, heating)
    expect(asked.map(({ order, unit }) => [order, unit])).toEqual([
      [first, 'heating'],
      [second, 'heating'],
      [third, 'heating'],
    ])
    // What the unit wrote of the one caller stands with that one alone.
    const closed = (await shown(second)).events.find(({ kind }) => kind === 'closed')
    expect(closed?.data).toMatchObject({ result: 'solved', words: '', with: first })
  })

  it('are asked once where one of them told it twice', async () => {
    const caller = '+8613800138777'
    const [first, again, other] = [
      await tells({ caller }),
      await tells({ caller, anyway: true }),
      await tells(),
    ]
    for (const number of [again, other]) await merge(number, first)
    expect((await shown(first)).order.callers).toBe(2)
    await act(first, { do: 'sign' }, heating)
    await act(first, close, heating)
    expect(asked.map(({ order }) => order)).toEqual([first, other])
    expect((await shown(again)).order.stage).toBe('closed')
  })

  it('of whom one says "not solved" has that matter opened again, by its unit and its own clock, and the others stay as they are', async () => {
    const [first, second] = [await tells(), await tells()]
    await merge(second, first)
    await act(first, { do: 'sign' }, heating)
    await act(first, close, heating)
    const before = await shown(second)
    await room
      .database()
      .transaction(tx => room.orders().answered(tx, { order: second, cycle: 1, solved: 'no' }))
    const { order, clocks } = await shown(second)
    expect(order).toMatchObject({ stage: 'handling', unit: 'heating', cycle: 2, mergedInto: undefined })
    const handling = (all: typeof clocks) => all.find(({ name }) => name === 'handling')
    expect(handling(clocks)?.startedAtMs).toBe(handling(before.clocks)?.startedAtMs)
    expect((await shown(first)).order).toMatchObject({ stage: 'closed', cycle: 1, callers: undefined })
  })

  it('are told apart again with one key: each as it was, with the unit that had it', async () => {
    const [first, second] = [await tells(), await tells({ unit: 'street' })]
    const before = await shown(second)
    await merge(second, first)
    await clock.advance(hourMs)
    await act(first, { do: 'sign' }, heating)
    await act(second, { do: 'part' }, dispatcher)
    const after = await shown(second)
    const still = ({ order, clocks }: typeof after) => ({
      ...order,
      changedAtMs: 0,
      clocks: clocks.map(({ name, startedAtMs, dueAtMs, doneAtMs }) => [
        name,
        startedAtMs,
        dueAtMs,
        doneAtMs,
      ]),
    })
    expect(still(after)).toEqual(still(before))
    expect((await shown(first)).order.callers).toBeUndefined()
    expect((await shown(first)).events.at(-1)).toMatchObject({ kind: 'left', data: { order: second } })
  })

  it('press the unit by whoever told it first, also where that order is merged into a later one', async () => {
    const early = await tells()
    const due = (await shown(early)).order.dueAtMs
    await clock.advance(5 * hourMs)
    const late = await tells()
    expect((await shown(late)).order.dueAtMs).toBe((due ?? 0) + 5 * hourMs)
    await merge(early, late)
    expect((await shown(late)).order.dueAtMs).toBe(due)
    const { lines } = await room.orders().list({ limit: 20 }, supervisor)
    expect(lines.find(({ number }) => number === late)?.redAt?.getTime()).toBe(due)
    await act(early, { do: 'part' })
    expect((await shown(late)).order.dueAtMs).toBe((due ?? 0) + 5 * hourMs)
  })

  it('lose nothing when one of them is erased', async () => {
    const [first, second, third] = [await tells(), await tells(), await tells()]
    for (const number of [second, third]) await merge(number, first)
    await act(first, { do: 'sign' }, heating)
    await act(first, close, heating)
    await eraseByTwo(room.orders(), first)
    expect((await shown(second)).order).toMatchObject({ stage: 'closed', mergedInto: first })
    await eraseByTwo(room.orders(), second)
    expect((await shown(third)).order.stage).toBe('closed')
    const kept = JSON.stringify(
      await room.database().query(sql`select body from ledger_events where stream = ${third}`, anyRow),
    )
    expect(kept).not.toContain('王女士')
  })
})

describe('a merging is refused', () => {
  it.each<[string, string, (one: string, other: string) => Promise<unknown>]>([
    ['with itself', 'merge-itself', one => merge(one, one)],
    [
      'with an order that is not there',
      'order-unknown',
      one => merge(one, orderNumberOf('2026-01-05', 999_999)),
    ],
    ['with no number at all', 'order-number-wrong', one => merge(one, '12')],
    [
      'in a circle',
      'merge-chain',
      async (one, other) => {
        await merge(one, other)
        await merge(other, one)
      },
    ],
    [
      'a second time',
      'merge-chain',
      async (one, other) => {
        await merge(one, other)
        await merge(one, await tells())
      },
    ],
    [
      'into one that is merged',
      'merge-chain',
      async (one, other) => {
        await merge(other, await tells())
        await merge(one, other)
      },
    ],
    [
      'with one that is closed',
      'order-stage',
      async (one, other) => {
        await act(other, { do: 'sign' }, heating)
        await act(other, close, heating)
        await merge(one, other)
      },
    ],
    [
      'of one that is closed',
      'order-stage',
      async (one, other) => {
        await act(one, { do: 'sign' }, heating)
        await act(one, close, heating)
        await merge(one, other)
      },
    ],
    [
      'with a confidential one, whose person nobody is to meet',
      'merge-confidential',
      async one => merge(one, await tells({ confidential: true })),
    ],
    [
      'of what another unit signed',
      'order-led',
      async (one, other) => {
        await act(one, { do: 'sign' }, heating)
        await merge(one, other)
      },
    ],
    [
      'while a return waits for its answer',
      'merge-pending',
      async (one, other) => {
        await act(one, { do: 'return', ground: 'not-our-duty', target: 'street', words: '不是' }, heating)
        await merge(one, other)
      },
    ],
    [
      'of one that a unit has into one that waits for a dispatcher',
      'merge-undispatched',
      async one => merge(one, await tells({ undecided: true })),
    ],
    ['undone where there is none', 'merge-missing', one => act(one, { do: 'part' })],
    ['by a unit', 'role-wrong', (one, other) => act(one, { do: 'merge', into: other }, heating)],
  ])('%s', async (_, code, trying) => {
    await expect(trying(await tells(), await tells())).rejects.toEqual(refused(code))
  })

  it('to the second of two dispatchers who merge the same two at once, each into the other', async () => {
    const [one, other] = [await tells(), await tells()]
    const done = await Promise.allSettled([merge(one, other), merge(other, one)])
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('and whoever becomes confidential is handled by itself from then on', async () => {
    const [first, second] = [await tells(), await tells()]
    await merge(second, first)
    await act(second, { do: 'set-confidential', confidential: true, words: '举报' })
    expect((await shown(second)).order).toMatchObject({ stage: 'waiting', confidential: true })
    const third = await tells()
    await merge(third, first)
    await act(first, { do: 'set-confidential', confidential: true, words: '举报' })
    expect((await shown(third)).order).toMatchObject({ stage: 'waiting', mergedInto: undefined })
  })
})

it('tells each citizen of the merging, its end and the result, by their own number and no other', async () => {
  room.works()
  const [first, second] = [await tells(), await tells()]
  await merge(second, first)
  await act(first, { do: 'sign' }, heating)
  await act(first, close, heating)
  await room.passes(1000)
  const own = texts.filter(text => text.includes(second))
  expect(own).toHaveLength(3)
  expect(own[1]).toContain('合并办理')
  expect(own[2]).toContain('已解决')
  expect(own.join()).not.toContain(first)
})
