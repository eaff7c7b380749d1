import { expect, it } from 'vitest'
import { oldNameHints, readSettings } from '../../src/settings/index.ts'

it('reads a setting by the name that it had in the last version, and says what it is called now', () => {
  const env = { LINE_CAPACITY: '7' }
  expect(readSettings(env).QUEUE_CAPACITY).toBe(7)
  expect(oldNameHints(env).join()).toContain('LINE_CAPACITY is now QUEUE_CAPACITY')
})

it('takes the new name where both are set, and has no hint where only the new one is', () => {
  expect(readSettings({ LINE_CAPACITY: '7', QUEUE_CAPACITY: '9' }).QUEUE_CAPACITY).toBe(9)
  expect(oldNameHints({ QUEUE_CAPACITY: '9' })).toEqual([])
})
