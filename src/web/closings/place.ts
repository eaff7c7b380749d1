import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/closings',
  order: 140,
  for: ['supervisor'],
  name: { 'zh-CN': '答复抽查', en: 'Closings' },
  what: {
    'zh-CN': '办结答复的检查：抽查、人的判断、各单位有问题的比例',
    en: 'What closings lack: the sample, what people say of it, the share by unit',
  },
}
