import type { RuleSubjectName } from '../../rulebook/api.ts'
import type { Shapes } from './fields.tsx'

/** Which maps and lists of each subject take more entries. */
export const shapesOf: Readonly<Record<RuleSubjectName, Shapes>> = {
  hours: { more: { holidays: () => ({ off: [], work: [] }) } },
}
