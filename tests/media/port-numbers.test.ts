import { expect, it } from 'vitest'
import { createPortNumbers } from '../../src/media/port-numbers.ts'

it('gives even numbers with room for RTCP, none twice, the one given back last of all', () => {
  const numbers = createPortNumbers([30001, 30007])
  expect([numbers.take(), numbers.take(), numbers.take(), numbers.take()]).toEqual([
    30002,
    30004,
    30006,
    undefined,
  ])
  numbers.giveBack(30004)
  expect([numbers.take(), numbers.take()]).toEqual([30004, undefined])
})

it.each([[[30001, 30002]], [[30004, 30002]], [[0, 10]], [[65530, 65600]]] as const)(
  'refuses the range %j',
  range => {
    expect(() => createPortNumbers(range)).toThrow(/UDP ports/)
  },
)
