import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Supervising } from '../../src/desk/api.ts'
import {
  firstState,
  hasThird,
  hearsMusic,
  type PartyName,
  type PartyState,
  rowsOf,
  stateAfter,
  type TalkMove,
  talkMoves,
} from '../../src/desk/party-state.ts'

const phases = Object.keys(talkMoves) as (keyof typeof talkMoves)[]
const moves = [...new Set(phases.flatMap(phase => Object.keys(talkMoves[phase])))] as TalkMove[]
const supervising: readonly (Supervising | undefined)[] = [undefined, 'listening', 'whispering', 'speaking']

const anyMoves = fc.array(fc.constantFrom(...moves), { maxLength: 20 })
/** Where any moves lead, those left out that cannot be made. */
const anyState = fc
  .tuple(anyMoves, fc.subarray(['caller', 'third'] as const), fc.constantFrom(...supervising))
  .map(([made, muted, how]): PartyState => {
    let state = firstState
    for (const move of made)
      if (talkMoves[state.phase][move]) {
        const isApart = move === 'call-aside' || (move !== 'drop' && move !== 'call' && state.isApart)
        // Nobody is told of the call at a telephone that rings them itself.
        if (!isApart || move !== 'brief') state = { ...stateAfter(state, move), isApart }
      }
    return { ...state, muted: new Set(muted), supervising: how }
  })

describe('a conversation of more than two', () => {
  it('moves as it is drawn', () => {
    const text = readFileSync(new URL('../../src/desk/party-state.ts', import.meta.url), 'utf8')
    const drawn = [...text.matchAll(/^ \* {3}(\w+) --> (\w+) : ([\w-]+)$/gm)].map(
      ([, from, to, move]) => `${from} ${to} ${move}`,
    )
    const table = phases.flatMap(from =>
      Object.entries(talkMoves[from]).map(([move, to]) => `${from} ${to} ${move}`),
    )
    expect(drawn.length).toBeGreaterThan(0)
    expect(drawn.sort()).toEqual(table.sort())
  })

  it('refuses a move that is not drawn', () => {
    for (const phase of phases)
      for (const move of moves) {
        const state = { ...firstState, phase }
        if (talkMoves[phase][move]) expect(stateAfter(state, move).phase).toBe(talkMoves[phase][move])
        else expect(() => stateAfter(state, move)).toThrow(expect.objectContaining({ code: 'not-now' }))
      }
  })

  it('can always come back to the two', () => {
    for (const phase of phases) {
      const reached = new Set([phase])
      for (const one of reached) for (const to of Object.values(talkMoves[one])) reached.add(to)
      expect(reached).toContain('talking')
    }
  })

  it('lets nobody hear themselves, and nobody who is muted or only listens', () => {
    fc.assert(
      fc.property(anyState, state => {
        const rows = rowsOf(state)
        const hearers = (speaker: PartyName) =>
          (Object.keys(rows) as PartyName[]).filter(one => rows[one].includes(speaker))
        for (const name of Object.keys(rows) as PartyName[]) expect(rows[name]).not.toContain(name)
        for (const muted of state.muted) expect(hearers(muted)).toEqual([])
        if (state.supervising === 'listening') expect(hearers('supervisor')).toEqual([])
        if (state.supervising === 'whispering' && !state.isApart)
          expect(hearers('supervisor')).toEqual(['seat'])
        if (state.supervising === 'whispering')
          for (const other of ['caller', 'third']) expect(hearers('supervisor')).not.toContain(other)
        if (!state.isApart) expect([...rows.aside, ...hearers('aside')]).toEqual([])
        if (!state.supervising) expect([...rows.supervisor, ...hearers('supervisor')]).toEqual([])
        if (!hasThird(state)) expect([...rows.third, ...hearers('third')]).toEqual([])
      }),
    )
  })

  it('leaves a caller or a third with somebody to hear, music, or what the hotline says', () => {
    fc.assert(
      fc.property(anyState, state => {
        const isUnmuted = { ...state, muted: new Set<never>() }
        expect(rowsOf(isUnmuted).caller.length > 0).toBe(!hearsMusic(state, 'caller'))
        if (hasThird(state) && state.phase !== 'briefing')
          expect(rowsOf(isUnmuted).third.length > 0).toBe(!hearsMusic(state, 'third'))
      }),
    )
  })

  it.each([
    ['talking', { caller: ['seat'], seat: ['caller'], third: [] }],
    ['calling', { caller: ['seat'], seat: ['caller'], third: [] }],
    ['held', { caller: [], seat: [], third: [] }],
    ['consulting', { caller: [], seat: ['third'], third: ['seat'] }],
    ['swapped', { caller: ['seat'], seat: ['caller'], third: [] }],
    ['joined', { caller: ['seat', 'third'], seat: ['caller', 'third'], third: ['caller', 'seat'] }],
  ] as const)('has them hear each other as agents expect while %s', (phase, rows) => {
    expect(rowsOf({ ...firstState, phase })).toMatchObject(rows)
  })
})
