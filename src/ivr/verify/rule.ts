import type { Place } from '../../foundation/index.ts'
import type { RuleName } from '../faults.ts'
import type { Input } from '../turn.ts'
import type { Exploration, Visit } from './explore.ts'
import type { Durations } from './lengths.ts'

/** A violation of a rule. */
export type Finding = {
  readonly flow: string
  /** `file:line:column` of what to fix. */
  readonly place: Place
  /** The situation in which it shows; undefined if no caller ever gets there. */
  readonly visit?: Visit | undefined
  /** The further inputs in that situation that show it. */
  readonly further?: readonly Input[]
  readonly found: string
  readonly expected: string
}

/** A rule that every flow must satisfy before it may answer calls. */
export type Rule = {
  /** The rule's name, which is the code of its faults. */
  readonly name: RuleName
  /** The rule in one sentence. */
  readonly says: string
  /** Finds violations, those nearest to a call's beginning first. */
  check(explored: Exploration, durations: Durations): Iterable<Finding>
}
