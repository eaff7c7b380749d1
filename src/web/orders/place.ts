import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/orders',
  order: 60,
  for: ['seat', 'dispatcher', 'unit', 'supervisor'],
  name: { 'zh-CN': '工单', en: 'Orders' },
  what: { 'zh-CN': '承办单位签收、办理、办结', en: 'Units sign, handle and close' },
}
