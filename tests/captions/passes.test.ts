import { expect, it } from 'vitest'
import { createPasses } from '../../src/captions/passes.ts'
import { createManualClock, newId } from '../../src/foundation/index.ts'

const home = '192.0.2.1'

function open() {
  const clock = createManualClock()
  const counted: string[] = []
  return { clock, counted, passes: createPasses(clock, how => counted.push(how)), call: newId('call') }
}

it('opens one call by its code or its link, and no other', () => {
  const { passes, call } = open()
  const { code, link } = passes.ofCall(call)
  expect(code).toMatch(/^\d{8}$/)
  // 64 bits in base64url: more than the 40 that a link must have.
  expect(link).toMatch(/^[\w-]{11}$/)
  expect(passes.ofCall(call)).toEqual({ code, link })
  for (const pass of [code, link]) expect(passes.enter(pass, home)).toEqual({ call, role: 'citizen' })
  expect(passes.enter(passes.forSeat(call), home)).toEqual({ call, role: 'seat' })
  expect(passes.enter('', home)).toBe('wrong')
})

it('lets nobody guess: five wrong codes, and even the right one waits ten minutes; its link does not', async () => {
  const { passes, call, clock, counted } = open()
  const { code, link } = passes.ofCall(call)
  const other = code === '00000000' ? '11111111' : '00000000'
  for (let tries = 0; tries < 5; tries++) expect(passes.enter(other, home)).toBe('wrong')
  expect(passes.enter(code, home)).toBe('too-many')
  expect(passes.enter(link, home)).toMatchObject({ call })
  expect(passes.enter(code, '192.0.2.2')).toMatchObject({ call })
  expect(counted).toEqual([...Array(5).fill('wrong'), 'too-many'])
  await clock.advance(10 * 60_000)
  expect(passes.enter(code, home)).toMatchObject({ call })
})

it('closes spoken codes for a while when a whole network guesses', async () => {
  const { passes, call, clock } = open()
  const { code } = passes.ofCall(call)
  for (let tries = 0; tries < 120; tries++) passes.enter('9', `198.51.100.${tries}`)
  expect(passes.enter(code, home)).toBe('too-many')
  await clock.advance(60_000)
  expect(passes.enter(code, home)).toMatchObject({ call })
})

it('expires with the call, and says so for a while', async () => {
  const { passes, call, clock } = open()
  const { code, link } = passes.ofCall(call)
  passes.end(call)
  expect(passes.enter(code, home)).toBe('over')
  expect(passes.enter(link, home)).toBe('over')
  await clock.advance(11 * 60_000)
  passes.end(newId('call'))
  expect(passes.enter(link, home)).toBe('wrong')
})
