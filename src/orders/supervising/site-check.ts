import type { Limit } from '../limit.ts'
import type { SiteVerdict } from './api.ts'

/** A look at the place (现场核实): asked for by the centre, and written down by whoever it sent. */
export type SiteCheck = {
  /** The event that asked for it. */
  readonly seq: number
  readonly askedAtMs: number
  /** Absent in histories that asked for it before it had a limit. */
  readonly limit?: Limit | undefined
  /** When it was written down, or waits no longer. */
  readonly doneAtMs?: number
  readonly seen?: {
    /** The event that tells it. */
    readonly seq: number
    readonly visitedAtMs: number
    readonly verdict: SiteVerdict
  }
}

export function openSiteCheck(checks: readonly SiteCheck[]): SiteCheck | undefined {
  const last = checks.at(-1)
  return last?.doneAtMs === undefined ? last : undefined
}
