/** `aaaaaaaaaaaa` was a password. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

let house: BuiltHouse
beforeAll(async () => {
  house = await openBuiltHouse()
}, 60_000)
afterAll(() => house.close())

const add = (name: string, password: string) =>
  house.root.post('/api/staff', { name, role: 'seat', password })

it.each([
  'aaaaaaaaaaaa',
  'ababababababab',
  '123456789012',
  '112233112233',
  'abcabcabcabc',
  'passwordpassword',
  'Password1234',
  'P@ssw0rd!2024',
  'administrator',
  'admin1234567',
  'qwertyuiop123',
  'qwertyuiopasdfgh',
  '1qaz2wsx3edc',
  '987654321098',
  'Welcome2024!!',
  'woaini1314520',
  'jieting12345',
  'hotline-12345',
  'abcdefghijkl',
  'lixiaoming2024',
  '13121312131213',
])('%s is refused', async password => {
  const answer = await add('lixiaoming', password)
  expect([answer.status, answer.body]).toEqual([422, expect.stringContaining('password-weak')])
})

it.each([
  ['correct horse battery', 'li-1'],
  ['a long password', 'li-2'],
  ['another long password', 'li-3'],
  ['三只小猪住在望京的砖房里面', 'li-4'],
  ['xK9-vq2L-mm4T', 'li-5'],
  ['li likes tea at noon', 'li'],
])('%s is taken of %s', async (password, name) => {
  expect((await add(name, password)).status).toBe(201)
})
