/** A line of the table: what was measured, what came out, what was promised, and how it was done. */
export type Row = {
  readonly what: string
  readonly figure: string
  readonly target: string
  readonly method: string
}

/** The value below which a share of all values lies, with two decimals. */
export function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2)
}
