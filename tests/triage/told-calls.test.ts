/** What the seat's page offers of whole calls, each proposal held against what the call says. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGazetteer } from '../../src/city/index.ts'
import { createReader } from '../../src/drafts/index.ts'
import { isOrderNumber } from '../../src/orders/index.ts'
import { profilesOf, suggest } from '../../src/triage/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { isRight, isSame, offeredOf, readToldCalls } from './told-calls.ts'

const catalogue = await shippedCatalogue()
const profiles = profilesOf(catalogue)
const reader = createReader({
  catalogue,
  gazetteer: await readGazetteer(join(import.meta.dirname, '..', '..', 'gazetteer.json')),
  city: { timeZone: 'Asia/Shanghai' },
  // A Sunday.
  clock: { now: () => Date.parse('2026-11-29T10:00+08:00') },
  isOrderNumber,
  suggest: given => suggest(profiles, given),
})
const calls = readToldCalls()

describe(`${calls.length} calls, told line by line`, () => {
  it('offer an agent nothing that was not said, in at least 98 of 100 proposals', () => {
    const read = calls.map(call => ({ call, all: offeredOf(call, reader) }))
    const all = read.flatMap(({ call, all }) => all.map(one => ({ one, isRight: isRight(one, call), call })))
    const wrong = all.filter(({ isRight }) => !isRight)
    const missed = read.flatMap(({ call, all }) =>
      call.wanted.filter(want => !want.isOptional && !all.some(one => isSame(one, want))),
    )
    const precision = 1 - wrong.length / all.length
    if (process.env.SHOW)
      console.log(
        precision,
        wrong.map(({ one, call }) => [one, call.lines.join(' | ')]),
        missed,
      )
    expect(calls.length).toBeGreaterThanOrEqual(150)
    expect({ wrong: precision >= 0.98 ? [] : wrong }).toEqual({ wrong: [] })
    expect((all.length - wrong.length) / (all.length - wrong.length + missed.length)).toBeGreaterThan(0.85)
  })
})
