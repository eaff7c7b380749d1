/** How often a street is read right, over hundreds of sentences with and without one, as they are said and as they are misheard. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGazetteer } from '../../src/city/index.ts'
import { createNoise, createPlaceNames, createRandom, readPlace } from '../../src/triage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { placeSentences } from './place-sentences.ts'

const gazetteer = await readGazetteer(join(import.meta.dirname, '..', '..', 'gazetteer.json'))
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

  it('is nowhere in what names none', async () => {
    const catalogue = await shippedCatalogue()
    const says = [...catalogue.objects.values()].flatMap(object => object.says.slice(0, 2))
    const noise = createNoise(0.1)
    const random = createRandom(6)
    const invented = says.filter(text => streetIn(text) ?? streetIn(noise(text, random)))
    expect(invented.length / says.length).toBeLessThan(0.005)
  })
})
