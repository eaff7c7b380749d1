import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/phone',
  order: 20,
  for: 'citizens',
  name: { 'zh-CN': '网页电话', en: 'Web phone' },
  what: { 'zh-CN': '用浏览器拨打 12345', en: 'Ring 12345 from the browser' },
}
