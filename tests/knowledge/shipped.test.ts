/** The entries that are shipped as examples: proved as the catalogue is. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
