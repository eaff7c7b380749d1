import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/plan',
  order: 160,
  for: ['supervisor'],
  name: { 'zh-CN': '排班测算', en: 'Staff plan' },
  what: {
    'zh-CN': '各时段需要多少坐席，谁在什么时候在岗',
    en: 'How many agents each half-hour takes, and who was there when',
  },
}
