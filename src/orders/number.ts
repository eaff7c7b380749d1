import { dammDigit, dammHolds } from '../foundation/index.ts'
import { fault } from './faults.ts'

declare const checked: unique symbol

/**
 * The number of an order, 13 digits: its date as yyMMdd, six digits of the day's sequence, and Damm's check digit.
 * It has only digits, and the first is never 0 (until 2100), since key 0 means a person wherever a number is keyed
 * in.
 */
export type OrderNumber = string & { readonly [checked]: true }

export const dailyNumbers = 999_999
const looksLike = '13 digits, as 260105 000012 7'

/**
 * @param date in the city, for example 2026-01-05
 * @param sequence 1 to 999,999; a city takes up to 100,000 orders a day
 */
export function orderNumberOf(date: string, sequence: number): OrderNumber {
  if (sequence > dailyNumbers)
    throw fault('orders-full', 'orders', `order ${sequence} of a day`, `at most ${dailyNumbers}`)
  const digits = `${date.slice(2).replaceAll('-', '')}${String(sequence).padStart(6, '0')}`
  return `${digits}${dammDigit(digits)}` as OrderNumber
}

/**
 * Reads a number as typed or keyed; spaces and hyphens are ignored.
 * @throws Fault `order-number-wrong` for a number that no order can have, so that it is not looked up
 */
export function readOrderNumber(text: string, place = 'number'): OrderNumber {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[1-9]\d{12}$/.test(digits))
    throw fault('order-number-wrong', place, `"${text.slice(0, 40)}"`, looksLike)
  if (!dammHolds(digits))
    throw fault('order-number-wrong', place, `"${text}"`, 'a number whose last digit fits: one was mistyped')
  return digits as OrderNumber
}

/** Whether the digits form a possible order number. */
export const isOrderNumber = (digits: string): boolean => /^[1-9]\d{12}$/.test(digits) && dammHolds(digits)

/** Grouped for reading out and printing: 260105 000012 7. */
export const grouped = (number: OrderNumber) => number.replace(/(\d{6})(?=\d)/g, '$1 ')

/** Undefined for an impossible number, which is treated like an unknown one: the caller may try again. */
export function orderNumberIn(keyed: string): OrderNumber | undefined {
  try {
    return readOrderNumber(keyed)
  } catch {
    return undefined
  }
}
