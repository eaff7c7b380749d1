/** How the city's rules become others: written, looked at, published, taken back; on every node, without a restart. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type City, createCalendar, exampleCity } from '../../src/city/index.ts'
import { createLive, createManualClock, type ManualClock, silentLog } from '../../src/foundation/index.ts'
import { hoursSubject, openRulebook, type Rulebook } from '../../src/rulebook/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { openTables } from '../support/hotline.ts'

type Node = { readonly city: City; readonly rulebook: Rulebook }
let database: Database
let clock: ManualClock
let nodes: Node[] = []
beforeAll(async () => {
  database = await openTables()
})
beforeEach(async () => {
  // Monday, 30 November 2026, 15:00 in the city.
  clock = createManualClock(Date.UTC(2026, 10, 30, 7))
  await database.execute(sql`delete from rule_drafts; delete from rule_uses; delete from rule_versions`)
  return async () => {
    for (const { rulebook } of nodes) await rulebook.close()
    nodes = []
  }
})
afterAll(() => database.close())

async function openNode(needsSecond = false): Promise<Node> {
  const city = createLive(exampleCity)
  const subjects = [{ ...hoursSubject(city, './city.json'), needsSecond }]
  const rulebook = await openRulebook({ subjects, database, clock, log: silentLog })
  nodes.push({ city: city.value, rulebook })
  return { city: city.value, rulebook }
}

const day = ['00:00-24:00']
const text = (workday: readonly string[], holidays: object = {}) =>
  JSON.stringify({ openingHours: { workday, restday: day, holiday: day }, holidays })
const nine = text(['09:00-18:00'], { 2027: { off: ['2027-05-03'], work: ['2027-05-08'] } })
const opens = ({ city }: Node) => city.openingHours.workday[0]?.fromMinute
const because = { note: '按局里通知' }

it('is the file’s, then a draft that holds nowhere, then holds on every node at once, and is taken back', async () => {
  const [here, there] = [await openNode(), await openNode()]
  const calendar = createCalendar(there.city)
  const thirdOfMay = Date.UTC(2027, 4, 3, 4)
  expect((await here.rulebook.list()).subjects).toEqual([
    expect.objectContaining({ subject: 'hours', file: './city.json', holds: undefined, folder: 'holds' }),
  ])
  const begun = await here.rulebook.draft('hours')
  expect(begun).toMatchObject({ revision: 0, faults: [], value: { openingHours: { workday: day } } })

  const draft = await here.rulebook.edit('hours', { revision: 0, text: nine }, 'wang')
  expect(draft).toMatchObject({ revision: 1, author: 'wang', faults: [] })
  expect(draft.changes).toEqual([
    { at: ['openingHours', 'workday'], was: day, is: ['09:00-18:00'] },
    { at: ['holidays', '2027', 'off'], was: [], is: ['2027-05-03'] },
    { at: ['holidays', '2027', 'work'], was: [], is: ['2027-05-08'] },
  ])
  expect([opens(here), calendar(thirdOfMay).day]).toEqual([0, 'workday'])

  const published = await here.rulebook.publish('hours', { revision: 1, ...because }, 'li')
  expect(published).toMatchObject({
    holds: { version: 2, author: 'li', because: 'published' },
    folder: 'known',
    versions: [
      { number: 2, way: 'draft', author: 'li', note: '按局里通知', parent: 1 },
      { number: 1, way: 'file', author: './city.json' },
    ],
  })
  expect(opens(here)).toBe(540)
  await expect.poll(() => opens(there)).toBe(540)
  // What counted days before counts them anew.
  expect(calendar(thirdOfMay).day).toBe('holiday')
  expect((await there.rulebook.version('hours', 2)).changes).toEqual(draft.changes)

  // Another start, whose file has the old text still.
  expect(opens(await openNode())).toBe(540)
  expect(await here.rulebook.use('hours', 1, undefined, 'li')).toMatchObject({ folder: 'holds' })
  await expect.poll(() => opens(there)).toBe(0)
})

it('holds from the time that is named, and not if something else is decided before it', async () => {
  const node = await openNode()
  const tomorrow = clock.now() + 86_400_000
  await node.rulebook.edit('hours', { revision: 0, text: nine }, 'wang')
  await expect(
    node.rulebook.publish('hours', { revision: 1, ...because, fromMs: clock.now() - 1 }, 'li'),
  ).rejects.toMatchObject({ code: 'rule-from-past' })
  const waiting = await node.rulebook.publish('hours', { revision: 1, ...because, fromMs: tomorrow }, 'li')
  expect(waiting).toMatchObject({ holds: { version: 1 }, next: { version: 2, fromMs: tomorrow } })
  expect(opens(node)).toBe(0)
  clock.advance(86_400_000)
  // Nodes ask every few seconds what holds.
  const soon = () => {
    clock.advance(5_000)
    return opens(node)
  }
  await expect.poll(soon).toBe(540)
})

it.each([
  ['no JSON', '{"openingHours": }', { place: expect.stringMatching(/^hours\.json:1:18/) }],
  [
    'hours that are none',
    text(['9-18']),
    { found: '"9-18"', expected: 'hours within one day, as 09:00-18:00' },
  ],
  ['nobody on workdays', text([]), { found: 'no hours on workdays' }],
  ['a field of another file', '{"openingHours":{},"timeZone":"UTC"}', { found: '"timeZone"' }],
  [
    'another kind for a day that is over, by which limits were counted',
    text(day, { 2026: { off: ['2026-11-27'] } }),
    { found: '2026-11-27, which is over' },
  ],
])('keeps a draft with %s, says where, and does not publish it', async (_, wrong, fault) => {
  const node = await openNode()
  const draft = await node.rulebook.edit('hours', { revision: 0, text: wrong }, 'wang')
  expect(draft.faults).toContainEqual(expect.objectContaining(fault))
  await expect(node.rulebook.publish('hours', { revision: 1, ...because }, 'li')).rejects.toMatchObject({
    faults: expect.arrayContaining([expect.objectContaining(fault)]),
  })
  expect(await node.rulebook.draft('hours')).toMatchObject({ text: wrong, writers: ['wang'] })
})

it('tells the second of two who write, or decide, at once', async () => {
  const { rulebook } = await openNode()
  await rulebook.edit('hours', { revision: 0, text: nine }, 'wang')
  await expect(rulebook.edit('hours', { revision: 0, text: text(day) }, 'li')).rejects.toMatchObject({
    code: 'rule-draft-changed',
  })
  await rulebook.publish('hours', { revision: 1, ...because }, 'li')
  await rulebook.edit('hours', { revision: 0, text: text(day) }, 'wang')
  await rulebook.use('hours', 1, undefined, 'li')
  await expect(rulebook.publish('hours', { revision: 1, ...because }, 'li')).rejects.toMatchObject({
    code: 'rule-moved',
  })
  await rulebook.discard('hours')
  await expect(rulebook.discard('hours')).rejects.toMatchObject({ code: 'rule-draft-missing' })
  await rulebook.edit('hours', { revision: 0, text: text(day) }, 'wang')
  await expect(rulebook.publish('hours', { revision: 1, ...because }, 'li')).rejects.toMatchObject({
    code: 'rule-same',
  })
})

it('has rules that take two published by nobody who wrote in them, and taken back by nobody alone', async () => {
  const { rulebook } = await openNode(true)
  await rulebook.edit('hours', { revision: 0, text: text(day) }, 'wang')
  await rulebook.edit('hours', { revision: 1, text: nine }, 'li')
  for (const writer of ['wang', 'li'])
    await expect(rulebook.publish('hours', { revision: 2, ...because }, writer)).rejects.toMatchObject({
      code: 'rule-alone',
    })
  await rulebook.publish('hours', { revision: 2, ...because }, 'zhao')
  await expect(rulebook.use('hours', 1, undefined, 'zhao')).rejects.toMatchObject({ code: 'rule-alone' })
})
