/** Demands that are likely to be one matter. */
import { expect, it } from 'vitest'
import { bandsOf, isNear, likenessOf, signatureOf } from '../../src/triage/index.ts'

const one = '幸福里三号楼从昨天晚上开始停水，到现在都没有来水，请尽快处理'
const again = '幸福里三号楼昨天晚上开始停水，到现在都没有来，请你们尽快处理一下'
const other = '楼下饭店的油烟直接排到我家窗户里，晚上都不敢开窗'

it('are alike by what they have in common, whatever their width and blanks', () => {
  expect(likenessOf(one, one)).toBe(1)
  expect(likenessOf('ＡＢＣ１２３', 'abc 123')).toBe(1)
  expect(likenessOf(one, again)).toBeGreaterThan(0.3)
  expect(likenessOf(one, other)).toBe(0)
  expect(likenessOf('', '')).toBe(0)
})

it('are near only in the same place, and nowhere without one', () => {
  expect(isNear({ text: one, place: 'a' }, { text: again, place: 'a' })).toBe(true)
  expect(isNear({ text: one, place: 'a' }, { text: again, place: 'b' })).toBe(false)
  expect(isNear({ text: one, place: undefined }, { text: again, place: undefined })).toBe(false)
  expect(isNear({ text: one, place: 'a' }, { text: other, place: 'a' })).toBe(false)
})

it('share a band where they are alike, and none where they are not', () => {
  const shared = (left: string, right: string) => {
    const theirs = new Set(bandsOf(signatureOf(right)))
    return bandsOf(signatureOf(left)).filter(band => theirs.has(band)).length
  }
  expect(shared(one, again)).toBeGreaterThan(0)
  expect(shared(one, other)).toBe(0)
  const [left, right] = [signatureOf(one), signatureOf(again)]
  const same = left.filter((value, at) => value === right[at]).length / left.length
  expect(Math.abs(same - likenessOf(one, again))).toBeLessThan(0.15)
})
