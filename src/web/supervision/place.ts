import type { PagePlace } from '../shell/page-place.ts'

export const place: PagePlace = {
  href: '/supervision',
  order: 134,
  for: ['dispatcher', 'supervisor', 'unit'],
  name: { 'zh-CN': '督办', en: 'Supervision' },
  what: {
    'zh-CN': '三级督办单、问题工单和现场核实：谁还没有答复',
    en: 'Instructions at three levels, problem orders, site checks: who has not answered',
  },
}
