import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/rates',
  order: 130,
  for: ['supervisor'],
  name: { 'zh-CN': '三率', en: 'Rates' },
  what: {
    'zh-CN': '响应率、解决率、满意率，剔除和核验',
    en: 'Response, solved, satisfied; exclusions and their audit',
  },
}
