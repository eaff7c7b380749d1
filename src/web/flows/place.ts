import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/flows',
  order: 170,
  for: ['supervisor'],
  name: { 'zh-CN': '流程图', en: 'Flows' },
  what: {
    'zh-CN': '来电走到哪一步，多久能找到人工',
    en: 'Where calls are, and how long it is to a person',
  },
}
