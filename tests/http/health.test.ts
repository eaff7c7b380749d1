import { expect, it } from 'vitest'
import { createMailbox } from '../../src/foundation/index.ts'
import { createHouse } from './house.ts'

it('is ready while every needed part is up, whatever else is down', async () => {
  const { app } = await createHouse({
    health: async () => [
      { part: 'sip', up: true, needed: true },
      { part: 'database', up: false, needed: false, reason: 'database-away' },
    ],
  })
  const answer = await app.inject('/readyz')
  expect([answer.statusCode, answer.json().ready]).toEqual([200, true])
  expect(answer.json().parts[1]).toEqual({
    part: 'database',
    up: false,
    needed: false,
    reason: 'database-away',
  })
})

it('is not ready while a needed part is down', async () => {
  const { app } = await createHouse({
    health: async () => [{ part: 'sip', up: false, needed: true, reason: 'connection lost' }],
  })
  const answer = await app.inject('/readyz')
  expect([answer.statusCode, answer.json().ready]).toEqual([503, false])
})

it('says so in time when a part does not answer', async () => {
  const asked = createMailbox<true>()
  const { app, clock } = await createHouse({
    health: () => {
      asked.put(true)
      return new Promise(() => undefined)
    },
  })
  const answer = app.inject('/readyz')
  await asked.take()
  await clock.advance(900)
  expect((await answer).statusCode).toBe(503)
  expect((await answer).json().parts[0].reason).toBe('no answer within 900 ms')
})

it('is alive without asking anyone', async () => {
  const { app } = await createHouse({ health: () => Promise.reject(new Error('all is lost')) })
  expect((await app.inject('/livez')).json()).toEqual({ alive: true })
})

it('reads every figure anew at each scrape, labels and all', async () => {
  let calls = 3
  const { app } = await createHouse({
    figures: [
      { name: 'jieting_calls', help: 'Calls up now', kind: 'gauge', read: () => calls },
      {
        name: 'jieting_calls_ended_total',
        help: 'Calls over',
        kind: 'counter',
        read: () =>
          calls === 3
            ? []
            : [
                { labels: { reason: 'hung-up' }, value: calls * 2 },
                { labels: { reason: 'busy' }, value: 1 },
              ],
      },
    ],
  })
  const scrape = async () => (await app.inject('/metrics')).body
  expect(await scrape()).toContain('\njieting_calls 3\n')
  calls = 5
  const second = await scrape()
  expect(second).toContain('\njieting_calls 5\n')
  expect(second).toContain('jieting_calls_ended_total{reason="hung-up"} 10\n')
  expect(second).toContain('# TYPE jieting_calls_ended_total counter')
  expect(second).toContain('jieting_http_request_seconds_count{method="GET",route="/metrics",status="200"} 1')
})
