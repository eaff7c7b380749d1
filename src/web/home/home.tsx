import { showPage } from '../design/page.tsx'
import { CurrentIncidents } from '../incidents/current.tsx'
import { Places } from './places.tsx'

showPage(
  { 'zh-CN': '接听 · 12345 热线', en: 'Jieting · 12345 hotline' },
  <>
    <CurrentIncidents />
    <Places />
  </>,
)
