/** How well streets are read from sentences that name them, as written and as a recognizer gets them wrong. */
import { join } from 'node:path'
import { readGazetteer } from '../../src/city/index.ts'
import { monotonicMs } from '../../src/foundation/index.ts'
import { createNoise, createPlaceNames, createRandom, readPlace } from '../../src/triage/index.ts'
import { placeSentences } from '../triage/place-sentences.ts'
import { percentile, type Row } from './row.ts'

const sentences = 3000

export async function run(): Promise<readonly Row[]> {
  const gazetteer = await readGazetteer(join(import.meta.dirname, '..', '..', 'gazetteer.json'))
  const beganMs = monotonicMs()
  const names = createPlaceNames(gazetteer)
  const readyMs = monotonicMs() - beganMs
  const asked = placeSentences(gazetteer, sentences, 7)
  const took: number[] = []
  const rowAt = (rate: number, target: string): Row => {
    const noise = createNoise(rate)
    const random = createRandom(11)
    const read = asked.map(({ text, place }) => {
      const heard = noise(text, random)
      const atMs = monotonicMs()
      const found = readPlace(heard, names)
      took.push(monotonicMs() - atMs)
      const street = found?.street && `${found.district} ${found.street}`
      const offered = found?.others.map(other => `${other.district} ${other.street}`) ?? []
      if (process.env.SHOW && street !== place)
        console.error(heard, '|', place, '|', street, offered.join(','))
      return {
        isRight: street === place,
        isWrong: street !== undefined && street !== place,
        isOffered: offered.includes(place ?? ''),
      }
    })
    const share = (of: (one: (typeof read)[number]) => boolean) =>
      `${((read.filter(of).length / read.length) * 100).toFixed(1)} %`
    return {
      what: `Streets at ${rate * 100} % wrong characters`,
      figure: `${share(one => one.isRight)} right, ${share(one => one.isWrong)} wrong, ${share(one => one.isOffered)} among three`,
      target,
      method: `${sentences} sentences made of the gazetteer by chance, a tenth without a street`,
    }
  }
  const rows = [rowAt(0, '>= 98 % right, <= 1 % wrong'), rowAt(0.1, '>= 95 % right')]
  return [
    ...rows,
    {
      what: 'A place read',
      figure: `p50 ${percentile(took, 0.5)} ms, p95 ${percentile(took, 0.95)} ms`,
      target: 'p95 < 5 ms',
      method: 'the same sentences',
    },
    {
      what: 'The gazetteer ready',
      figure: `${readyMs.toFixed(0)} ms`,
      target: '< 1 s',
      method: '349 streets, 7,535 communities',
    },
  ]
}
