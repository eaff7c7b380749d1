import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/campaigns',
  order: 120,
  for: ['supervisor'],
  name: { 'zh-CN': '回访', en: 'Survey calls' },
  what: { 'zh-CN': '班长看回访的进度和结果', en: 'Supervisors watch survey calls and what came of them' },
}
