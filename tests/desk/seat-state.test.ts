import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seatMoves } from '../../src/desk/seat-state.ts'

describe('the states of a seat', () => {
  it('move as they are drawn', () => {
    const text = readFileSync(new URL('../../src/desk/seat-state.ts', import.meta.url), 'utf8')
    const drawn = [...text.matchAll(/^ \* {3}([a-z-]+) --> ([a-z-]+)$/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    )
    const table = Object.entries(seatMoves).flatMap(([from, all]) => all.map(to => `${from} ${to}`))
    expect(drawn.length).toBeGreaterThan(0)
    expect(drawn.sort()).toEqual(table.sort())
  })
})
