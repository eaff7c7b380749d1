import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/deductions',
  order: 137,
  for: ['supervisor', 'unit'],
  name: { 'zh-CN': '扣分与申诉', en: 'Deductions' },
  what: {
    'zh-CN': '规则提出的扣分，两人确认，单位可申诉一次',
    en: 'Points by rules, confirmed by two, appealed once',
  },
}
