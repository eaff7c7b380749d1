import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/foundation/index.ts'
import { knownUnit } from '../../src/staff/member.ts'

const units = new Map([
  ['heating', { name: '供热单位' }],
  ['housing', { name: '住房和城乡建设委' }],
  ['water', { name: '自来水集团' }],
])

describe('the unit of a member', () => {
  it.each(['heating', '供热单位', undefined])('may be %s', unit => {
    expect(knownUnit(unit, units)).toBe(unit === undefined ? undefined : 'heating')
  })

  it.each([
    ['haeting', /the nearest: heating \(供热单位\)/],
    ['供热', /the nearest: heating \(供热单位\)/],
    ['nosuch', /\(.+\)/],
  ])('is refused as %s, and the nearest are named', (unit, nearest) => {
    const refused = (() => {
      try {
        knownUnit(unit, units)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(Fault)
    const { code, found, expected } = refused as Fault
    expect([code, found]).toEqual(['unit-unknown', JSON.stringify(unit)])
    expect(expected).toMatch(nearest)
  })
})
