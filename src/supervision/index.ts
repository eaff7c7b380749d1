/** Units beside each other: what citizens say of each, held against what they say of all who do the same. */

export { ordinaryScores, readScoreFile, type ScoreRules, scoresSubject } from './rules.ts'
export { openSupervision, type Supervision } from './supervision.ts'
