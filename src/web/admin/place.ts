import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/admin',
  order: 180,
  for: ['admin'],
  name: { 'zh-CN': '管理', en: 'Administration' },
  what: {
    'zh-CN': '城市的各项规则：查看、修改和发布',
    en: 'Administrators see, change and publish the city’s rules',
  },
}
