import { percentOf, words } from './words.ts'

/** Where a rate lies between nothing and all, and how surely: a line for the interval, a mark for the rate. */
export function Interval({
  rate,
  interval,
}: {
  readonly rate: number
  readonly interval: readonly [number, number]
}) {
  const [from, until] = interval
  return (
    <svg
      className="interval"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={words.between(percentOf(from), percentOf(until))}
    >
      <rect className="all" x="0" y="3.5" width="100" height="1" />
      <rect className="sure" x={from * 100} y="2" width={Math.max(1, (until - from) * 100)} height="4" />
      <rect className="rate" x={Math.min(98.5, rate * 100)} y="0" width="1.5" height="8" />
    </svg>
  )
}
