/** A dispatch catalogue that names what is not there is refused before the house opens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readDispatchFile } from '../../src/catalogue/index.ts'
import { readCity, readGazetteer } from '../../src/city/index.ts'
import { FaultList } from '../../src/foundation/index.ts'
import { checkDispatchFile, type OrderRules, placesOf, readOrderRules } from '../../src/orders/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { rulesDirectory } from './rules-house.ts'

const root = join(import.meta.dirname, '..', '..')
let directory = ''
let rules: OrderRules
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jieting-'))
  rules = await readOrderRules(rulesDirectory, 'beijing')
})
afterAll(() => rm(directory, { recursive: true }))

async function wrongIn(lines: readonly string[]) {
  const path = join(directory, 'dispatch.json')
  await writeFile(path, lines.join('\n'))
  const city = await readCity(join(root, 'city.json')).catch(() => readCity('./city.json'))
  const places = placesOf(city, await readGazetteer(join(root, 'gazetteer.json')))
  const ground = { catalogue: await shippedCatalogue(), places }
  const dispatch = await readDispatchFile(path, { code: 'rule-invalid' })
  return checkDispatchFile(path, { ...rules, dispatch }, ground, '2026-01-05').then(
    () => [],
    error =>
      error instanceof FaultList
        ? error.faults.map(({ place, found, expected }) => [place.replace(path, ''), found, expected])
        : [error],
  )
}

it('says where a unit, a kind and a threshold of none stand, all at once', async () => {
  expect(
    await wrongIn([
      '{',
      '  "automatic": { "kinds": { "99": 0.9 } },',
      '  "rows": [',
      '    { "kind": "98", "lead": "water" },',
      '    { "lead": "nobody", "copies": ["@district"] }',
      '  ]',
      '}',
    ]),
  ).toEqual([
    [':4:15', '"98"', 'the beginning of a code of the catalogue'],
    [':5:15', '"nobody"', 'a unit of units.json'],
    [':2:27', '"99"', 'the beginning of a code of the catalogue'],
  ])
})

it('refuses a gap, and takes what ships', async () => {
  const gaps = await wrongIn(['{ "rows": [', '  { "kind": "01", "lead": "water" } ] }'])
  expect(gaps[0]).toEqual([
    ':1:11',
    expect.stringMatching(/^nobody for 02\d{6} .+ in .+ on 2026-01-05$/),
    'one unit that leads, everywhere and on every day',
  ])
  expect(await wrongIn(['{}'])).toEqual([])
})
