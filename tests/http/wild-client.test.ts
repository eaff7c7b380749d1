import { expect, it } from 'vitest'
import { bearer, createHouse } from './house.ts'

it('stops a client that has run wild, and says how long to pause', async () => {
  const { app } = await createHouse()
  let last = await app.inject({ url: '/api/seats', headers: bearer })
  for (let asked = 1; asked <= 1200; asked++) last = await app.inject({ url: '/api/seats', headers: bearer })
  expect([last.statusCode, last.json().faults[0].code]).toEqual([429, 'too-many-requests'])
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  expect((await app.inject('/livez')).statusCode).toBe(200)
})
