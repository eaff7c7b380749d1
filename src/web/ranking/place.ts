import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/ranking',
  order: 135,
  for: ['supervisor'],
  name: { 'zh-CN': '月度排名', en: 'Ranking' },
  what: {
    'zh-CN': '可比单位的月度排名，和上月比，数字背后的工单',
    en: 'Units that can be compared, month by month, and the orders behind each figure',
  },
}
