/** The plan over HTTP: for supervisors, with its bounds, as JSON and as a table. */
import { expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import { openPlanning } from '../../src/planning/index.ts'
import { nobodyThere } from '../planning/city-month.ts'
import { bearer, createHouse, everybodyIs } from './house.ts'

const busy = { asked: 100, soon: 80, answered: 90, abandoned: 10, talkedSeconds: 14_400, waitedSeconds: 1200 }
const planning = openPlanning({
  // 09:00 in Beijing, every day.
  desk: nobodyThere,
  names: async () => new Map(),
  calls: {
    talksOfSeats: async () => [],
    askedIn: async ({ startsMs }) =>
      startsMs.flatMap((ms, stretch) => (ms % 86_400_000 === 3_600_000 ? [{ stretch, ...busy }] : [])),
  },
  city: exampleCity,
  clock: createManualClock(Date.UTC(2026, 1, 2)),
  log: silentLog,
  wrapUpSeconds: 20,
})

it('gives the plan of a day, and of a forecast of one’s own', async () => {
  const { app } = await createHouse({ planning })
  const asked = await app.inject({ url: '/api/plan?day=workday&weeks=4', headers: bearer })
  expect(asked.statusCode).toBe(200)
  expect(asked.json()).toMatchObject({ from: 'history', days: 20, most: { start: '09:00' } })
  const own = await app.inject({
    method: 'POST',
    url: '/api/plan',
    headers: bearer,
    payload: { halfHours: [{ start: '21:00', calls: 10 }] },
  })
  expect(own.json()).toMatchObject({ from: 'own', most: { start: '21:00' } })
})

it('gives it as a table that can be read again', async () => {
  const { app } = await createHouse({ planning })
  const { headers, body } = await app.inject({ url: '/api/plan/csv', headers: bearer })
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="plan-workday.csv"',
  })
  const [head = '', ...lines] = body.trimEnd().split('\r\n')
  expect(head).toMatch(/^start,calls,handlingSeconds,patienceSeconds,load,agentsByC,/)
  expect(lines).toHaveLength(48)
  expect(lines[18]).toMatch(/^09:00,100,180,120,10,/)
  for (const line of lines) expect(line.split(',')).toHaveLength(head.split(',').length)
})

it('is for supervisors', async () => {
  const roles = ['seat', 'unit', 'supervisor', 'admin'] as const
  const own = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }
  const statuses: number[] = []
  for (const role of roles) {
    const member = { name: 'm', display: 'M', role }
    const { app } = await createHouse({ planning, staff: everybodyIs(() => member) })
    const signedIn = await app.inject({
      method: 'POST',
      url: '/session',
      headers: own,
      payload: { name: 'm', password: 'a long enough password' },
    })
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    statuses.push((await app.inject({ url: '/api/plan', headers: { ...own, cookie } })).statusCode)
  }
  expect(statuses).toEqual([403, 403, 200, 200])
})

it.each([
  ['weeks=0', 400, 'querystring.weeks'],
  ['weeks=2.5', 400, 'querystring.weeks'],
  ['day=monday', 400, 'querystring.day'],
  ['target=1', 400, 'querystring.target'],
  ['shrinkage=0.99', 400, 'querystring.shrinkage'],
  ['growth=-1', 400, 'querystring.growth'],
  ['handlingSeconds=0', 400, 'querystring.handlingSeconds'],
  ['until=yesterday', 400, 'querystring.until'],
  ['until=2026-02-31', 422, 'until'],
])('refuses %s and says where', async (query, status, place) => {
  const { app } = await createHouse({ planning })
  const answer = await app.inject({ url: `/api/plan?${query}`, headers: bearer })
  expect(answer.statusCode).toBe(status)
  expect(answer.json().faults[0]).toMatchObject({ place })
})
