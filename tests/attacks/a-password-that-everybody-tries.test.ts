/** `aaaaaaaaaaaa` was a password. */
import { expect, it } from 'vitest'
import { refuseWeak } from '../../src/staff/weak.ts'

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
])('%s is refused', password => {
  expect(() => refuseWeak(password, 'lixiaoming')).toThrow(expect.objectContaining({ code: 'password-weak' }))
})

it.each([
  'correct horse battery',
  'a long password',
  'another long password',
  '三只小猪住在望京的砖房里面',
  'xK9-vq2L-mm4T',
  'li likes tea at noon',
])('%s is taken', password => expect(() => refuseWeak(password, 'li')).not.toThrow())
