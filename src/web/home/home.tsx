import { showPage } from '../design/page.tsx'
import { NoticesForAll } from '../house/notices.tsx'
import { Links, WayForStaff } from '../shell/links.tsx'
import { forCitizens } from '../shell/places.ts'

showPage(
  { 'zh-CN': '12345 热线', en: '12345 hotline' },
  <>
    <NoticesForAll />
    <Links places={forCitizens} />
    <WayForStaff />
  </>,
)
