import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/persons',
  order: 150,
  for: ['auditor'],
  name: { 'zh-CN': '个人数据', en: 'Personal data' },
  what: {
    'zh-CN': '数据保护人员导出、删除一个人的数据，依法留存，看各类数据保存多久',
    en: 'Who answers for the protection of data exports, forgets and holds one person’s, and sees how long what is kept',
  },
}
