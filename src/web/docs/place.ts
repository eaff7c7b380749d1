import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/docs',
  order: 200,
  for: 'programs',
  name: { 'zh-CN': '接口', en: 'API' },
  what: { 'zh-CN': '系统接口文档', en: 'All that a program can ask' },
}
