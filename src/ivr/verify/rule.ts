import type { Place } from '../../foundation/index.ts'
import type { RuleName } from '../faults.ts'
import type { Input } from '../turn.ts'
import type { Exploration, Visit } from './explore.ts'
import type { Durations } from './lengths.ts'

/** Something that breaks a rule. */
export type Finding = {
  readonly flow: string
  /** `file:line:column` of what to mend. */
  readonly place: Place
  /** Where it shows; undefined when nobody ever gets there. */
  readonly visit?: Visit | undefined
  /** What the caller does or meets there, so that it shows. */
  readonly further?: readonly Input[]
  readonly found: string
  readonly expected: string
}

/** Something that every flow must keep before it may answer a call. */
export type Rule = {
  /** The code of its faults. */
  readonly name: RuleName
  /** One sentence. */
  readonly says: string
  /** Findings nearest to a call's beginning come first. */
  check(explored: Exploration, durations: Durations): Iterable<Finding>
}
