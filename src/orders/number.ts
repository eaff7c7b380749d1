import { Fault } from '../foundation/index.ts'

declare const checked: unique symbol

/**
 * The number of an order, 12 digits: two of the year, three of the day in it, six of the day's sequence, and a check
 * digit. Digits only, and the first is never 0 (until 2100): key 0 is a person, wherever a number is keyed in.
 */
export type OrderNumber = string & { readonly [checked]: true }

/**
 * The quasigroup of order 10 of H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004): with it as check
 * digit every single wrong digit and every swap of neighbours is found, which Luhn's (09/90) and ISO/IEC 7064's
 * MOD 11,10 do not promise.
 */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** 0 for digits that carry their right check digit last. */
const damm = (digits: string): string =>
  [...digits].reduce((row, digit) => quasigroup[Number(row)]?.[Number(digit)] ?? '', '0')

export const dailyNumbers = 999_999

/**
 * @param date the city's own date, as 2026-01-05.
 * @param sequence 1 to 999,999: a city takes up to 100,000 orders a day.
 */
export function orderNumberOf(date: string, sequence: number): OrderNumber {
  const day = (Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / 86_400_000 + 1
  const digits = `${date.slice(2, 4)}${String(day).padStart(3, '0')}${String(sequence).padStart(6, '0')}`
  if (sequence > dailyNumbers)
    throw numberFault('orders-full', 'orders', `order ${sequence} of a day`, `at most ${dailyNumbers}`)
  return `${digits}${damm(digits)}` as OrderNumber
}

/**
 * Reads what a person typed or keyed: spaces and hyphens are as good as none.
 * @throws Fault `order-number-wrong` for one that no order ever has, so that it need not be looked up
 */
export function readOrderNumber(text: string, place = 'number'): OrderNumber {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[1-9]\d{11}$/.test(digits))
    throw numberFault('order-number-wrong', place, `"${text.slice(0, 40)}"`, '12 digits, as 2600 5000 0012')
  if (damm(digits) !== '0')
    throw numberFault(
      'order-number-wrong',
      place,
      `"${text}"`,
      'a number whose last digit fits: one was mistyped',
    )
  return digits as OrderNumber
}

/** As it is read out and printed: 2600 5000 0012. */
export const grouped = (number: OrderNumber) => number.replace(/(\d{4})(?=\d)/g, '$1 ')

const numberFault = (code: string, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
