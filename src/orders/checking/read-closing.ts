import type { ClosingCheck, ClosingVerdict } from './api.ts'

/** A closing that the rules have checked, with the centre's latest verdict. */
export type ReadClosing = {
  /** Number of the closing, from 1. */
  readonly cycle: number
  /** The unit that closed. */
  readonly unit: string
  readonly atMs: number
  readonly result: string
  readonly check: ClosingCheck
  readonly judged?: { readonly verdict: ClosingVerdict; readonly by: string; readonly atMs: number }
}
