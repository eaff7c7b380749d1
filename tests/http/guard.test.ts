import { expect, it } from 'vitest'
import { apiToken, bearer, stillHouse } from './house.ts'

const wrong = [
  ['no header', {}],
  ['another token', { authorization: 'Bearer something-else' }],
  ['a token cut short', { authorization: `Bearer ${apiToken.slice(0, -1)}` }],
  ['another scheme', { authorization: `Basic ${apiToken}` }],
  ['a bare token', { authorization: apiToken }],
] as const

it.each(wrong)('turns away who comes with %s, and says where the token lies', async (_what, headers) => {
  const { app } = await stillHouse()
  const answer = await app.inject({ url: '/api/seats', headers })
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toContain('Bearer')
  expect(answer.json().faults[0].expected).toContain('DATA_DIR/api-token')
})

it('guards every route under /api', async () => {
  const { app } = await stillHouse()
  const document = (await app.inject('/docs/json')).json()
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    if (!path.startsWith('/api/')) continue
    for (const method of Object.keys(methods)) {
      const url = path.replaceAll(/\{\w+\}/g, '12345')
      const answer = await app.inject({ method: method.toUpperCase() as 'GET', url })
      expect([url, method, answer.statusCode]).toEqual([url, method, 401])
    }
  }
})

it('lets in who shows the token, in whatever case the scheme is spelt', async () => {
  const { app } = await stillHouse()
  const usual = await app.inject({ url: '/api/seats', headers: bearer })
  const lower = await app.inject({ url: '/api/seats', headers: { authorization: `bearer ${apiToken}` } })
  expect([usual.statusCode, lower.statusCode]).toEqual([200, 200])
})
