/** Suggestions from the catalogue alone, before anybody has confirmed an order. */
import { describe, expect, it } from 'vitest'
import { explainObject, profilesOf, suggest } from '../../src/triage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const catalogue = await shippedCatalogue()
const profiles = profilesOf(catalogue)
const firstThree = (text: string) => suggest(profiles, { text }, 3).found.map(({ label }) => label)

describe('the catalogue', () => {
  it.each([
    ['我们小区又停水了，三天没来水', '居民供水'],
    ['楼下饭店的油烟直接排到我家窗户里', '餐饮油烟'],
    ['公司拖欠我三个月工资不给', '拖欠工资'],
    ['电梯里关着人，按铃没人应', '电梯故障'],
  ])('offers for "%s" among three %s', (text, object) => expect(firstThree(text)).toContain(object))

  it('says which words weighed, and none that the text does not have', () => {
    const text = '暖气摸着温乎，屋里才十四度'
    const weighed = explainObject(profiles, { text }, '室温')
    expect(weighed.length).toBeGreaterThan(0)
    for (const { words } of weighed) expect(text).toContain(words)
  })

  it.each(['', '。。。', 'xyzzy qwfp', '嗯'])('does not know what "%s" is', text => {
    expect(suggest(profiles, { text }).isUnsure).toBe(true)
  })

  it('answers the same whatever the width of letters, blanks between characters or case', () => {
    const [plain, wide] = ['APP自动续费退不了', 'ａｐｐ 自动 续费　退不了'].map(firstThree)
    expect(wide).toEqual(plain)
  })
})
