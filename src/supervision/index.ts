/** Units beside each other: what citizens say of each, held against what they say of all who do the same. */

export { supervisionBrings } from './brings.ts'
export { createDeductions, type Deductions } from './deductions/deductions.ts'
export { reportedDeductions } from './deductions/reported.ts'
export { ordinaryScores, readScoreFile, type ScoreRules, scoresSubject } from './rules.ts'
export { openSupervision, type Supervision } from './supervision.ts'
