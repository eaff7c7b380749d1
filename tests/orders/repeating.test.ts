/** A caller who tells the same again, neighbours who tell it, and one demand that is several matters. */
import { describe, expect, it } from 'vitest'
import type { OrderCommand } from '../../src/orders/acting/api.ts'
import type { OrderActor } from '../../src/orders/api.ts'
import type { NewOrderRequest } from '../../src/orders/making/api.ts'
import { placesAlike, sharedWords } from '../../src/orders/repeating/likeness.ts'
import { hourMs } from './rules-house.ts'
import { burstPipe, dispatcher, heating, refused, seat, toldOrders } from './told-orders.ts'

const room = toldOrders()
const { clock, texts, shown } = room
const tells = (asked: NewOrderRequest) => room.tells({ anyway: true, ...asked })
const act = (number: string, command: OrderCommand, by: OrderActor = dispatcher) =>
  room.act(number, command, by)
const likeOf = async (number: string, by: OrderActor = dispatcher) =>
  (await room.orders().together.of(number, by)).like

describe('an order that repeats another', () => {
  it('says so when it comes, with the words and the place that both have; a dispatcher decides', async () => {
    const told = burstPipe('安贞街道')
    const first = await tells(told)
    const second = await tells({ ...told, matter: '小区供暖管道漏水，我家暖气不热', place: '幸福小区5号楼' })
    expect(await likeOf(second)).toMatchObject([
      {
        line: { number: first },
        isOwn: false,
        words: ['小区供暖管道漏水', '暖气不热'],
        place: ['幸福小区', '号楼'],
        leads: true,
      },
    ])
    const { lines } = await room.orders().list({ repeated: 'true', limit: 20 }, dispatcher)
    expect(lines.map(({ number }) => number)).toContain(second)
    // Units are told nothing of it.
    expect(await likeOf(second, heating)).toEqual([])
    await act(second, { do: 'merge', into: first })
    expect((await shown(second)).order).toMatchObject({ stage: 'merged', like: undefined })
    expect((await room.orders().counts(dispatcher)).repeated).toBe(0)
  })

  it('is asked about no more once somebody has told the two apart', async () => {
    const told = burstPipe('和平里街道')
    const first = await tells(told)
    const second = await tells(told)
    await act(second, { do: 'tell-apart', from: first })
    expect(await likeOf(second)).toEqual([])
    await expect(act(second, { do: 'tell-apart', from: first })).rejects.toEqual(refused('repeat-unknown'))
  })

  it('is of the same caller sooner than of another: fewer words in common will do', async () => {
    const told = burstPipe('建国门街道')
    const caller = '+8613900139111'
    const first = await tells({ ...told, caller })
    const matter = '你们上次说来修，整栋楼暖气不热，请催'
    const [again, other] = [
      await tells({ ...told, caller, matter }),
      await tells({ ...told, kind: undefined, matter }),
    ]
    expect((await likeOf(again)).map(({ line, isOwn }) => [line.number, isOwn])).toContainEqual([first, true])
    expect((await likeOf(other)).map(({ line }) => line.number)).not.toContain(first)
  })

  it.each<[string, Partial<NewOrderRequest>]>([
    ['in another place of the street', { place: '和平北路12号院' }],
    ['about something else', { matter: '路灯不亮，晚上看不见路' }],
    ['that is confidential', { confidential: true }],
  ])('is none %s', async (street, given) => {
    const told = burstPipe(`${street}街道`)
    await tells(told)
    expect(await likeOf(await tells({ ...told, ...given }))).toEqual([])
  })

  it('never shows a confidential one to anybody', async () => {
    const told = burstPipe('东直门街道')
    await tells({ ...told, confidential: true })
    expect(await likeOf(await tells(told))).toEqual([])
  })
})

it('compares places by the words that they share', () => {
  expect(placesAlike('幸福小区', '幸福小区3号楼')).toBe(1)
  expect(placesAlike('幸福小区3号楼', '和平北路12号院')).toBe(0)
  expect(sharedWords('暖气不热', '暖气片不热')).toEqual(['暖气', '不热'])
})

it('tells a caller who asks without a new fact how it stands: counted, and no second order', async () => {
  const number = await tells(burstPipe('朝外街道'))
  for (let at = 0; at < 2; at++) await act(number, { do: 'tell-state' }, seat)
  expect((await shown(number)).order).toMatchObject({ stage: 'waiting', statesTold: 2 })
  expect((await shown(number)).events.at(-1)).toMatchObject({ kind: 'state-told', by: { role: 'seat' } })
  await expect(act(number, { do: 'tell-state' }, heating)).rejects.toEqual(refused('role-wrong'))
})

describe('a demand that is several matters', () => {
  it('becomes orders that know each other, each with its unit, and all with the clock of the first ring', async () => {
    room.works()
    const first = await tells({ ...burstPipe('左家庄街道'), matter: '暖气不热，门口路灯也不亮，垃圾没人清' })
    const before = await shown(first)
    await clock.advance(hourMs)
    const parts = [{ matter: '门口路灯不亮', category: 'heating', unit: 'street' }, { matter: '垃圾没人清' }]
    await act(first, { do: 'split', parts })
    const { split } = await room.orders().together.of(first, dispatcher)
    expect(split.map(({ unit, stage }) => [unit, stage])).toEqual([
      ['street', 'waiting'],
      ['@centre', 'undispatched'],
    ])
    for (const { number } of split) {
      const one = await shown(number)
      expect(one.order.rangAtMs).toBe(before.order.rangAtMs)
      expect(one.caller).toBe(before.caller)
      expect((await room.orders().together.of(number, dispatcher)).split).toHaveLength(2)
    }
    expect((await shown(first)).order.dueAtMs).toBe(before.order.dueAtMs)
    await room.passes(1000)
    // One text with all the numbers, and none for each.
    const told = texts.filter(text => split.some(({ number }) => text.includes(number)))
    expect(told).toHaveLength(1)
    for (const number of [first, ...split.map(one => one.number)]) expect(told[0]).toContain(number)
  })

  it('has a matter that is elsewhere go to the unit of its own place', async () => {
    const first = await tells(burstPipe('团结湖街道'))
    const parts = [
      { matter: '垃圾没人清', kind: '02020101', district: '海淀区', street: '学院路街道', place: '成府路口' },
      { matter: '楼道堆物', kind: '02020101' },
    ]
    await act(first, { do: 'split', parts })
    const { split } = await room.orders().together.of(first, dispatcher)
    const orders = await Promise.all(split.map(async ({ number }) => (await shown(number)).order))
    expect(orders.map(({ district, street, place }) => [district, street, place])).toEqual([
      ['海淀区', '学院路街道', '成府路口'],
      [orders[1]?.district, '团结湖街道', orders[1]?.place],
    ])
    expect(orders[0]?.unit).not.toBe(orders[1]?.unit)
  })

  it('is split by the centre alone, while it is in hand, and into matters that there are', async () => {
    const first = await tells(burstPipe('香河园街道'))
    const parts = [{ matter: '路灯不亮', category: 'heating' }]
    await expect(act(first, { do: 'split', parts }, heating)).rejects.toEqual(refused('role-wrong'))
    await expect(
      act(first, { do: 'split', parts: [{ matter: '路灯不亮', category: 'no-such' }] }),
    ).rejects.toEqual(refused('category-unknown'))
    expect((await room.orders().together.of(first, dispatcher)).split).toEqual([])
  })
})
