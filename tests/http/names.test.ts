import { expect, it } from 'vitest'
import type { OrderDetail } from '../../src/orders/api.ts'
import type { Member } from '../../src/staff/api.ts'
import { openGuardedHouse } from '../support/guarded-house.ts'
import { createHouse, everybodyIs } from './house.ts'

const own = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }
const people: readonly Member[] = [
  { name: 's1', display: '王芳', role: 'seat' },
  { name: 'boss', display: '李主任', role: 'supervisor' },
  { name: 'zhang', display: '张师傅', role: 'unit', unit: 'heating' },
  { name: 'chen', display: '陈师傅', role: 'unit', unit: 'water' },
]

async function namesFor(member: Member) {
  const { app } = await createHouse({
    staff: { ...everybodyIs(() => member), list: async () => people },
  })
  const payload = { name: member.name, password: 'a long enough password' }
  const signedIn = await app.inject({ method: 'POST', url: '/session', headers: own, payload })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  const answer = await app.inject({ url: '/api/staff/names', headers: { ...own, cookie } })
  return (answer.json() as { names: readonly { name: string }[] }).names
}

it('tells who works at the hotline what everybody is called, a seat by its own name', async () => {
  expect(await namesFor({ name: 'boss', display: '李主任', role: 'supervisor' })).toEqual([
    { name: 's1', display: '一号坐席', number: 1 },
    { name: 'boss', display: '李主任' },
    { name: 'zhang', display: '张师傅' },
    { name: 'chen', display: '陈师傅' },
  ])
})

it('tells a unit the names of its own people, and of nobody else', async () => {
  expect(await namesFor({ name: 'zhang', display: '张师傅', role: 'unit', unit: 'heating' })).toEqual([
    { name: 'zhang', display: '张师傅' },
  ])
})

it('tells a unit in its orders what those who worked on them are called, and of others nothing', async () => {
  const house = await openGuardedHouse(people)
  try {
    const heating = { role: 'unit', person: 'zhang', unit: 'heating' } as const
    const demand = {
      caller: '+8613800138001',
      category: 'heating',
      matter: '暖气不热',
      place: '3号楼',
      street: '望京街道',
    }
    const { order } = await house.orderDesk.make(demand, { role: 'seat', person: 's1' })
    await house.orderDesk.act(order.number, { do: 'sign' }, heating)
    const readBy = async (name: string) => {
      const answer = await (await house.signsIn(name)).get(`/api/orders/${order.number}`)
      return answer.json<OrderDetail>().events.map(({ by }) => by.called)
    }
    expect(await readBy('zhang')).toEqual(['王芳', '张师傅'])
    // The centre reads everybody's name elsewhere.
    expect(await readBy('boss')).toEqual([undefined, undefined])
  } finally {
    await house.close()
  }
})
