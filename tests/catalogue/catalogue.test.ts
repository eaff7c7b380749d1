/** What citizens ask for, as the files say it: whole, proved, and refused by file and line where it is not. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  codeNow,
  createCatalogueBook,
  objectsOf,
  proveCatalogue,
  readCatalogue,
  unitFor,
} from '../../src/catalogue/index.ts'
import { readCity } from '../../src/city/index.ts'
import { FaultList } from '../../src/foundation/index.ts'
import { catalogueFile } from '../../src/http/catalogue/file.ts'
import { readOrderRules } from '../../src/orders/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const shipped = join(import.meta.dirname, '..', '..', 'catalogue')
const catalogue = await shippedCatalogue()
const rules = await readOrderRules(join(shipped, '..', 'order-rules'), 'beijing')
const city = await readCity(join(shipped, '..', 'city.json'))
const ground = {
  districts: city.districts.map(({ name }) => name),
  units: new Set(rules.units.keys()),
  categories: new Set(rules.categories.keys()),
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map(folder => rm(folder, { recursive: true }))))

/** The catalogue that ships, with one text in one file put in place of another. */
async function changed(file: string, was: string, is: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-'))
  folders.push(folder)
  await cp(shipped, folder, { recursive: true })
  const text = await readFile(join(folder, file), 'utf8')
  expect(text).toContain(was)
  await writeFile(join(folder, file), text.replace(was, is))
  return folder
}

async function refusalOf(folder: string): Promise<readonly string[]> {
  const error: unknown = await readCatalogue(folder).catch((thrown: unknown) => thrown)
  if (!(error instanceof FaultList)) throw new Error('it was read')
  return error.faults.map(({ message }) => message.replaceAll(`${folder}/`, ''))
}

describe('the catalogue that ships', () => {
  it('holds 99 groups, 510 objects and 2,640 kinds', () => {
    const groups = new Set([...catalogue.objects.values()].map(({ code }) => code.slice(0, 4)))
    expect([groups.size, catalogue.objects.size, catalogue.kinds.size]).toEqual([99, 510, 2640])
  })

  it('has for every kind a unit in every district and a category of orders, and no word twice', async () => {
    expect(ground.districts.length).toBeGreaterThan(10)
    expect(await proveCatalogue(catalogue, ground)).toEqual([])
  })

  it('keeps every category that orders have been made by', () => {
    for (const category of ground.categories) expect(objectsOf(catalogue, category).length).toBeGreaterThan(0)
    expect(objectsOf(catalogue, 'heating').map(({ name }) => name)).toContain('室温')
  })

  it('holds the kinds of each object under its own code, and each object under its group', () => {
    const astray = [...catalogue.objects.values()].filter(
      ({ code, kinds }) => !kinds.every(kind => kind.code.startsWith(code)),
    )
    expect(astray.map(({ name }) => name)).toEqual([])
  })
})

describe('a catalogue that is wrong', () => {
  it('with a code twice is refused with both lines', async () => {
    const folder = await changed('01-utilities.json', '"01010102"', '"01010201"')
    expect(await refusalOf(folder)).toEqual([
      expect.stringMatching(
        /^01-utilities\.json:\d+:\d+: found code 01010201 again, expected each once; the first is at 01-utilities\.json:\d+:\d+$/,
      ),
    ])
  })

  it('with an object twice in one group is refused with both lines', async () => {
    const folder = await changed('01-utilities.json', '"自来水水质"', '"居民供水"')
    expect(await refusalOf(folder)).toContainEqual(
      expect.stringMatching(/^01-utilities\.json:\d+:\d+: found "居民供水" again, expected each name once/),
    )
  })

  it.each([
    [{ '90000001': '90000002', '90000002': '90000001' }, /a cycle: 90000001 > 90000002 > 90000001/],
    [{ '90000001': '90000002' }, /code 90000002, which is not there/],
    [{ '01010101': '01010102' }, /code 01010101, which is in use/],
  ])('with codes that were moved as %j is refused with its line', async (former, said) => {
    const folder = await changed('former.json', '{}', JSON.stringify(former))
    expect((await refusalOf(folder))[0]).toMatch(/^former\.json:\d+:\d+: /)
    expect((await refusalOf(folder))[0]).toMatch(said)
  })

  it('with a word that two objects share, or a kind without a unit somewhere, is told where', async () => {
    const shared = await changed('01-utilities.json', '"words": "', '"words": "暖气不热 ')
    const faults = await proveCatalogue(await readCatalogue(shared), ground)
    expect(faults.map(({ found }) => found)).toEqual(['"暖气不热", a word of 居民供水'])

    const without = await changed(
      'units.json',
      '"供热单位": { "id": "heating" }',
      '"供热单位": { "id": "heating", "only": ["朝阳区"] }',
    )
    const away = await changed(
      'units.json',
      '"邮政管理局": { "id": "post" }',
      '"邮政管理局": { "id": "post", "only": ["朝阳区"] }',
    )
    // Where those who supply the heat do not answer, their supervisor does; for the post nobody else is named.
    expect(await proveCatalogue(await readCatalogue(without), ground)).toEqual([])
    const found = (await proveCatalogue(await readCatalogue(away), ground)).map(fault => fault.found)
    expect(new Set(found).size).toBe(ground.districts.length - 1)
    expect(found).toContain('no unit in 海淀区')
  })
})

it('goes from a code that was moved, however often, to what it is now', async () => {
  const folder = await changed('former.json', '{}', '{ "90000001": "90000002", "90000002": "01010101" }')
  const moved = await readCatalogue(folder)
  expect(codeNow(moved, '90000001')).toBe('01010101')
  expect(codeNow(moved, '01010102')).toBe('01010102')
})

it('names another unit in a district that has its own', async () => {
  const folder = await changed(
    'units.json',
    '"instead": {}',
    '"instead": { "大兴区": { "供热单位": "城市管理委" } }',
  )
  const own = await readCatalogue(folder)
  const heating = own.objects.get('室温')!
  expect([unitFor(own, heating, '大兴区'), unitFor(own, heating, '朝阳区')]).toEqual([
    'city-management',
    'heating',
  ])
})

it('is looked through by names, by citizens’ words and by units, page after page, and taken along', async () => {
  const book = createCatalogueBook({ catalogue, districts: ground.districts, rules })
  const all = book.list({ q: '', limit: 100 })
  expect([all.count, all.kinds.length, all.classes.length]).toEqual([2640, 100, 19])
  const next = book.list({ q: '', limit: 100, after: all.next })
  expect(next.kinds[0]?.code).not.toBe(all.kinds[0]?.code)
  // Those whose own names have it go first.
  const heating = book.list({ q: '室温', limit: 5 })
  expect(heating.kinds[0]?.object).toBe('室温')
  expect(book.list({ q: '水龙头不出水', limit: 5 }).kinds.map(({ object }) => object)).toContain('居民供水')
  expect(book.list({ q: '没有这样的话', limit: 5 })).toMatchObject({ count: 0, kinds: [], next: undefined })

  const kind = await book.show('01010101')
  expect(kind).toMatchObject({ name: '停水', object: '居民供水', evidence: true, tag: '便利性' })
  expect(kind.answers).toEqual([{ unit: rules.units.get('water')?.name, districts: [] }])
  expect(kind.place).toMatch(/^01-utilities\.json:\d+:\d+$/)
  await expect(book.show('99999999')).rejects.toMatchObject({ code: 'catalogue-kind-unknown' })

  const found = book.whole({ q: '01010101' })
  let csv = ''
  for await (const part of catalogueFile('csv', found, { language: 'zh-CN', rules })) csv += part
  expect(csv.split('\r\n')[0]).toMatch(/^\uFEFF代码,一级,二级,对象,事项,/)
  expect(csv).toContain('01010101,公用服务,供水,居民供水,停水,民生保障,便利性,')
})
