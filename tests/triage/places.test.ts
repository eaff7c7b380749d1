/** Where something is, read from sentences that name streets and communities of the example city. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from '../../src/catalogue/index.ts'
import { readGazetteer } from '../../src/city/index.ts'
import { createNoise, createPlaceNames, createRandom, readPlace } from '../../src/triage/index.ts'
import { placeSentences } from './place-sentences.ts'

const root = join(import.meta.dirname, '..', '..')
const gazetteer = await readGazetteer(join(root, 'gazetteer.json'))
const names = createPlaceNames(gazetteer)
const streetIn = (text: string) => {
  const found = readPlace(text, names)
  return found?.street && `${found.district} ${found.street}`
}

describe('a street', () => {
  it.each([
    [0, 0.98, 0.01],
    [0.1, 0.95, 0.01],
  ])('is read where %d of the characters are wrong', (rate, right, wrong) => {
    const sentences = placeSentences(gazetteer, 600, 3)
    const noise = createNoise(rate)
    const random = createRandom(5)
    const read = sentences.map(({ text, place }) => ({ place, found: streetIn(noise(text, random)) }))
    const share = (of: (one: (typeof read)[number]) => boolean) => read.filter(of).length / read.length
    expect(share(({ place, found }) => place === found)).toBeGreaterThanOrEqual(right)
    expect(share(({ place, found }) => found !== undefined && place !== found)).toBeLessThanOrEqual(wrong)
  })

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

  it('is nowhere in what names none', async () => {
    const catalogue = await readCatalogue(join(root, 'catalogue'))
    const says = [...catalogue.objects.values()].flatMap(object => object.says.slice(0, 2))
    const noise = createNoise(0.1)
    const random = createRandom(6)
    const invented = says.filter(text => streetIn(text) ?? streetIn(noise(text, random)))
    expect(invented.length / says.length).toBeLessThan(0.005)
  })
})
