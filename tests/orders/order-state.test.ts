import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type EventKind, eventKinds } from '../../src/orders/event.ts'
import { moves, stages } from '../../src/orders/order-state.ts'

const text = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'orders', 'order-state.ts'), 'utf8')

describe('the stages of an order', () => {
  it('are drawn as the table has them: every move to another stage, and those that stay and say so', () => {
    const changes = stages.flatMap(from =>
      Object.entries(moves[from])
        .filter(([, to]) => to !== from)
        .map(([kind]) => kind),
    )
    const drawing = text.slice(text.indexOf('/**'), text.indexOf('*/'))
    expect(changes.toSorted()).toEqual([
      ...['closed', 'closed', 'closed', 'dispatched', 'merged', 'merged', 'merged', 'parted'],
      ...['reopened', 'signed', 'taken-back'],
    ])
    for (const kind of [...changes, 'made', 'returned', 'return-asked', 'return-decided', 'appointed'])
      expect(drawing).toContain(kind)
  })

  it('have a sentence each', () => {
    for (const stage of stages) expect(text).toMatch(new RegExp(`- \`${stage}\`: .+`))
  })

  it('leave no event without a place to happen, but the first', () => {
    const placed = new Set(stages.flatMap(stage => Object.keys(moves[stage]) as EventKind[]))
    expect(eventKinds.filter(kind => !placed.has(kind))).toEqual(['made'])
  })
})
