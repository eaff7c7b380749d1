import type { Limit } from '../limit.ts'
import type { SiteVerdict } from './api.ts'

/** A site check (现场核实): ordered by the centre, reported by whoever it sent. */
export type SiteCheck = {
  /** The event that ordered it. */
  readonly seq: number
  readonly askedAtMs: number
  /** Absent in events from before it had a limit. */
  readonly limit?: Limit | undefined
  /** When it was reported, or ended otherwise. */
  readonly doneAtMs?: number
  readonly seen?: {
    /** The event of the report. */
    readonly seq: number
    readonly visitedAtMs: number
    readonly verdict: SiteVerdict
  }
}

export function openSiteCheck(checks: readonly SiteCheck[]): SiteCheck | undefined {
  const last = checks.at(-1)
  return last?.doneAtMs === undefined ? last : undefined
}
