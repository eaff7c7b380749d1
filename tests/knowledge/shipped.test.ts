/** The entries that are shipped as examples: proved as the catalogue is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import {
  likenessIn,
  proveKnowledge,
  readKnowledgeFiles,
  readSynonyms,
  synonymsIn,
} from '../../src/knowledge/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { agent, boss, layKnowledge, openKnowledgeHouse, program, wang } from './house.ts'

const folder = join(import.meta.dirname, '..', '..', 'knowledge')
const rules = await shippedRules()
const ground = { units: rules.units, districts: [], timeZone: exampleCity.timeZone }
const nowMs = Date.UTC(2026, 0, 5)
const shipped = await readKnowledgeFiles(folder, ground, nowMs)

it('are at least 300, of units that there are, each question once, each wording finding its own', async () => {
  expect(shipped.faults).toEqual([])
  expect(shipped.entries.length).toBeGreaterThanOrEqual(300)
  const { faults } = proveKnowledge(
    shipped.entries,
    await readSynonyms(join(folder, 'synonyms.txt')),
    likenessIn(await shippedCatalogue()),
  )
  expect(faults.map(({ message }) => message)).toEqual([])
})

it('say in each file that they are examples', () => {
  const files = new Set(shipped.entries.map(({ place }) => place.slice(0, place.indexOf(':'))))
  for (const name of files) expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^<!-- 示例内容/)
})

it('are not proved where a wording stands twice, is missing, or leads to another entry', () => {
  const [first, second] = shipped.entries
  if (!first || !second) throw new Error('no entries')
  const few = { ...second, content: { ...second.content, wordings: [first.content.question] } }
  const { faults } = proveKnowledge([first, few], synonymsIn('', 's.txt'), () => [])
  expect(faults.map(({ code }) => code).toSorted()).toEqual(['knowledge-duplicate', 'knowledge-unclear'])
})

describe('in the example city', { timeout: 120_000 }, () => {
  it('answer on the first day, say that nobody reviewed them, and go at once and for good', async () => {
    const database = await layKnowledge()
    const open = (isFirst: boolean) =>
      openKnowledgeHouse(database, isFirst, { examples: folder, orderRules: rules })
    const house = await open(true)
    const count = async (list: 'current' | 'all') => {
      let found = 0
      let after: string | undefined
      do {
        const page = await house.knowledge.list({ list, limit: 100, after })
        found += page.entries.length
        after = page.next
      } while (after !== undefined)
      return found
    }
    await expect.poll(() => count('current'), { timeout: 60_000 }).toBe(shipped.entries.length)
    const { hits } = await house.knowledge.search({ text: '社保交了多少年在哪看' })
    expect(hits[0]).toMatchObject({ question: '怎么查询社保缴费记录', unit: 'labour', example: true })
    const seen = await house.knowledge.show(hits[0]?.id ?? '', agent)
    expect(seen.versions[0]).toMatchObject({ standing: 'current', authors: [] })
    expect([seen.versions[0]?.reviewer, seen.versions[0]?.reviewedAtMs]).toEqual([undefined, undefined])
    expect(seen.events.map(({ kind, by }) => [kind, by])).toEqual([['shipped', 'jieting']])
    // A person who makes one their own has it reviewed by a second, as any entry.
    expect(seen.may).toContain('use')

    await expect(house.knowledge.withdrawExamples(wang)).rejects.toMatchObject({
      code: 'knowledge-of-another',
    })
    expect(await house.knowledge.withdrawExamples(boss)).toBe(shipped.entries.length)
    expect((await house.knowledge.search({ text: '社保交了多少年在哪看' })).hits).toEqual([])
    expect(await house.knowledge.withdrawExamples(program)).toBe(0)
    await house.close()
    const again = await open(false)
    await again.clock.advance(60_000)
    expect((await again.knowledge.search({ text: '社保交了多少年在哪看' })).hits).toEqual([])
    await again.close()
    await database.close()
  })
})
