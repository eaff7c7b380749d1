import { dammDigit, dammHolds } from '../foundation/index.ts'
import { fault } from './faults.ts'

declare const checked: unique symbol

/**
 * The number of an order, 13 digits: its date as yyMMdd, six of the day's sequence, and Damm's check digit. Digits only,
 * and the first is never 0 (until 2100): key 0 is a person, wherever a number is keyed in.
 */
export type OrderNumber = string & { readonly [checked]: true }

export const dailyNumbers = 999_999
const looksLike = '13 digits, as 260105 000012 7'

/**
 * @param date the city's own date, as 2026-01-05.
 * @param sequence 1 to 999,999: a city takes up to 100,000 orders a day.
 */
export function orderNumberOf(date: string, sequence: number): OrderNumber {
  if (sequence > dailyNumbers)
    throw fault('orders-full', 'orders', `order ${sequence} of a day`, `at most ${dailyNumbers}`)
  const digits = `${date.slice(2).replaceAll('-', '')}${String(sequence).padStart(6, '0')}`
  return `${digits}${dammDigit(digits)}` as OrderNumber
}

/**
 * Reads what a person typed or keyed: spaces and hyphens are as good as none.
 * @throws Fault `order-number-wrong` for one that no order ever has, so that it need not be looked up
 */
export function readOrderNumber(text: string, place = 'number'): OrderNumber {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[1-9]\d{12}$/.test(digits))
    throw fault('order-number-wrong', place, `"${text.slice(0, 40)}"`, looksLike)
  if (!dammHolds(digits))
    throw fault('order-number-wrong', place, `"${text}"`, 'a number whose last digit fits: one was mistyped')
  return digits as OrderNumber
}

/** Whether they are the digits of a number that an order can have. */
export const isOrderNumber = (digits: string): boolean => /^[1-9]\d{12}$/.test(digits) && dammHolds(digits)

/** As it is read out and printed: 260105 000012 7. */
export const grouped = (number: OrderNumber) => number.replace(/(\d{6})(?=\d)/g, '$1 ')

/** A number that cannot be one is as unknown as one that no order has: a caller may try again. */
export function orderNumberIn(keyed: string): OrderNumber | undefined {
  try {
    return readOrderNumber(keyed)
  } catch {
    return undefined
  }
}
