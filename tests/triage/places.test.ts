/** Where something is, read from sentences that name streets and communities of the example city. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGazetteer } from '../../src/city/index.ts'
import { createPlaceNames, readPlace } from '../../src/triage/index.ts'

const gazetteer = await readGazetteer(join(import.meta.dirname, '..', '..', 'gazetteer.json'))
const names = createPlaceNames(gazetteer)

describe('a street', () => {
  it.each([
    ['我在怀柔区，路灯不亮', '怀柔区', undefined],
    ['我在怀柔，路灯不亮', '怀柔区', undefined],
    ['怀柔区怀柔地区这边，路灯不亮', '怀柔区', '怀柔地区'],
    ['坏揉区路灯不亮', '怀柔区', undefined],
    ['朝阳区酒先桥街道停水了', '朝阳区', '酒仙桥街道'],
  ])('is no more than what was said: %s', (text, district, street) => {
    const found = readPlace(text, names)
    expect([found?.district, found?.street]).toEqual([district, street])
  })

  it('is one of three where several have the name', () => {
    const found = readPlace('我住八里庄街道，停水了', names)
    expect(found?.street).toBeUndefined()
    expect(found?.others.map(({ district }) => district).toSorted()).toEqual(['朝阳区', '海淀区'])
  })
})
