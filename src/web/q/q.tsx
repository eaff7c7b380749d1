import './q.css'
import { showPage } from '../design/page.tsx'
import { Question } from './question.tsx'

/** What stands behind /q/ is the token of the text message. */
const token = decodeURIComponent(location.pathname.split('/')[2] ?? '')

showPage(
  { 'zh-CN': '答复承办单位的询问', en: 'Answer a question about your request' },
  <Question token={token} />,
)
