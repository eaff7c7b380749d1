import { expect, it } from 'vitest'
import { type AlarmsKnown, decide, graceMs, onceInMs, remindInMs } from '../../src/alarms/decide.ts'

/** Looks at a part that is up or down at these times, and gives what is told. */
function told(looks: readonly (readonly [number, boolean])[]) {
  let known: AlarmsKnown = new Map()
  return looks.flatMap(([nowMs, up]) => {
    const reason = up ? undefined : 'why'
    const decided = decide(known, [{ part: 'queue', up, needed: false, reason }], nowMs)
    known = decided.known
    return decided.alarms.map(({ state, atMs }) => `${state} ${atMs}`)
  })
}

it('tells once that a part is down, and once that it is up again', () =>
  expect(
    told([
      [0, true],
      [1_000, false],
      [1_000 + graceMs, false],
      [9_000, false],
      [11_000, true],
      [13_000, true],
    ]),
  ).toEqual([`down ${1_000 + graceMs}`, 'up 11000']))

it('tells nothing of what is down for a moment', () =>
  expect(
    told([
      [0, false],
      [2_000, true],
      [4_000, false],
      [6_000, true],
    ]),
  ).toEqual([]))

it('tells of a part that comes and goes once an hour, and clears no alarm that was not told', () => {
  const flapping = Array.from({ length: 3600 }, (_, at) => [at * 2_000, at % 8 === 7] as const)
  const all = told(flapping)
  expect(all.filter(one => one.startsWith('down'))).toHaveLength(2)
  expect(all.filter(one => one.startsWith('up'))).toHaveLength(2)
})

it('reminds once a day of what stays down', () =>
  expect(
    told([
      [0, false],
      [5_000, false],
      [5_000 + onceInMs, false],
      [5_000 + remindInMs, false],
    ]),
  ).toEqual(['down 5000', `down ${5_000 + remindInMs}`]))

it('takes a part that is gone for one that is up, and tells of each part apart', () => {
  const down = (part: string) => ({ part, up: false, needed: true, reason: 'why' })
  const first = decide(new Map(), [down('a'), down('b')], 0)
  const second = decide(first.known, [down('a'), down('b')], graceMs)
  expect(second.alarms.map(({ kind }) => kind)).toEqual(['a', 'b'])
  expect(decide(second.known, [down('a')], 60_000).alarms).toMatchObject([
    { kind: 'b', state: 'up', sinceMs: 0 },
  ])
})
