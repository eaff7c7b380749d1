import { expect, it } from 'vitest'
import type { Member } from '../../src/staff/api.ts'
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
