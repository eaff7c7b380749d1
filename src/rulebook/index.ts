/**
 * The rules that a city decides, one document per subject. They come from a file at first. Later they are drafted, reviewed,
 * published at once or from a given time, and can be taken back, on every node and without a restart.
 */

export { rulebookBrings } from './brings.ts'
export { fault as ruleFault, type RulebookFaultCode } from './faults.ts'
export { openRulebook, type Rulebook } from './rulebook.ts'
export { type RuleSubject, ruleSubject } from './subject.ts'
export { hoursSubject } from './subjects/hours.ts'
export { textsSubject } from './subjects/texts.ts'
