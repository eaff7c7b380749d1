import { expect, it } from 'vitest'
import { z } from 'zod'
import { inChinese } from '../../src/cli/messages/said.ts'
import { expectedBy } from '../../src/foundation/index.ts'

const shape = z.strictObject({ share: z.number(), days: z.number() })

it.each([
  ['a share above all', z.number().max(1), 2, 'at most 1', '最多 1'],
  ['a number that is below', z.number().gt(0), 0, 'more than 0', '大于 0'],
  ['a list that is too short', z.array(z.number()).min(2), [1], 'at least 2 entries', '至少 2 项'],
  ['a text that is too short', z.string().min(3), 'x', 'at least 3 characters', '至少 3 个字符'],
  ['a list in place of an object', shape, [], 'an object', '一个对象（{ … }）'],
  ['nothing in place of a text', z.string(), undefined, 'text', '文字'],
  ['half a number', z.int(), 0.5, 'a whole number', '整数'],
  [
    'a key that is none',
    shape,
    { share: 1, days: 1, dayz: 2 },
    'one of share, days; did you mean "days"?',
    'share、days 之一；是不是“days”？',
  ],
  ['another word', z.enum(['on', 'off']), 'offf', 'one of on, off; did you mean "off"?', undefined],
  ['neither of two', z.union([z.string(), z.number()]), true, 'text or a number', '文字，或者数字'],
  ['a step that is none', z.number().multipleOf(5), 7, 'a multiple of 5', '5 的倍数'],
  ['words of its own', z.string({ error: 'a name' }), 1, 'a name', '名字'],
])('says in plain words what is expected of %s', (_, schema, value, english, chinese) => {
  const read = schema.safeParse(value, { error: expectedBy })
  expect(read.error?.issues.map(({ message }) => message)).toEqual([english])
  if (chinese !== undefined) expect(inChinese(english)).toBe(chinese)
})
