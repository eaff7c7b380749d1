/**
 * What a city decides, a document a subject: read from a file at first, then written in a draft, looked at, published at
 * once or from a time, and taken back; on every node, without a restart.
 */

export { rulebookBrings } from './brings.ts'
export { fault as ruleFault, type RulebookFaultCode } from './faults.ts'
export { openRulebook, type Rulebook } from './rulebook.ts'
export { type RuleSubject, ruleSubject } from './subject.ts'
export { hoursSubject } from './subjects/hours.ts'
export { textsSubject } from './subjects/texts.ts'
