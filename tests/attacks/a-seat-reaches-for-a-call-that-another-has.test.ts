/** Whoever knew the id of a call read and changed what its agent wrote; a supervisor listened from anybody's seat. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftSaved } from '../../src/drafts/api.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import type { Browser } from '../support/visitors.ts'

const call = 'call_01kbv0000000000000000000aa'
const demand = { category: 'heating', matter: '暖气不热', place: '3号楼', street: '望京街道' }
let house: BuiltHouse
let stranger: Browser
let overseer: Browser
let draft: string
let order: string
beforeAll(async () => {
  house = await openBuiltHouse([
    { name: 'li', display: '李', role: 'seat' },
    { name: 'zhao', display: '赵班长', role: 'supervisor' },
  ])
  stranger = await house.signsIn('li')
  overseer = await house.signsIn('zhao')
  const begun = await house.root.post('/api/drafts', { call, fields: { matter: '家里漏水', name: '王芳' } })
  expect(begun.status).toBe(201)
  draft = begun.json<DraftSaved>().draft.id
  const made = await house.orderDesk.make(demand, { role: 'seat', person: 'li' })
  order = made.order.number
}, 120_000)
afterAll(() => house?.close())

describe('a seat that knows a call and its draft, and never had the caller', () => {
  it.each<[string, () => ReturnType<Browser['get']>]>([
    ['finds it by the call', () => stranger.get(`/api/drafts?call=${call}`)],
    ['reads it', () => stranger.get(`/api/drafts/${draft}`)],
    ['follows it', () => stranger.get(`/api/drafts/${draft}/version`)],
    ['writes in it by the call', () => stranger.post('/api/drafts', { call, fields: { matter: '没事了' } })],
    ['writes in it', () => stranger.post(`/api/drafts/${draft}/change`, { seq: 1, fields: { name: '' } })],
    ['gives it up', () => stranger.delete(`/api/drafts/${draft}`)],
    ['makes an order of it', () => stranger.post('/api/orders', { ...demand, anyway: true, draft })],
    [
      'adds it to an order',
      () => stranger.post(`/api/orders/${order}/acts`, { do: 'add', words: '还没好', draft }),
    ],
    ['takes a file off it', () => stranger.delete(`/api/drafts/${draft}/files/${'a'.repeat(64)}`)],
    [
      'lies in wait at a call without one',
      () => stranger.post('/api/drafts', { call: `${call}b`, fields: { matter: '等着' } }),
    ],
  ])('is refused where it %s', async (_, tries) => {
    const answer = await tries()
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('draft-of-another')])
    expect(answer.body).not.toMatch(/漏水|王芳/)
  })

  it('leaves it as it was, open to a supervisor, and all of it is in the trail', async () => {
    const shown = await overseer.get(`/api/drafts?call=${call}`)
    expect(shown.json()).toMatchObject({ drafts: [{ id: draft, seq: 1, fields: { matter: '家里漏水' } }] })
    const trail = await house.trail({ about: call })
    expect(trail).toContainEqual(expect.objectContaining({ act: 'read', outcome: 'done', person: 'zhao' }))
    expect(trail).toContainEqual(expect.objectContaining({ act: 'read', outcome: 'refused', person: 'li' }))
    expect(await house.trail({ about: draft })).toContainEqual(
      expect.objectContaining({ act: 'read', outcome: 'refused', person: 'li' }),
    )
  })
})

describe('who listens to a seat', () => {
  const seat = '/api/floor/seats/li'
  it('sits at the seat of their own name, whichever is named', async () => {
    const answer = await overseer.post(`${seat}/supervise`, { seat: 'li', how: 'listening' })
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('seat')])
    const taken = await overseer.post(`${seat}/take-over`, {})
    // Without a call there is nothing to take over; nobody else's seat can be named.
    expect(taken.status).toBe(422)
  })
  it.each([
    ['supervise', { how: 'listening' }],
    ['take-over', {}],
  ])('is no program, which has no ears: %s', async (what, body) => {
    expect((await house.root.post(`${seat}/${what}`, body)).status).toBe(403)
  })
  it.each([
    ['supervise', { how: 'listening' }],
    ['take-over', {}],
  ])('is no other seat: %s', async (what, body) => {
    expect((await stranger.post(`${seat}/${what}`, body)).status).toBe(403)
  })
})
