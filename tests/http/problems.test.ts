import { expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import { bearer, createHouse } from './house.ts'

it('says all that is wrong in a body at once, with place, found and expected', async () => {
  const { app } = await createHouse()
  const payload = { name: 'no spaces!', contact: 'nowhere' }
  const answer = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.json()).toMatchObject({ type: 'urn:jieting:fault:request-invalid', status: 400 })
  expect(answer.json().faults).toEqual([
    {
      code: 'request-invalid',
      place: 'body.name',
      found: '"no spaces!"',
      expected: '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
    },
    {
      code: 'request-invalid',
      place: 'body.display',
      found: 'nothing',
      expected: 'the name that people read',
    },
    {
      code: 'request-invalid',
      place: 'body.contact',
      found: '"nowhere"',
      expected: 'a SIP URI, as sip:s1@127.0.0.1:5090, or a telephone, as tel:+8613800138000',
    },
  ])
})

it('asks for a contact or a password, and repeats no password', async () => {
  const { app } = await createHouse()
  const post = (payload: object) =>
    app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
  const neither = await post({ name: 's2', display: '二号' })
  expect(neither.json().faults[0]).toMatchObject({ place: 'body', found: 'an object with name, display' })
  const short = await post({ name: 's2', display: '二号', password: 'hunter2' })
  expect(short.statusCode).toBe(400)
  expect(short.json().faults[0]).toMatchObject({ place: 'body.password', expected: 'at least 12 characters' })
  expect(short.body).not.toContain('hunter2')
  const both = await post({
    name: 's2',
    display: '二号',
    contact: 'sip:s2@h',
    password: 'long enough for all',
  })
  expect(both.statusCode).toBe(400)
})

it('answers JSON that is none with what it expected', async () => {
  const { app } = await createHouse()
  const headers = { ...bearer, 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/api/dial', headers, payload: '{"number":' })
  expect([answer.statusCode, answer.json().faults[0].expected]).toEqual([400, 'JSON as described at /docs'])
})

it('says which routes there are to whoever asks for another', async () => {
  const { app } = await createHouse()
  const answer = await app.inject('/api/cals?token=secret')
  expect(answer.statusCode).toBe(404)
  expect(answer.json().faults[0].place).toBe('GET /api/cals')
  expect(answer.json().faults[0].expected).toContain('GET /api/calls, GET /api/calls/:id')
  expect(answer.json().faults[0].expected).not.toContain('/docs/static')
})

it('gives a database that is away as 503 and names it', async () => {
  const { app } = await createHouse({
    listCalls: async () => {
      throw new Fault({ code: 'database-away', place: 'database', found: 'no connection', expected: 'one' })
    },
  })
  const answer = await app.inject({ url: '/api/calls', headers: bearer })
  expect([answer.statusCode, answer.json().detail]).toEqual([
    503,
    'database: found no connection, expected one',
  ])
})

it('never repeats the words of an error that nobody foresaw', async () => {
  const { app } = await createHouse({
    seats: async () => {
      throw new Error('13800138000 said something')
    },
  })
  const answer = await app.inject({ url: '/api/seats', headers: bearer })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('13800138000')
})

it('stops a client that has run wild, and says how long to pause', async () => {
  const { app } = await createHouse()
  let last = await app.inject({ url: '/api/seats', headers: bearer })
  for (let asked = 1; asked <= 1200; asked++) last = await app.inject({ url: '/api/seats', headers: bearer })
  expect([last.statusCode, last.json().faults[0].code]).toEqual([429, 'too-many-requests'])
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  expect((await app.inject('/livez')).statusCode).toBe(200)
})
