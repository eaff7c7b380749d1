/** Suggestions from the catalogue alone, before anybody has confirmed an order. */
import { describe, expect, it } from 'vitest'
import { buildProfiles, explainObject, profilesOf, suggest } from '../../src/triage/index.ts'
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

describe('corrections', () => {
  const text = '隔壁天天弄那个铁疙瘩咣咣响个没完'
  const corrected = buildProfiles(catalogue, [{ text, label: '社会生活噪声' }])

  it('are offered at once where the same is said again', () => {
    expect(suggest(corrected, { text }).found[0]?.label).toBe('社会生活噪声')
  })

  it('take nothing from what has nothing to do with them', () => {
    const others = [...catalogue.objects.values()].flatMap(({ says }) => says.slice(0, 1))
    const first = (from: typeof profiles) =>
      others.map(other => suggest(from, { text: other }, 1).found[0]?.label)
    const before = first(profiles)
    const differ = first(corrected).filter((label, at) => label !== before[at])
    expect(differ.length).toBeLessThanOrEqual(others.length / 50)
  })

  it('that teach nothing but mistakes are made no use of', () => {
    const objects = [...catalogue.objects.values()].slice(0, 80)
    const small = { objects: new Map(objects.map(object => [object.name, object])) }
    // Every sentence under the object after its own.
    const wrong = objects.map(({ says }, at) => ({
      text: says[0] ?? '',
      label: objects[(at + 1) % objects.length]?.name ?? '',
    }))
    const right = objects.map(({ says, name }) => ({ text: says[0] ?? '', label: name }))
    const hits = (corrections: typeof right) => {
      const from = buildProfiles(small, corrections)
      return objects.filter(
        ({ name, says }) => suggest(from, { text: says[1] ?? '' }, 1).found[0]?.label === name,
      ).length
    }
    expect(hits(wrong)).toBeGreaterThanOrEqual(hits([]))
    expect(hits([...right, ...wrong])).toBeGreaterThanOrEqual(hits([]))
  })
})
