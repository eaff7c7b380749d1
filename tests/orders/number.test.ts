import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import { grouped, readOrderNumber } from '../../src/orders/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'

const day = fc
  .date({ min: new Date('2024-01-01T00:00Z'), max: new Date('2099-12-31T00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const numbers = fc.tuple(day, fc.integer({ min: 1, max: 999_999 })).map(given => orderNumberOf(...given))

function isTaken(text: string): boolean {
  try {
    readOrderNumber(text)
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'order-number-wrong') return false
    throw error
  }
}

describe('the number of an order', () => {
  it('is thirteen digits: date, sequence of the day, check digit', () => {
    expect(orderNumberOf('2026-01-05', 1)).toMatch(/^260105000001\d$/)
    expect(orderNumberOf('2024-12-31', 123_456)).toMatch(/^241231123456\d$/)
    expect(grouped(orderNumberOf('2026-01-05', 1))).toMatch(/^260105 000001 \d$/)
  })

  it('never begins with 0, and is read back with spaces and hyphens', () => {
    fc.assert(
      fc.property(numbers, number => {
        expect(number[0]).not.toBe('0')
        expect(readOrderNumber(` ${grouped(number).replaceAll(' ', '-')} `)).toBe(number)
      }),
    )
  })

  it('catches every single wrong digit and every swap of two neighbours', () => {
    fc.assert(
      fc.property(numbers, number => {
        const missed: string[] = []
        for (let place = 0; place < 13; place++) {
          for (let digit = 0; digit < 10; digit++) {
            if (String(digit) === number[place]) continue
            const wrong = number.slice(0, place) + digit + number.slice(place + 1)
            if (isTaken(wrong)) missed.push(wrong)
          }
          const [left = '', right = ''] = number.slice(place, place + 2)
          if (right === '' || left === right) continue
          const swapped = number.slice(0, place) + right + left + number.slice(place + 2)
          if (isTaken(swapped)) missed.push(swapped)
        }
        expect(missed).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it.each(['', '12345', '26010500001277', '0260105000012', 'order-12', '２６０１０５００００１２７'])(
    'refuses "%s" and says what a number looks like',
    text => {
      expect(() => readOrderNumber(text)).toThrow(
        expect.objectContaining({ code: 'order-number-wrong', expected: '13 digits, as 260105 000012 7' }),
      )
    },
  )

  it('says that a day is full rather than giving a number twice', () => {
    expect(() => orderNumberOf('2026-01-05', 1_000_000)).toThrow(
      expect.objectContaining({ code: 'orders-full' }),
    )
  })
})
