import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FaultList, silentLog } from '../../src/foundation/index.ts'
import type { Prove } from '../../src/ivr/index.ts'
import { rememberProofs } from '../../src/ivr/versions/remembered-proofs.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(() => rm(folder, { recursive: true }))

const found = {
  flow: 'hotline',
  audience: 'general' as const,
  states: 3,
  situations: 40,
  likeliest: { 'zh-CN': 6.5 },
  byItself: true,
  longest: 21,
}
const sources = [{ path: 'hotline.yaml', text: 'flow: hotline' }]

/** A prover that counts how often it was asked, and a start of the product that remembers. */
function house(says: Prove = async () => [found]) {
  let asked = 0
  const prove: Prove = (...given) => {
    asked++
    return says(...given)
  }
  const opened = (program?: URL) => rememberProofs(prove, join(folder, 'proofs'), silentLog, program)
  return { opened, asked: () => asked }
}

it('proves a text once, however often the house starts', async () => {
  const { opened, asked } = house()
  expect(await opened()(sources, { 'zh-CN greet': 4 })).toEqual([found])
  expect(await opened()(sources, { 'zh-CN greet': 4 })).toEqual([found])
  expect(asked()).toBe(1)
})

it('knows the texts of a folder again that come from the database', async () => {
  const { opened, asked } = house()
  await opened()(sources, { 'zh-CN greet': 4 })
  const elsewhere = sources.map(({ path, text }) => ({ text, path: `../flows/${path}` }))
  await opened()(elsewhere, { 'zh-CN greet': 4 })
  expect(asked()).toBe(1)
})

it.each([
  ['of another text', [{ path: 'hotline.yaml', text: 'flow: hotline # new' }], { 'zh-CN greet': 4 }, {}],
  ['spoken more slowly', sources, { 'zh-CN greet': 5 }, {}],
  ['of which more is needed', sources, { 'zh-CN greet': 4 }, { survey: { answers: { solved: ['yes'] } } }],
])('proves anew what is %s', async (_, texts, lengths, needs) => {
  const { opened, asked } = house()
  await opened()(sources, { 'zh-CN greet': 4 }, {})
  await opened()(texts, lengths, needs)
  expect(asked()).toBe(2)
})

it('proves again what was refused, and what is kept in a file that is broken', async () => {
  const refusing = house(() => Promise.reject(new FaultList([])))
  await expect(refusing.opened()(sources)).rejects.toBeInstanceOf(FaultList)
  await expect(refusing.opened()(sources)).rejects.toBeInstanceOf(FaultList)
  expect(refusing.asked()).toBe(2)

  const { opened, asked } = house()
  await opened()(sources)
  for (const name of await readdir(join(folder, 'proofs')))
    await writeFile(join(folder, 'proofs', name), '[{"flow":')
  expect(await opened()(sources)).toEqual([found])
  expect(asked()).toBe(2)
})

it('proves where nothing can be kept', async () => {
  await writeFile(join(folder, 'proofs'), 'no folder')
  const { opened, asked } = house()
  expect(await opened()(sources)).toEqual([found])
  expect(asked()).toBe(1)
})

describe('of a build', () => {
  const install = (yaml: string) =>
    writeFile(
      join(folder, 'node_modules', '.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/yaml': { version: yaml } } }),
    )
  let program: URL
  beforeEach(async () => {
    await mkdir(join(folder, 'node_modules'))
    for (const room of ['city', 'foundation', 'incidents', 'ivr', 'speech'])
      await mkdir(join(folder, 'dist', room), { recursive: true })
    program = pathToFileURL(join(folder, 'dist/'))
  })

  it('proves anew what was proved over another version of a package, and not what was over the same', async () => {
    const { opened, asked } = house()
    await install('2.9.1')
    await opened(program)(sources)
    await opened(program)(sources)
    expect(asked()).toBe(1)
    await install('2.9.2')
    await opened(program)(sources)
    expect(asked()).toBe(2)
  })

  it('proves each time where nobody can tell which packages are there', async () => {
    const { opened, asked } = house()
    await opened(program)(sources)
    expect(await opened(program)(sources)).toEqual([found])
    expect(asked()).toBe(2)
  })
})
