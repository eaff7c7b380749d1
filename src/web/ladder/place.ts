import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/ladder',
  order: 145,
  for: ['supervisor'],
  name: { 'zh-CN': '不当来电', en: 'Misused calls' },
  what: {
    'zh-CN': '恶意或不合理来电的劝阻、说明、告知后果和限制：两人同意，有期限，可申诉',
    en: 'Steps with malicious or unreasonable callers: by two from “restrict” on, with an end and an appeal',
  },
}
