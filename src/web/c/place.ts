import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/c',
  order: 30,
  for: 'citizens',
  name: { 'zh-CN': '通话字幕', en: 'Call captions' },
  what: {
    'zh-CN': '输入电话里念的字幕码，看对方说的话',
    en: 'Enter the code that was read out, and read the call',
  },
}
