import './s.css'
import { showPage } from '../design/page.tsx'
import { Survey } from './survey.tsx'

/** What stands behind /s/ is the token of the text message. */
const token = decodeURIComponent(location.pathname.split('/')[2] ?? '')

showPage({ 'zh-CN': '评价办理结果', en: 'Rate how your matter was handled' }, <Survey token={token} />)
