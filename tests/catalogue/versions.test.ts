/** How the catalogue becomes another: written, proved, published, and taken back; on every node, without a restart. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  type CatalogueEditions,
  createCatalogueBook,
  createLiveCatalogue,
  type LiveCatalogue,
  openCatalogueEditions,
  proveCatalogue,
} from '../../src/catalogue/index.ts'
import type { CatalogueEdit } from '../../src/catalogue/versions/api.ts'
import { exampleCity } from '../../src/city/index.ts'
import { createKinds } from '../../src/drafts/kinds.ts'
import { createManualClock, FaultList, type ManualClock, silentLog } from '../../src/foundation/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { openTables } from '../support/hotline.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const rules = await shippedRules()
const shipped = await shippedCatalogue()
const ground = {
  districts: exampleCity.districts.map(({ name }) => name),
  units: new Set(rules.units.keys()),
  categories: new Set(rules.categories.keys()),
}
const file = '01-utilities.json'
const water = ['groups', '供水', 'objects', '居民供水']

type Node = { readonly live: LiveCatalogue; readonly editions: CatalogueEditions }
let database: Database
let clock: ManualClock
let nodes: Node[] = []
beforeAll(async () => {
  database = await openTables()
})
beforeEach(async () => {
  clock = createManualClock(Date.UTC(2026, 10, 30, 7))
  await database.execute(
    sql`delete from catalogue_draft; delete from catalogue_uses; delete from catalogue_files; delete from catalogue_versions`,
  )
  return async () => {
    for (const { editions } of nodes) await editions.close()
    nodes = []
  }
})
afterAll(() => database.close())

async function openNode(): Promise<Node> {
  const live = createLiveCatalogue(shipped)
  const prove = (catalogue: typeof shipped) => proveCatalogue(catalogue, ground)
  const editions = await openCatalogueEditions({ live, database, clock, log: silentLog, prove })
  nodes.push({ live, editions })
  return { live, editions }
}

const edit = (revision: number, at: readonly string[], value: unknown): CatalogueEdit => ({
  revision,
  edits: [{ file, at: [...at], value }],
  files: [],
})
const renamed = edit(0, [...water, 'kinds', '01010101'], '全楼停水')
const nameOf = ({ live }: Pick<Node, 'live'>) => live.kinds.get('01010101')?.name

it('is a draft that holds nowhere, then holds on every node at once, and is taken back', async () => {
  const [here, there] = [await openNode(), await openNode()]
  const kinds = createKinds({ catalogue: there.live, units: rules.units })
  const book = createCatalogueBook({ catalogue: there.live, districts: ground.districts, rules })
  expect(await here.editions.versions()).toEqual({
    holds: undefined,
    next: undefined,
    folder: 'holds',
    versions: [],
  })
  const draft = await here.editions.edit(renamed, 'wang')
  expect(draft).toMatchObject({ revision: 1, author: 'wang', files: [file], faults: [] })
  expect(draft.changes).toEqual([
    {
      about: 'object',
      name: '居民供水',
      what: 'changed',
      fields: [{ name: 'kinds', was: ['01010101 停水 livelihood'], is: ['01010101 全楼停水 livelihood'] }],
    },
  ])
  expect([nameOf(here), await there.editions.draft()]).toEqual(['停水', draft])
  expect(kinds.search('全楼停水', 5)).not.toMatchObject([{ code: '01010101' }])

  const published = await here.editions.publish(
    { revision: 1, note: '市民都这么说', fromMs: undefined },
    'li',
  )
  expect(published).toMatchObject({
    holds: { version: 2, author: 'li', because: 'published' },
    versions: [
      { number: 2, author: 'li', note: '市民都这么说', parent: 1 },
      { number: 1, way: 'folder' },
    ],
  })
  expect(nameOf(here)).toBe('全楼停水')
  await expect.poll(() => nameOf(there)).toBe('全楼停水')
  expect(kinds.search('全楼停水', 5)[0]).toMatchObject({ code: '01010101', name: '全楼停水' })
  expect(book.list({ q: '全楼停水', limit: 5 }).count).toBe(1)
  expect((await book.show('01010101')).place).toMatch(/^01-utilities\.json:\d+:\d+$/)
  expect((await here.editions.diff(undefined, 2)).changes).toEqual(draft.changes)
  expect(await here.editions.draft()).toMatchObject({ revision: 0 })

  // Another start, whose folder has the old text still.
  expect(nameOf(await openNode())).toBe('全楼停水')
  await here.editions.use(1, undefined, 'li')
  await expect.poll(() => nameOf(there)).toBe('停水')
  await expect(here.editions.use(9, undefined, 'li')).rejects.toMatchObject({
    code: 'catalogue-version-unknown',
  })
})

it('holds from the day that is named, and not if something else is decided before it', async () => {
  const { live, editions } = await openNode()
  const tomorrow = clock.now() + 86_400_000
  await editions.edit(renamed, 'wang')
  await expect(
    editions.publish({ revision: 1, note: '以后', fromMs: clock.now() - 1 }, 'li'),
  ).rejects.toMatchObject({
    code: 'catalogue-from-past',
  })
  expect(await editions.publish({ revision: 1, note: '明天起', fromMs: tomorrow }, 'li')).toMatchObject({
    holds: { version: 1, because: 'loaded' },
    next: { version: 2, fromMs: tomorrow },
  })
  expect(nameOf({ live })).toBe('停水')
  clock.advance(86_400_000)
  // Nodes ask every few seconds what holds.
  const soon = () => {
    clock.advance(5_000)
    return nameOf({ live })
  }
  await expect.poll(soon).toBe('全楼停水')

  await editions.use(1, clock.now() + 60_000, 'li')
  await editions.use(2, undefined, 'li')
  clock.advance(60_000)
  expect(await editions.versions()).toMatchObject({ holds: { version: 2 }, next: undefined })
})

it('says at once what is wrong in a draft, and where, and publishes none of it', async () => {
  const { live, editions } = await openNode()
  const faultsOf = async (change: CatalogueEdit) =>
    (await editions.edit(change, 'wang')).faults.map(
      ({ place, found, expected }) => `${place} ${found} ${expected}`,
    )
  expect(await faultsOf(edit(0, [...water, 'kinds', '01010201'], '停水'))).toEqual([
    expect.stringMatching(/^01-utilities\.json:\d+:\d+ code 01010201 again each once; the first is at 01-/),
  ])
  await expect(
    editions.publish({ revision: 1, note: '错的', fromMs: undefined }, 'li'),
  ).rejects.toBeInstanceOf(FaultList)
  await editions.edit(edit(1, [...water, 'kinds', '01010201'], undefined), 'wang')
  expect((await editions.draft()).faults).toEqual([])
  expect(await faultsOf(edit(2, [...water, 'kinds', '01010101'], ''))).toEqual([
    expect.stringMatching(/^01-utilities\.json:\d+:\d+ .*a name of 1 to 24 characters/),
  ])
  expect(await faultsOf(edit(3, [...water, 'kinds', '01010101'], undefined))).toEqual([
    expect.stringMatching(/code 01010101, which is gone the code that it is now$/),
  ])
  await editions.edit(edit(4, [...water, 'kinds', '01010101'], '停水'), 'wang')
  expect(await faultsOf(edit(5, ['groups', '供水', 'units'], ['没有这个局']))).toContainEqual(
    expect.stringMatching(/^01-utilities\.json:\d+:\d+ 居民供水 "没有这个局" a unit of catalogue\/units/),
  )
  expect(nameOf({ live })).toBe('停水')
})

it('tells the second of two who write, and one whose draft began with what is over', async () => {
  const [here, there] = [await openNode(), await openNode()]
  await here.editions.edit(renamed, 'wang')
  await expect(there.editions.edit(renamed, 'zhao')).rejects.toMatchObject({
    code: 'catalogue-draft-changed',
  })
  await here.editions.publish({ revision: 1, note: '一', fromMs: undefined }, 'li')
  await here.editions.edit(edit(0, [...water, 'elder'], true), 'wang')
  await there.editions.use(1, undefined, 'zhao')
  const again = here.editions.publish({ revision: 1, note: '二', fromMs: undefined }, 'li')
  await expect(again).rejects.toMatchObject({ code: 'catalogue-moved' })
  await here.editions.discard()
  await expect(here.editions.discard()).rejects.toMatchObject({ code: 'catalogue-draft-missing' })
  const unknown = here.editions.edit({ ...renamed, edits: [{ file: 'none.json', at: ['a'], value: 1 }] }, 'w')
  await expect(unknown).rejects.toBeInstanceOf(FaultList)
})
