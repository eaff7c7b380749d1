import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/bulletins',
  order: 138,
  for: ['supervisor', 'unit'],
  name: { 'zh-CN': '通报', en: 'Bulletins' },
  what: {
    'zh-CN': '对一个区或全市的月度通报：排名、变化和原因、扣分，可打印和导出',
    en: 'A month’s bulletin for a district or the whole city, to be printed and taken along',
  },
}
