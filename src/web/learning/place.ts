import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/learning',
  order: 100,
  for: ['supervisor'],
  name: { 'zh-CN': '分类学习', en: 'Learning' },
  what: {
    'zh-CN': '事项建议从坐席的选择里学到什么，用哪个版本',
    en: 'What suggestions of kinds learnt from what agents took, and which version is in use',
  },
}
