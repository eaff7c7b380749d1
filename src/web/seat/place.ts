import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/seat',
  order: 40,
  for: ['seat'],
  holdsACall: true,
  name: { 'zh-CN': '坐席', en: 'Seat' },
  what: { 'zh-CN': '工作人员接听来电', en: 'Staff take calls' },
}
