import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { openRehearsal, type Rehearsal } from '../../src/cli/rehearsal.ts'
import { compareEvents, readCallFile } from '../../src/ivr/index.ts'
import { shipped, shippedCalls } from '../ivr/shipped.ts'

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = await openRehearsal(shipped, exampleCity)
}, 30_000)
afterAll(() => rehearsal.close())

/**
 * One of each kind, the shortest: a menu, typing ahead, a number, one that is read back, an outside number, a recording, a
 * survey, the elder flow, a failing voice.
 */
const names = [
  'Keys typed ahead are heard, in order',
  'An order that was accepted',
  'Zero while an order is looked up is a person',
  'A key during the instructions starts the recording',
  'Who shows no number is promised a call once they gave one',
  'Nine at satisfied ends it for good',
]
const chosen = [
  ...shippedCalls.filter(({ call }) => names.includes(call)),
  ...shippedCalls.filter(({ place }) =>
    /(elder-zero|after-hours-police|survey-prompts-fail)\.call/.test(place(0)),
  ),
]

it('takes the same course over SIP and RTP as in the simulator', { timeout: 120_000 }, async () => {
  expect(chosen).toHaveLength(names.length + 3)
  const faults = await Promise.all(
    chosen.map(async file => {
      const { fault, happenings } = await rehearsal.rehearse(file)
      return (fault ?? compareEvents(shipped, file, happenings))?.message
    }),
  )
  expect(faults.filter(fault => fault !== undefined)).toEqual([])
})

const wrong = (steps: string) =>
  readCallFile({ path: 'wrong.yaml', text: `call: wrong\nflow: hotline\nsteps:\n${steps}` })

it('turns red when something else is heard, or done, than is written', { timeout: 60_000 }, async () => {
  const said = await rehearsal.rehearse(wrong('  - hears: 再见\n'))
  expect(said.fault?.message).toBe(
    'wrong.yaml:4:5: found "您好，12345热线，正在转接人工。", expected to hear "再见"',
  )
  const done = await rehearsal.rehearse(
    wrong('  - hears: 12345热线\n  - presses: "0"\n  - expects: { queue: elder }\n'),
  )
  expect(done.fault?.message).toContain('found {"queue":"hotline","priority":0}')
})

it('sees a word, or a deed, that the simulator does not know', () => {
  const file = wrong(
    '  - hears: 12345热线\n  - presses: "0"\n  - hears: 请稍候\n  - expects: { queue: hotline }\n',
  )
  const heard = (text: string) => ({ atMs: 0, kind: 'heard', text }) as const
  const line = { atMs: 0, kind: 'queue', reason: 'hotline', priority: 0 } as const
  const right = [heard('您好，12345热线，正在转接人工。'), line, heard('正在为您接通话务员，请稍候。')]
  expect(compareEvents(shipped, file, right)).toBeUndefined()
  expect(compareEvents(shipped, file, right.slice(0, 2))?.message).toContain(
    'nothing as number 2 on the line',
  )
  expect(compareEvents(shipped, file, [...right, line])?.message).toContain('as number 2 on the line')
})
