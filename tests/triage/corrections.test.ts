/** What becomes of suggestions once agents have said of texts what they were, over all of the catalogue. */
import { describe, expect, it } from 'vitest'
import { buildProfiles, profilesOf, suggest } from '../../src/triage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const catalogue = await shippedCatalogue()
const profiles = profilesOf(catalogue)

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
    const without = hits([])
    expect(hits(wrong)).toBeGreaterThanOrEqual(without)
    expect(hits([...right, ...wrong])).toBeGreaterThanOrEqual(without)
  })
})
