import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { allOf, Fault, FaultList, readJsonFile } from '../../src/foundation/index.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterAll(() => rm(directory, { recursive: true }))

const schema = z.strictObject({
  hours: z.array(z.strictObject({ from: z.string({ error: 'a time as 09:00' }) })).default([]),
  name: z.string().default('北京'),
})

async function read(written: string) {
  const path = join(directory, 'rules.json')
  await writeFile(path, written)
  return readJsonFile(path, schema, { code: 'rule-invalid' }).catch(error =>
    error instanceof FaultList
      ? error.faults.map(({ place, found, expected }) => [place.slice(directory.length + 1), found, expected])
      : error,
  )
}

it('reads a file, with or without a byte order mark', async () => {
  expect(await read('{"name":"天津"}')).toEqual({ hours: [], name: '天津' })
  expect(await read('\uFEFF{}')).toEqual({ hours: [], name: '北京' })
})

it('names line and column of what is no JSON', async () => {
  expect(await read('{\n  "name": 天津\n}')).toEqual([['rules.json:2:11', 'what is no JSON', 'JSON']])
  expect(await read('{\n  "name": "天津"')).toEqual([['rules.json:2:15', 'what is no JSON', 'JSON']])
})

it('names every value that does not fit, and what stands there', async () => {
  expect(await read('{"hours":[{"from":9},{}]}')).toEqual([
    ['rules.json:1:19 hours.0.from', '9', 'a time as 09:00'],
    ['rules.json:1:22 hours.1.from', 'nothing', 'a time as 09:00'],
  ])
  expect(await read('{"naem":"天津"}')).toEqual([
    ['rules.json:1:9', '"naem"', 'one of hours, name; did you mean "name"?'],
  ])
})

it('takes no name that would end a line, wherever it stands', async () => {
  expect(await read('{"name":"天\\r\\n津","hours":[{"from":"09:00\\u0000"}]}')).toEqual([
    ['rules.json:1:9 name', '"天\\r\\n津"', 'one line, without control characters'],
    ['rules.json:1:35 hours.0.from', '"09:00\\u0000"', 'one line, without control characters'],
  ])
  expect(await read('{"na\\tme":"天津"}')).toEqual([
    ['rules.json:1:11', '"na\tme"', 'one of hours, name; did you mean "name"?'],
    ['rules.json:1:1', '"na\\tme"', 'one line, without control characters'],
  ])
})

it('takes what holds where there is no file, and refuses its absence otherwise', async () => {
  const path = join(directory, 'nowhere.json')
  expect(await readJsonFile(path, schema, { code: 'rule-invalid', whenAbsent: {} })).toEqual({
    hours: [],
    name: '北京',
  })
  await expect(readJsonFile(path, schema, { code: 'rule-invalid' })).rejects.toThrow('ENOENT')
})

it('names the faults of all that is read at once, each once', async () => {
  const fault = (place: string) => new Fault({ code: 'rule-invalid', place, found: 'a', expected: 'b' })
  const city = Promise.reject(fault('city.json'))
  const list = Promise.reject(new FaultList([fault('units.json 1'), fault('units.json 2')]))
  const failed = allOf([city, list, city.then(() => 1), Promise.resolve(2)])
  await expect(failed).rejects.toMatchObject({
    faults: [{ place: 'city.json' }, { place: 'units.json 1' }, { place: 'units.json 2' }],
  })
  expect(await allOf([1, Promise.resolve('two')])).toEqual([1, 'two'])
  await expect(allOf([city, Promise.reject(new TypeError('ours'))])).rejects.toThrow('ours')
})
