import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callbackMoves, callbackStates } from '../../src/callbacks/index.ts'

const text = readFileSync(
  join(import.meta.dirname, '..', '..', 'src', 'callbacks', 'callback-state.ts'),
  'utf8',
)

describe('the states of a callback', () => {
  it('are drawn as the table has them: every move to another state', () => {
    const changes = callbackStates.flatMap(from =>
      Object.entries(callbackMoves[from])
        .filter(([, to]) => to !== from)
        .map(([kind]) => kind),
    )
    const drawing = text.slice(text.indexOf('/**'), text.indexOf('*/'))
    expect([...new Set(changes)].toSorted()).toEqual([
      'closed',
      'given-back',
      'met',
      'nobody',
      'not-rung',
      'rung',
      'taken',
    ])
    for (const kind of [...changes, 'forgotten']) expect(drawing).toContain(kind)
  })

  it('have a sentence each', () => {
    for (const state of callbackStates) expect(text).toMatch(new RegExp(`- \`${state}\`: .+`))
  })
})
