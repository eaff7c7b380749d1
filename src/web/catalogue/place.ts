import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/catalogue',
  order: 110,
  for: ['supervisor'],
  name: { 'zh-CN': '事项目录', en: 'Catalogue' },
  what: {
    'zh-CN': '查看、修改和发布全部事项：代码、市民的说法、各区承办单位',
    en: 'All kinds of demands: codes, citizens’ words, units by district; written and published',
  },
}
