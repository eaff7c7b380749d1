import type { Role } from '../../http/contract.ts'
import type { Words } from '../language.ts'

/** A page, and whom it is for: the `place` that each page's folder says in its `place.ts`. */
export type PagePlace = {
  readonly href: string
  /** Where it stands among the others, by size; the first few of a role are in the row, the others behind “more”. */
  readonly order: number
  readonly for: readonly Role[] | 'citizens' | 'programs'
  readonly name: Words
  readonly what: Words
  /** What is left with a call up would end it: other pages open beside it. */
  readonly holdsACall?: true
}
