import { expect, it } from 'vitest'
import { createLog } from '../../src/foundation/index.ts'
import { bearer, createHouse, firstCallShown, noLadder } from './house.ts'

it('lists calls with the page and the filters that were asked for', async () => {
  const { app, asked } = await createHouse()
  const answer = await app.inject({
    url: '/api/calls?limit=2&before=call_09&state=answered',
    headers: bearer,
  })
  expect(answer.json()).toEqual({ calls: [firstCallShown] })
  expect(asked.queries).toEqual([{ limit: 2, before: 'call_09', state: 'answered' }])
})

it('lists fifty calls when no limit is given', async () => {
  const { app, asked } = await createHouse()
  await app.inject({ url: '/api/calls', headers: bearer })
  expect(asked.queries).toEqual([{ limit: 50 }])
})

it('shows a call with its timeline, and says where ids come from when there is no such call', async () => {
  const { app } = await createHouse()
  const found = await app.inject({ url: '/api/calls/call_01', headers: bearer })
  expect(found.json().timeline).toEqual([{ atMs: 7, fact: { kind: 'answered', codec: 'PCMA' } }])
  const missing = await app.inject({ url: '/api/calls/call_77', headers: bearer })
  expect(missing.statusCode).toBe(404)
  expect(missing.json().faults[0]).toMatchObject({ code: 'call-unknown', found: 'no call call_77' })
})

it('adds a seat, makes it ready and away, and removes it', async () => {
  const { app } = await createHouse()
  const seat = { name: 's2', display: '二号坐席', contact: 'sip:s2@127.0.0.1:5090' }
  const added = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload: seat })
  expect([added.statusCode, added.json()]).toEqual([
    201,
    { ...seat, number: 2, skills: [], state: 'away', sinceMs: 0 },
  ])
  const again = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload: seat })
  expect(again.statusCode).toBe(409)

  const ready = await app.inject({ method: 'POST', url: '/api/seats/s2/ready', headers: bearer })
  const away = await app.inject({ method: 'POST', url: '/api/seats/s2/away', headers: bearer })
  expect([ready.json().state, away.json().state]).toEqual(['ready', 'away'])

  const removed = await app.inject({ method: 'DELETE', url: '/api/seats/s2', headers: bearer })
  expect([removed.statusCode, removed.body]).toEqual([204, ''])
  const left = await app.inject({ url: '/api/seats', headers: bearer })
  expect(left.json().seats.map((one: { name: string }) => one.name)).toEqual(['s1'])
})

it('changes the phone, the name or the number of a seat, one thing or more at a time', async () => {
  const { app } = await createHouse()
  const post = (name: string, payload: object) =>
    app.inject({ method: 'POST', url: `/api/seats/${name}/change`, headers: bearer, payload })
  const moved = await post('s1', { contact: 'sip:s1@10.0.0.7' })
  expect([moved.statusCode, moved.json()]).toMatchObject([200, { name: 's1', contact: 'sip:s1@10.0.0.7' }])
  expect((await post('s1', { display: '前台', number: 9 })).json()).toMatchObject({
    display: '前台',
    number: 9,
    contact: 'sip:s1@10.0.0.7',
  })
  expect((await post('s9', { number: 9 })).statusCode).toBe(404)
  const refused = async (payload: object) => {
    const answer = await post('s1', payload)
    return [answer.statusCode, answer.json().faults[0].expected]
  }
  expect(await refused({})).toEqual([400, 'something to change: display, number, contact or password'])
  expect(await refused({ contact: '10.0.0.7' })).toEqual([400, expect.stringContaining('a SIP URI')])
  expect(await refused({ contact: 'sip:s1@10.0.0.7', password: 'long enough for all' })).toEqual([
    400,
    expect.stringContaining('either contact'),
  ])
})

it('says what a seat can do, and takes no skill that is no word', async () => {
  const { app } = await createHouse()
  const post = (name: string, payload: object) =>
    app.inject({ method: 'POST', url: `/api/seats/${name}/skills`, headers: bearer, payload })
  expect((await post('s1', { skills: ['en', 'sign'] })).json()).toMatchObject({ skills: ['en', 'sign'] })
  expect((await post('s9', { skills: [] })).statusCode).toBe(404)
  const refused = await post('s1', { skills: ['Sign language'] })
  expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('as en, yue, sign')])
})

it('takes shifts and breaks of a seat, with a reason that is one, and tells its times', async () => {
  const { app } = await createHouse()
  const post = (path: string, payload?: object) =>
    app.inject({ method: 'POST', url: `/api/seats/s1/${path}`, headers: bearer, payload })
  expect((await post('away')).json()).toMatchObject({ state: 'away' })
  expect((await post('away', { reason: 'meal' })).json()).toMatchObject({ state: 'away', reason: 'meal' })
  const wrong = await post('away', { reason: 'yoga' })
  expect([wrong.statusCode, wrong.json().faults]).toMatchObject([
    400,
    [{ place: 'body.reason', expected: 'busy, rest, meal or training' }],
  ])
  const states: unknown[] = []
  for (const path of ['sign-out', 'sign-in', 'done']) states.push((await post(path)).json().state)
  expect(states).toEqual(['signed-out', 'away', 'ready'])
  const spells = await app.inject({ url: '/api/seats/states?from=0&until=9&seat=s1', headers: bearer })
  expect(spells.json()).toEqual({
    spells: [{ seat: 's1', state: 'away', reason: 'meal', member: 'wang', fromMs: 0, untilMs: 9 }],
  })
  expect((await app.inject({ url: '/api/seats/states?from=0', headers: bearer })).statusCode).toBe(400)
})

it('never answers with the password of a seat', async () => {
  const { app } = await createHouse()
  const payload = { name: 's3', display: '三号', password: 'correct horse battery' }
  const added = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
  expect(added.statusCode).toBe(201)
  expect(added.body).not.toContain('correct horse')
})

it('marks a caller as elder', async () => {
  const { app, asked } = await createHouse()
  const payload = { elder: true }
  const answer = await app.inject({
    method: 'POST',
    url: '/api/callers/13800138000/mark',
    headers: bearer,
    payload,
  })
  expect(answer.statusCode).toBe(204)
  expect(asked.marks).toEqual([{ number: '+8613800138000', elder: true }])
})

it('dials E.164 numbers and the short numbers of this site, and no others', async () => {
  const { app, asked } = await createHouse()
  const dial = (number: string) =>
    app.inject({ method: 'POST', url: '/api/dial', headers: bearer, payload: { number, flow: 'survey' } })
  expect((await dial('+8613800138000')).json()).toEqual({ call: 'call_02' })
  expect((await dial('12345')).statusCode).toBe(200)
  const refused = await dial('110')
  expect([refused.statusCode, refused.json().faults[0].expected]).toEqual([
    422,
    'an E.164 number, as +8613800138000, or 12345',
  ])
  expect((await dial('sip:evil@example.org')).statusCode).toBe(400)
  expect(asked.dials).toHaveLength(2)
})

it('logs the pattern of a route and never the number in its path', async () => {
  const lines: string[] = []
  const { app } = await createHouse(
    {
      callers: {
        ladder: noLadder,
        mark: async () => {
          throw new Error('no row for 13800138000')
        },
      },
    },
    createLog('debug', line => lines.push(line)),
  )
  for (const query of ['', '?again=13800138000'])
    await app.inject({
      method: 'POST',
      url: `/api/callers/13800138000/mark${query}`,
      headers: bearer,
      payload: { elder: true },
    })
  const answered = lines.map(line => JSON.parse(line)).filter(line => line.msg === 'request answered')
  expect(answered).toMatchObject(
    [500, 400].map(status => ({ method: 'POST', route: '/api/callers/:number/mark', status })),
  )
  expect(lines.join('')).not.toContain('13800138000')
})
