import { expect, it } from 'vitest'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { verify } from '../../src/ivr/index.ts'
import { shipped } from './shipped.ts'
import { failuresOf } from './verify-flow.ts'

it('proves every shipped flow', () => {
  const verdict = verify(shipped, {}, flowNeeds)
  expect(failuresOf(verdict)).toEqual([])
  expect(verdict.flows.map(({ flow }) => flow).sort()).toEqual(['after-hours', 'elder', 'hotline', 'survey'])
  expect(verdict.moves).toBeGreaterThan(30_000)
})
