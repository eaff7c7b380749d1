import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/knowledge',
  order: 90,
  for: ['seat', 'unit', 'supervisor'],
  name: { 'zh-CN': '知识库', en: 'Knowledge' },
  what: {
    'zh-CN': '坐席查找答复；单位和班长起草、审核、更新条目',
    en: 'Agents look answers up; units and supervisors write, review and renew them',
  },
}
