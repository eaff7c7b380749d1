import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inChinese } from '../../src/cli/messages/said.ts'
import { FaultList } from '../../src/foundation/index.ts'
import { readOrderRules } from '../../src/orders/index.ts'
import { rulesDirectory } from './rules-house.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jieting-'))
  await cp(rulesDirectory, directory, { recursive: true })
})
afterAll(() => rm(directory, { recursive: true }))

/** Reads the shipped rules with the entries of one list once more at its end. */
async function withTwice(file: string, list: string, id: string) {
  const path = join(directory, file)
  const shipped = await readFile(path, 'utf8')
  const rules = JSON.parse(shipped)
  rules[list].push(rules[list].find((entry: { id: string }) => entry.id === id))
  await writeFile(path, JSON.stringify(rules, null, 2))
  const faults = await readOrderRules(directory, 'beijing').then(
    () => [],
    error => (error instanceof FaultList ? error.faults : [error]),
  )
  const lines = (await readFile(path, 'utf8')).split('\n')
  const places = lines.flatMap((line, at) => {
    const column = line.indexOf(`"${id}"`)
    return /^ {6}"id"/.test(line) && column > 0 ? [`${path}:${at + 1}:${column + 1}`] : []
  })
  await writeFile(path, shipped)
  return { faults, places }
}

it.each([
  ['units.json', 'units', 'heating'],
  ['catalogue.json', 'categories', 'heating'],
])('refuses an id that stands twice in %s, and names both places', async (file, list, id) => {
  const { faults, places } = await withTwice(file, list, id)
  expect(places).toHaveLength(2)
  expect(faults).toMatchObject([
    { place: places[1], found: `"${id}" again`, expected: `each id once; the first is at ${places[0]}` },
  ])
  expect(inChinese(faults[0].expected)).toBe(`每个 id 只写一次；第一个在 ${places[0]}`)
})
