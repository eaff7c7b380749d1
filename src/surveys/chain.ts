import { createHash } from 'node:crypto'

/**
 * A chain of events in which each holds the one before: SHA-256 over the canonical JSON of the event and the hash
 * before it. Whoever changes, takes out or puts in one breaks every hash after it; whoever cuts the end off is found
 * by a head that was noted elsewhere.
 */
export type ChainedEvent = {
  readonly survey: string
  /** Place in its chain, from 1 without a gap. */
  readonly seq: number
  readonly atMs: number
  readonly event: unknown
}

/** Before the first. */
export const genesis = '0'.repeat(64)

export function hashOf(previous: string, { survey, seq, atMs, event }: ChainedEvent): string {
  return createHash('sha256').update(canonical({ previous, survey, seq, atMs, event })).digest('hex')
}

/** JSON that is the same for the same value, after RFC 8785: keys sorted, no spaces. Our values are whole numbers, strings and booleans. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
  return `{${entries.join(',')}}`
}
