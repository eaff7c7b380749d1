/** The knowledge base over HTTP and at the terminal: who may what, and that a program is no person. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk } from '../../src/http/index.ts'
import type { Member } from '../../src/staff/api.ts'
import type { Database } from '../../src/storage/index.ts'
import { type } from '../cli/terminal.ts'
import { apiToken, bearer, createHouse, createWeb, everybodyIs } from '../http/house.ts'
import { heating, type KnowledgeHouse, layKnowledge, openKnowledgeHouse, pension } from './house.ts'

let database: Database
let house: KnowledgeHouse
beforeAll(async () => {
  database = await layKnowledge()
}, 60_000)
afterAll(() => database.close())
beforeEach(async () => {
  house = await openKnowledgeHouse(database)
})
afterEach(() => house.close())

const members: Readonly<Record<string, Member>> = {
  wang: { name: 'wang', display: '王', role: 'unit', unit: 'heating' },
  s1: { name: 's1', display: '一号', role: 'seat' },
  boss: { name: 'boss', display: '李主任', role: 'supervisor' },
  eye: { name: 'eye', display: '审计', role: 'auditor' },
}

async function openApp() {
  let who = members.wang!
  const { app } = await createHouse({ knowledge: house.knowledge, staff: everybodyIs(() => who) })
  const signIn = await app.inject({
    method: 'POST',
    url: '/session',
    payload: { name: 'wang', password: 'a-password-of-many' },
  })
  const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? ''
  const ask = async (as: string, method: 'GET' | 'POST', url: string, payload?: object) => {
    const isProgram = as === 'program'
    if (!isProgram) who = members[as]!
    const answer = await app.inject({
      method,
      url,
      payload,
      headers: isProgram ? bearer : { cookie, host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' },
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }
  return { app, ask }
}

it('goes from a unit’s draft through a review to an agent’s answer, and a program reviews nothing', async () => {
  const { app, ask } = await openApp()
  const { status, body } = await ask('wang', 'POST', '/api/knowledge', heating)
  expect([status, body.may]).toEqual([201, ['change', 'submit']])
  const { id } = body
  expect((await ask('s1', 'POST', '/api/knowledge', pension)).status).toBe(403)
  expect((await ask('eye', 'GET', '/api/knowledge')).status).toBe(403)
  expect((await ask('wang', 'POST', '/api/knowledge', pension)).body.faults[0]).toMatchObject({
    code: 'knowledge-of-another',
  })
  await ask('wang', 'POST', `/api/knowledge/${id}/submit`, { version: 1 })
  expect((await ask('boss', 'GET', '/api/knowledge/inbox')).body.review).toMatchObject([{ id }])
  const review = { entries: [{ id, version: 1, revision: 1 }], verdict: 'publish' }
  expect((await ask('program', 'POST', '/api/knowledge/reviews', review)).body).toMatchObject({
    refused: [{ code: 'knowledge-person-needed', found: 'a program' }],
  })
  expect((await ask('wang', 'POST', '/api/knowledge/reviews', review)).status).toBe(403)
  expect((await ask('boss', 'POST', '/api/knowledge/reviews', review)).body).toMatchObject({ done: [id] })
  const search = await ask('s1', 'POST', '/api/knowledge/search', { text: '暖气冰凉' })
  expect(search.body.hits).toMatchObject([{ id, version: 1, text: heating.text }])
  const used = await ask('s1', 'POST', `/api/knowledge/${id}/uses`, { version: 1, how: 'cite' })
  expect(used.body).toMatchObject({ citation: `${id}@1`, words: heating.text })
  await ask('wang', 'POST', `/api/knowledge/${id}/withdraw`, { version: 1 })
  const late = await ask('s1', 'POST', `/api/knowledge/${id}/uses`, { version: 1, how: 'read-out' })
  expect([late.status, late.body.faults[0].code]).toEqual([409, 'knowledge-not-current'])
  expect((await ask('s1', 'GET', '/api/knowledge/know_none')).status).toBe(404)
  await app.close()
})

it('is refused with what is no entry, every fault by its field, and takes 10,000 words to search', async () => {
  const { app, ask } = await openApp()
  const { status, body } = await ask('boss', 'POST', '/api/knowledge', {
    ...heating,
    question: '',
    text: `${'长'.repeat(121)}\n短`,
    validUntil: 'soon',
  })
  expect(status).toBe(400)
  expect(body.faults.map(({ place }: { place: string }) => place).toSorted()).toEqual([
    'body.question',
    'body.text',
    'body.validUntil',
  ])
  await house.publish(heating)
  const text = `${'我想问一下那个事情。'.repeat(2_500)}暖气不热`
  const found = await ask('s1', 'POST', '/api/knowledge/search', { text })
  expect(found.body).toMatchObject({ cut: true, hits: [{ question: heating.question }] })
  expect((await ask('s1', 'POST', '/api/knowledge/search', { text: 'x'.repeat(200_001) })).status).toBe(400)
  await app.close()
})

describe('at the terminal', () => {
  let desk: FrontDesk
  let folder: string
  let env: Record<string, string>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jieting-knowledge-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  beforeEach(async () => {
    desk = await openFrontDesk({
      clock: systemClock,
      log: silentLog,
      host: '127.0.0.1',
      port: 0,
      apiToken,
      pagesDir: join(import.meta.dirname, '..', '..', 'dist', 'web'),
      ...createWeb({ knowledge: house.knowledge }).web,
    })
    env = { JIETING_URL: desk.url, API_TOKEN: apiToken }
  })
  afterEach(() => desk.close())

  it('is searched, shown, exported and taken in again', async () => {
    const id = await house.publish(heating)
    const found = await type(['knowledge', 'search', '暖气不热'], env)
    expect([found.code, found.out]).toEqual([0, expect.stringContaining(id)])
    expect((await type(['knowledge', 'show', id], env)).err).toBe('')
    expect((await type(['knowledge', 'show', id], env)).out).toContain(heating.text.split('\n')[0])
    expect((await type(['knowledge', 'show', 'know_none'], env)).code).toBe(1)
    for (const name of ['a.md', 'a.csv', 'a.xlsx']) {
      const file = join(folder, name)
      expect((await type(['knowledge', 'export', file], env)).code).toBe(0)
      expect((await readFile(file)).length).toBeGreaterThan(100)
      const again = await type(['knowledge', 'import', file, '--json'], env)
      expect(JSON.parse(again.out)).toEqual({ drafted: 0, changed: 0, same: 1, submitted: false, faults: [] })
    }
  })

  it('names the rows that were not taken, takes the others, and leaves with 1', async () => {
    const file = join(folder, 'b.csv')
    await writeFile(
      file,
      '问题,播报文本,单位,截止日期\n一问,一段话。,nosuch,2026-12-31\n二问,一段话。,heating,2026-12-31\n',
    )
    const taken = await type(['knowledge', 'import', file], env)
    expect(taken.code).toBe(1)
    expect(taken.out + taken.err).toMatch(/2 .*单位.*nosuch/)
    expect((await house.knowledge.list({ list: 'draft', limit: 50 })).entries).toHaveLength(1)
  })
})
