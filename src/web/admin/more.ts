import type { RuleSubjectName } from '../../rulebook/api.ts'
import type { FormOf } from './fields.tsx'

/** Which maps and lists of each subject take more entries. */
export const moreOf: Readonly<Record<RuleSubjectName, FormOf['more']>> = {
  hours: { holidays: () => ({ off: [], work: [] }) },
  texts: {},
  units: { units: id => ({ id, name: id, phones: [], supervisors: [], line: '', hours: '' }) },
  limits: {},
  dispatch: { kinds: () => 0.95 },
  grounds: { grounds: id => ({ id, name: id, english: id, law: '' }) },
  templates: { templates: id => ({ id, name: id, for: 'progress', text: '' }) },
  closings: {},
  channels: { channels: id => ({ id, name: id, english: id, line: '', law: '' }) },
  repeats: {},
  levels: {},
  surveys: {},
  scores: { groups: id => ({ id, name: id, english: id, units: [] }) },
}
