import { expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import { readForecast } from '../../src/planning/index.ts'

const placesOf = (text: string) => {
  try {
    readForecast(text, 'calls.csv')
    return []
  } catch (error) {
    if (error instanceof FaultList) return error.faults.map(({ place, found }) => `${place}: ${found}`)
    throw error
  }
}

it('reads a forecast as spreadsheets write it: separators, a byte-order mark, quotation marks, Chinese heads', () => {
  const expected = {
    halfHours: [
      { start: '08:30', calls: 120, handlingSeconds: 180, patienceSeconds: undefined },
      { start: '09:00', calls: 140.5, handlingSeconds: undefined, patienceSeconds: 90 },
    ],
  }
  const rows = ['9:00,140.5,,90', '08:30,120,180,']
  for (const head of ['start,calls,handlingSeconds,patienceSeconds', '时段,来电,处理时长（秒）,耐心（秒）'])
    for (const separator of [',', ';', '\t'])
      expect(
        readForecast(`\ufeff${[head, ...rows, ''].join('\r\n').replaceAll(',', separator)}`, 'calls.csv'),
      ).toEqual(expected)
  expect(readForecast('"note","start","calls"\n"x","08:30","3"', 'calls.csv').halfHours).toMatchObject([
    { start: '08:30', calls: 3 },
  ])
})

it('says every fault by its line', () => {
  expect(placesOf('start,calls\n08:15,3\n09:00,many\n10:00,-1\n10:30,\n25:00,1\n10:00,2')).toEqual([
    'calls.csv:2 start: 08:15',
    'calls.csv:3 calls: many',
    'calls.csv:4 calls: -1',
    'calls.csv:5 calls: nothing',
    'calls.csv:6 start: 25:00',
    'calls.csv:7 start: 10:00',
  ])
  expect(placesOf('start,calls,handlingSeconds\n08:00,3,0')).toEqual(['calls.csv:2 handlingSeconds: 0'])
})

it('says what a file lacks', () => {
  expect(placesOf('')).toEqual(['calls.csv:1: no column start', 'calls.csv:1: no column calls'])
  expect(placesOf('start,count\n08:00,3')).toEqual(['calls.csv:1: no column calls'])
  expect(placesOf('start,calls\n')).toEqual(['calls.csv: a head alone'])
})
