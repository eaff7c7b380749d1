import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/recordings',
  order: 139,
  for: ['seat', 'supervisor', 'auditor'],
  name: { 'zh-CN': '通话录音', en: 'Recordings' },
  what: {
    'zh-CN': '查找和重听通话录音，批注和质检；谁能听由城市决定',
    en: 'Find calls that were recorded and hear them again, note and judge; who may, the city says',
  },
}
