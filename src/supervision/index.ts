/** Comparison of units: what citizens say of each, against what they say of all that do the same work. */

export { supervisionBrings } from './brings.ts'
export { type Bulletins, createBulletins } from './bulletins/bulletins.ts'
export { reportedBulletins } from './bulletins/reported.ts'
export { createDeductions, type Deductions } from './deductions/deductions.ts'
export { reportedDeductions } from './deductions/reported.ts'
export { ordinaryScores, readScoreFile, type ScoreRules, scoresSubject } from './rules.ts'
export { openSupervision, type Supervision } from './supervision.ts'
