import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/floor',
  order: 70,
  for: ['supervisor'],
  name: { 'zh-CN': '话务监控', en: 'Floor' },
  what: { 'zh-CN': '班长看排队、坐席和今天的数字', en: 'Supervisors watch the queue, the seats and today' },
}
