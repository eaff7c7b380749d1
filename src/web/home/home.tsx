import { showPage } from '../design/page.tsx'
import { NoticesForAll } from '../house/notices.tsx'
import { Places } from './places.tsx'

showPage(
  { 'zh-CN': '接听 · 12345 热线', en: 'Jieting · 12345 hotline' },
  <>
    <NoticesForAll />
    <Places />
  </>,
)
