import { expect, it } from 'vitest'
import { tokenLines } from '../../src/hall/welcome.ts'

const token = { token: 'a-token-for-this-test-only', path: '/data/api-token', madeNow: true }

it('says where the token is kept, and how to get one where it could not be written; the token itself never', () => {
  expect(tokenLines(undefined)).toEqual(['  令牌 token     API_TOKEN'])
  expect(tokenLines(token)).toEqual(['  令牌 token     保存在 kept in /data/api-token'])
  const none = tokenLines({ ...token, notKept: 'EROFS' }).join('\n')
  expect(none).toMatch(/令牌 token {5}没有：\/data\/api-token 无法写入（EROFS），请设置 API_TOKEN/)
  expect(none).not.toContain(token.token)
})
