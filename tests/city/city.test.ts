import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cityFile, exampleCity, placesOf, readCity } from '../../src/city/index.ts'
import { faultsOf } from '../../src/cli/cli.ts'

async function read(text: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'jieting-city-')), 'city.json')
  await writeFile(path, text)
  return readCity(path).catch((error: unknown) =>
    faultsOf(error).map(({ place, expected }) => `${place.slice(path.length).trim()}: ${expected}`),
  )
}

it('ships a file that says what holds without one', async () => {
  const { districts, ...shipped } = await readCity(cityFile)
  const { districts: none, ...example } = exampleCity
  expect(shipped).toEqual({ ...example, example: true })
  expect(none).toEqual([])
  expect(placesOf({ districts })).toHaveLength(16)
})

it('takes what differs from the example city', async () => {
  expect(
    await read(
      '{ "name": "乌鲁木齐市", "english": "Ürümqi", "areaCode": "0991", "timeZone": "Asia/Urumqi" }',
    ),
  ).toEqual({
    ...exampleCity,
    name: '乌鲁木齐市',
    english: 'Ürümqi',
    areaCode: '0991',
    timeZone: 'Asia/Urumqi',
  })
})

it.each([
  ['{ "country": "XX" }', ':1:14 country: a country with telephone numbers, as CN'],
  ['{ "timeZone": "Asia/Peking" }', ':1:15 timeZone: an IANA time zone, as Asia/Shanghai'],
  ['{ "areaCode": "+86" }', ':1:15 areaCode: digits, as 010'],
  [
    '{ "holidays": { "2027": { "off": ["2027-02-30"] } } }',
    ':1:35 holidays.2027.off.0: a date, as 2027-02-06',
  ],
  ['{ "holidays": { "2027": { "work": ["2028-01-08"] } } }', ':1:36 holidays.2027.work.0: a day of 2027'],
  [
    '{ "holidays": { "2027": { "off": ["2027-02-09"], "work": ["2027-02-09"] } } }',
    ':1:59 holidays.2027.work.0: a day that is not in "off" as well',
  ],
  ['{ "holidays": { "next": {} } }', ':1:25 holidays.next: a year, as 2027'],
  [
    '{ "openingHours": { "workday": ["18:00-09:00"], "restday": [], "holiday": [] } }',
    ':1:33 openingHours.workday.0: hours within one day, as 09:00-18:00',
  ],
  [
    '{ "openingHours": { "workday": ["9-18"], "restday": [], "holiday": [] } }',
    ':1:33 openingHours.workday.0: hours within one day, as 09:00-18:00',
  ],
  [
    '{ "openingHours": { "workday": ["09:00-18:00"], "restday": [] } }',
    ':1:19 openingHours.holiday: a list of hours, as ["09:00-18:00"]; [] is closed',
  ],
  [
    '{ "openingHours": { "workday": "09:00-18:00", "restday": [], "holiday": [] } }',
    ':1:32 openingHours.workday: a list of hours, as ["09:00-18:00"]; [] is closed',
  ],
  ['Peking', ':1:1: JSON'],
])('refuses %s by its place', async (text, fault) => {
  expect(await read(text)).toEqual([fault])
})

it('reads when it takes calls, and day and night where the file says nothing', async () => {
  const hours = { workday: ['08:30-12:00', '13:00-24:00'], restday: ['10:00-16:00'], holiday: [] }
  expect(await read(JSON.stringify({ openingHours: hours }))).toMatchObject({
    openingHours: {
      workday: [
        { fromMinute: 510, toMinute: 720 },
        { fromMinute: 780, toMinute: 1440 },
      ],
      restday: [{ fromMinute: 600, toMinute: 960 }],
      holiday: [],
    },
  })
})

it('says what it found', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'jieting-city-')), 'city.json')
  await writeFile(path, '{ "timeZone": "Asia/Peking" }')
  await expect(readCity(path)).rejects.toThrow(/found "Asia\/Peking"/)
})

it('refuses a file that is named and not there', async () => {
  await expect(readCity('/nowhere/city.json')).rejects.toThrow(/no file that can be read/)
})
