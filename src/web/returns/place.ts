import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/returns',
  order: 136,
  for: ['dispatcher', 'supervisor'],
  name: { 'zh-CN': '退单台账', en: 'Returns' },
  what: {
    'zh-CN': '工单的流转经过、单位之间耽误的小时、退单理由和同意率',
    en: 'Which way orders went, hours lost by pair of units, grounds, share upheld',
  },
}
