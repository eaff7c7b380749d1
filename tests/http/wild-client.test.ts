import { expect, it } from 'vitest'
import { bearer, createHouse, everybodyIs } from './house.ts'

const own = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }

it('stops a client that has run wild, and says how long to pause', async () => {
  const { app } = await createHouse()
  let last = await app.inject({ url: '/api/seats', headers: bearer })
  for (let asked = 1; asked <= 1200; asked++) last = await app.inject({ url: '/api/seats', headers: bearer })
  expect([last.statusCode, last.json().faults[0].code]).toEqual([429, 'too-many-requests'])
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  expect((await app.inject('/livez')).statusCode).toBe(200)
})

it('counts who has signed in alone: a hall of agents may share one address', async () => {
  const { app } = await createHouse({
    staff: everybodyIs(() => ({ name: 's1', display: '王芳', role: 'supervisor' })),
  })
  const signIn = await app.inject({
    method: 'POST',
    url: '/session',
    headers: own,
    payload: { name: 's1', password: 'a long enough password' },
  })
  const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? ''
  const ask = (headers: Readonly<Record<string, string>>) => app.inject({ url: '/api/seats', headers })
  for (let asked = 1; asked <= 1200; asked++) await ask(bearer)
  expect((await ask(bearer)).statusCode).toBe(429)
  expect((await ask({ ...own, cookie })).statusCode).toBe(200)
  for (let asked = 2; asked <= 1200; asked++) await ask({ ...own, cookie })
  expect((await ask({ ...own, cookie })).statusCode).toBe(429)
})
