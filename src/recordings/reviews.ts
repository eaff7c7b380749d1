import type { NewQualityReview, QualitySheet } from './api.ts'
import { recordingFault } from './faults.ts'

/**
 * The points of a sheet that was filled in, of 100: what was given of what each criterion is worth.
 * @throws Fault `marks-unfit` where a criterion has no mark, or more than it is worth, or there is none of that name
 */
export function pointsOf(sheet: QualitySheet, marks: NewQualityReview['marks']): number {
  const unfit = (found: string, expected: string) => recordingFault('marks-unfit', 'marks', found, expected)
  const stray = marks.find(({ criterion }) => !sheet.criteria.some(({ id }) => id === criterion))
  if (stray) throw unfit(stray.criterion, 'a criterion of the sheet')
  let given = 0
  let most = 0
  for (const { id, points } of sheet.criteria) {
    const mark = marks.filter(({ criterion }) => criterion === id)
    const [one] = mark
    if (mark.length !== 1 || !one) throw unfit(`${mark.length} marks for ${id}`, 'one for each criterion')
    if (one.points > points) throw unfit(`${one.points} for ${id}`, `at most ${points}`)
    given += one.points
    most += points
  }
  return Math.round((given / most) * 100)
}
