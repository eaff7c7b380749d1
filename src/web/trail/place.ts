import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/trail',
  order: 142,
  for: ['auditor'],
  name: { 'zh-CN': '审计日志', en: 'Audit trail' },
  what: {
    'zh-CN': '数据保护人员看谁看了、改了什么，涉及谁',
    en: 'Who answers for the protection of data sees who read and changed what, and about whom',
  },
}
