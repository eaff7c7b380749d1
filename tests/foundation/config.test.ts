import { expect, it } from 'vitest'
import { z } from 'zod'
import { type FaultList, readConfig } from '../../src/foundation/index.ts'

const schema = z.object({
  HTTP_PORT: z.coerce.number().int({ error: 'a port from 1 to 65535' }).max(65535).default(8080),
  SECRET: z.string({ error: 'a secret' }).min(8, { error: 'at least 8 characters' }),
})

it('reads settings, and takes an empty one as not set', () => {
  expect(readConfig(schema, { HTTP_PORT: '', SECRET: 'long enough' })).toEqual({
    HTTP_PORT: 8080,
    SECRET: 'long enough',
  })
})

it('takes no value that would end a line, as a secret read from a file with its line break', () => {
  expect(() => readConfig(schema, { SECRET: 'long enough\n' }, ['SECRET'])).toThrow(
    'SECRET: found a value that does not fit, expected one line, without control characters',
  )
  expect(() => readConfig(schema, { SECRET: 'short\u2028' })).toThrow(
    'SECRET: found "short\u2028", expected one line',
  )
  expect(readConfig(schema, { SECRET: 'long enough', NOT_OURS: 'a\nb' }).SECRET).toBe('long enough')
})

it('names all faults at once, and never repeats a secret', () => {
  try {
    readConfig(schema, { HTTP_PORT: '80.5', SECRET: 'hunter2' }, ['SECRET'])
    expect.unreachable()
  } catch (error) {
    expect((error as FaultList).message.split('\n')).toEqual([
      'HTTP_PORT: found "80.5", expected a port from 1 to 65535',
      'SECRET: found a value that does not fit, expected at least 8 characters',
    ])
  }
})
