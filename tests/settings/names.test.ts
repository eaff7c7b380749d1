import { expect, it } from 'vitest'
import { nameHints, readSettings } from '../../src/settings/index.ts'

it('reads a setting by the name that it had in the last version, and says what it is called now', () => {
  const env = { LINE_CAPACITY: '7' }
  expect(readSettings(env).QUEUE_CAPACITY).toBe(7)
  expect(nameHints(env).join()).toContain('LINE_CAPACITY is now QUEUE_CAPACITY')
})

it('takes the new name where both are set, and has no hint where only the new one is', () => {
  expect(readSettings({ LINE_CAPACITY: '7', QUEUE_CAPACITY: '9' }).QUEUE_CAPACITY).toBe(9)
  expect(nameHints({ QUEUE_CAPACITY: '9' })).toEqual([])
})

it('asks whether a name close to one of ours was meant, and leaves those of other programs alone', () => {
  expect(nameHints({ MAX_CALL: '7' })).toEqual([
    'MAX_CALL 不是设置，没有读取；是不是 MAX_CALLS？ / MAX_CALL is no setting and is not read; did you mean MAX_CALLS?',
  ])
  expect(nameHints({ http_port: '80', SIP_PROT: '5070', MAX_CALLS: '7', MAX_CALLZ: '' })).toEqual([
    expect.stringContaining('did you mean HTTP_PORT?'),
    expect.stringContaining('did you mean SIP_PORT?'),
  ])
  const others = [
    'PATH',
    'HOME',
    'HOSTNAME',
    'LANG',
    'LC_ALL',
    'NODE_ENV',
    'HTTP_PROXY',
    'https_proxy',
    'NO_PROXY',
    'PWD',
  ]
  const more = [
    'LOGNAME',
    'TERM',
    'TZ',
    'USER',
    'SHELL',
    'JIETING_URL',
    'JIETING_LANG',
    'MALLOC_ARENA_MAX',
    'LINE_CAPACITY',
  ]
  const hints = nameHints(Object.fromEntries([...others, ...more].map(name => [name, '1'])))
  expect(hints).toEqual([expect.stringContaining('LINE_CAPACITY is now QUEUE_CAPACITY')])
})
