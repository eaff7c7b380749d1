/** A share of `npm run fuzz` in each run of the tests: an answer or silence, never a crash, a hang or a call that stays. */
import { expect, it } from 'vitest'
import { fuzz, fuzzParsers } from './fuzz.ts'

const seed = 20_261_129

it('reads whatever comes, in time', () => {
  expect(fuzzParsers(seed, 30_000, () => undefined)).toMatchObject({ crashes: [], slow: [] })
}, 60_000)

it('leaves nothing up, stuck or broken in the product', async () => {
  expect(await fuzz(seed, 6_000, () => undefined)).toMatchObject({
    crashes: [],
    errors: {},
    logged: [],
    stuck: 0,
    callsLeft: 0,
  })
}, 180_000)
