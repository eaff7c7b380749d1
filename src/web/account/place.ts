import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/account',
  order: 190,
  for: ['seat', 'dispatcher', 'unit', 'supervisor', 'auditor'],
  name: { 'zh-CN': '账户', en: 'My account' },
  what: {
    'zh-CN': '改密码，看自己在哪里登录',
    en: 'Change your password, and see where you are signed in',
  },
}
