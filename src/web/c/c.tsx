import '../captions/captions.css'
import './c.css'
import { showPage } from '../design/page.tsx'
import { Call } from './call.tsx'
import { CodeForm } from './code-form.tsx'

/** What stands behind /c/ is the pass. */
const pass = decodeURIComponent(location.pathname.split('/')[2] ?? '')

const title = { 'zh-CN': '通话字幕', en: 'Call captions' }
if (pass === '') showPage(title, <CodeForm />)
else showPage(title, <Call pass={pass} />, true)
