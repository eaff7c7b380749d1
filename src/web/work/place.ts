import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/work',
  order: 10,
  for: ['seat', 'dispatcher', 'unit', 'supervisor', 'auditor'],
  name: { 'zh-CN': '工作台', en: 'My work' },
  what: { 'zh-CN': '等我处理的事，和我用的页面', en: 'What waits for me, and the pages that I use' },
}
