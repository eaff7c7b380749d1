/**
 * Where a share lies of which some cases were seen: Wilson's interval (1927), at 95 %. Unlike the mean and its deviation, it
 * says of five of five that it may well be a half.
 * @param part of `whole`; may count halves
 * @returns from and until, 0 to 1; all of it where nothing was seen
 */
export function shareInterval(part: number, whole: number): readonly [number, number] {
  if (whole === 0) return [0, 1]
  const z = 1.96
  const [square, rate] = [(z * z) / whole, part / whole]
  const middle = rate + square / 2
  const reach = z * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole))
  return [Math.max(0, (middle - reach) / (1 + square)), Math.min(1, (middle + reach) / (1 + square))]
}
