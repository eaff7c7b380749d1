import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/incidents',
  order: 80,
  for: ['supervisor'],
  name: { 'zh-CN': '突发情况', en: 'Known incidents' },
  what: {
    'zh-CN': '班长发布停水、停电等情况，来电人排队前会听到',
    en: 'Supervisors make known what is wrong; callers hear it before they wait',
  },
}
