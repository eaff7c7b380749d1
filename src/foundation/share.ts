/**
 * The interval for a share of which a sample was seen: Wilson's (1927), at 95 %. Unlike mean and deviation, it
 * admits that five of five may well be a half.
 * @param part of `whole`; may count halves
 * @returns lower and upper bound, 0 to 1; the whole range when nothing was seen
 */
export function shareInterval(part: number, whole: number): readonly [number, number] {
  if (whole === 0) return [0, 1]
  const z = 1.96
  const [square, rate] = [(z * z) / whole, part / whole]
  const middle = rate + square / 2
  const reach = z * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole))
  return [Math.max(0, (middle - reach) / (1 + square)), Math.min(1, (middle + reach) / (1 + square))]
}
