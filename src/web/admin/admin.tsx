import './admin.css'
import { useEffect, useState } from 'react'
import { showPage } from '../design/page.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Rules } from './overview.tsx'
import { Subject } from './subject.tsx'
import { useRules } from './use-rules.ts'
import { words } from './words.ts'

const placeNow = () => location.hash.slice(1)

/** All that a city sets, a place a subject: `/admin#hours`. */
function AdminPage() {
  const [place, setPlace] = useState(placeNow)
  const { subjects, trouble } = useRules()
  useEffect(() => {
    const follow = () => setPlace(placeNow())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const stand = subjects?.find(({ subject }) => subject === place)
  return (
    <div className="admin">
      {trouble !== undefined && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {!subjects && trouble === undefined && <p role="status">{words.asking}</p>}
      {place !== '' && (
        <p>
          <a href={location.pathname}>{words.back}</a>
        </p>
      )}
      {stand ? <Subject key={stand.subject} stand={stand} /> : subjects && <Rules subjects={subjects} />}
    </div>
  )
}

showPage({ 'zh-CN': '管理', en: 'Administration' }, <SignedIn>{() => <AdminPage />}</SignedIn>)
