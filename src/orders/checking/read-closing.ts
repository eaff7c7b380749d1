import type { ClosingCheck, ClosingVerdict } from './api.ts'

/** A closing that the rules read, and what somebody of the centre said of it last. */
export type ReadClosing = {
  /** Which closing, from 1. */
  readonly cycle: number
  /** Who closed it. */
  readonly unit: string
  readonly atMs: number
  readonly result: string
  readonly check: ClosingCheck
  readonly judged?: { readonly verdict: ClosingVerdict; readonly by: string; readonly atMs: number }
}
