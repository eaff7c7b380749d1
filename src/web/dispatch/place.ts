import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/dispatch',
  order: 50,
  for: ['dispatcher', 'supervisor'],
  name: { 'zh-CN': '派单', en: 'Dispatch' },
  what: {
    'zh-CN': '派单员决定拿不准的工单派给哪个单位',
    en: 'Dispatchers say whose an order is that nobody could place',
  },
}
