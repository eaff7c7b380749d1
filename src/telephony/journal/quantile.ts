/** How many took up to so long. */
export type Wait = { readonly upToMs: number; readonly calls: number }

/**
 * The share of `p` took no longer, as PostgreSQL's `percentile_cont` has it: between two values it lies in between.
 * @param waits by how long
 */
export function quantile(waits: readonly Wait[], p: number): number | undefined {
  const count = waits.reduce((sum, { calls }) => sum + calls, 0)
  if (count === 0) return undefined
  const rank = p * (count - 1)
  const below = nth(waits, Math.floor(rank))
  return Math.round(below + (nth(waits, Math.ceil(rank)) - below) * (rank % 1))
}

/** From 0 on. */
function nth(waits: readonly Wait[], index: number): number {
  let seen = 0
  for (const { upToMs, calls } of waits) {
    seen += calls
    if (seen > index) return upToMs
  }
  return Number.NaN
}
