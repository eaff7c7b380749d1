/**
 * The quasigroup of order 10 from H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004). A check digit
 * by it detects every single wrong digit and every swap of neighbours; Luhn (09/90) and ISO/IEC 7064 MOD 11,10 do
 * not.
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

/** The check digit for these digits. */
export const dammDigit = (digits: string): string =>
  [...digits].reduce((row, digit) => quasigroup[Number(row)]?.[Number(digit)] ?? '', '0')

/** Whether these digits end with their check digit. */
export const dammHolds = (digits: string): boolean => dammDigit(digits) === '0'
