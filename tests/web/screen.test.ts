import { expect, it } from 'vitest'
import { blank, shown } from '../../src/web/captions/screen.ts'

it('keeps what was read of a call that the house knows no more, and has nothing to keep of a wrong code', () => {
  const wrong = { kind: 'refused', why: 'wrong' } as const
  expect(shown({ ...blank, last: 7 }, wrong).connection).toBe('over')
  expect(shown(blank, wrong).connection).toEqual({ refused: 'wrong' })
})
