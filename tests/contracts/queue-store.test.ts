/** What every store of the queue keeps, whoever shares it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import type { QueueStore } from '../../src/desk/queue-store.ts'
import { createMemoryQueue } from '../../src/desk/queue-stores/memory.ts'
import type { QueueSeat } from '../../src/desk/skills.ts'
import type { CallId } from '../../src/telephony/index.ts'

const stores = [{ name: 'memory', open: (capacity: number) => createMemoryQueue(capacity, rules) }]

const id = (name: string) => name as CallId
const caller = (name: string, sinceMs: number) => ({ id: id(name), sinceMs, rankMs: sinceMs, skills: [] })
const seats = (...names: readonly string[]): readonly QueueSeat[] =>
  names.map((name, turn) => ({ name, skills: [], isReady: true, turn }))

describe.each(stores)('the queue in $name', ({ open }) => {
  let store: QueueStore
  beforeEach(() => {
    store = open(3)
  })
  const order = async () => (await store.waiting()).map(({ id }) => id)

  it('says where a caller stands, and keeps the order', async () => {
    expect(await store.enter(caller('b', 2))).toBe(1)
    expect(await store.enter(caller('c', 3))).toBe(2)
    expect(await store.enter(caller('a', 1))).toBe(1)
    expect(await order()).toEqual(['a', 'b', 'c'])
  })

  it('is full at its capacity, but for who had a place before', async () => {
    for (const name of ['a', 'b', 'c']) await store.enter(caller(name, 1))
    expect(await store.enter(caller('d', 0))).toBeUndefined()
    expect(await order()).toEqual(['a', 'b', 'c'])
    expect(await store.enter(caller('d', 0), true)).toBe(1)
    expect((await order()).length).toBe(4)
  })

  it('has no caller twice', async () => {
    await store.enter(caller('a', 2))
    await store.enter(caller('b', 3))
    expect(await store.enter(caller('a', 4))).toBe(2)
    expect(await order()).toEqual(['b', 'a'])
  })

  it('offers nobody twice, also when it is asked twice at once, until they are put back', async () => {
    await store.enter(caller('a', 1))
    await store.enter(caller('b', 2))
    const rounds = await Promise.all([store.offer(seats('s1'), 5), store.offer(seats('s2', 's3'), 5)])
    expect(rounds).toEqual([[{ id: 'a', seat: 's1' }], [{ id: 'b', seat: 's2' }]])
    await store.putBack(id('a'))
    expect(await order()).toEqual(['a', 'b'])
    expect(await store.offer(seats('s1'), 6)).toEqual([{ id: 'a', seat: 's1' }])
  })

  it('lets go of who leaves, and leaves alone whom it does not know', async () => {
    await store.enter(caller('a', 1))
    await store.leave(id('a'))
    await store.leave(id('a'))
    await store.putBack(id('a'))
    expect([await order(), await store.move(id('a'))]).toEqual([[], false])
  })

  it('has whoever is owed a callback at the place of their INVITE, and takes nobody’s place in a full queue for them', async () => {
    const owed = (name: string, sinceMs: number) => ({ ...caller(name, sinceMs), isOwed: true as const })
    await store.enter(caller('a', 2))
    await store.enter(caller('b', 4))
    await store.owe([owed('back_1', 1), owed('back_2', 3)])
    expect(await order()).toEqual(['back_1', 'a', 'back_2', 'b'])
    expect([await store.enter(caller('c', 5)), await store.enter(caller('d', 6))]).toEqual([3, undefined])
    expect(await store.offer(seats('s1'), 5)).toEqual([{ id: 'back_1', seat: 's1' }])
    // A seat is held for the first; nobody owes the second a call any more, and a third is owed one.
    await store.owe([owed('back_3', 0)])
    expect(await order()).toEqual(['back_3', 'back_1', 'a', 'b', 'c'])
    await store.leave(id('back_1'))
    await store.owe([])
    expect(await order()).toEqual(['a', 'b', 'c'])
  })

  it('moves who waits to the head, and nobody for whom a seat rings', async () => {
    for (const [name, at] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      await store.enter(caller(name, at))
    await store.offer(seats('s1'), 5)
    expect([await store.move(id('a')), await store.move(id('c'), 's2')]).toEqual([false, true])
    expect((await store.waiting()).map(({ id, seat, offered }) => [id, seat, offered])).toEqual([
      ['c', 's2', false],
      ['a', undefined, true],
      ['b', undefined, false],
    ])
  })
})
