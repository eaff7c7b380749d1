import './admin.css'
import { useEffect, useState } from 'react'
import { showPage } from '../design/page.tsx'
import { Trouble } from '../design/trouble.tsx'
import { CurrentIncidents } from '../incidents/current.tsx'
import { Links } from '../shell/links.tsx'
import { places } from '../shell/places.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Features } from './features.tsx'
import { People, Rules } from './overview.tsx'
import { Seats } from './seats.tsx'
import { StaffView } from './staff.tsx'
import { Subject } from './subject.tsx'
import { useRules } from './use-rules.ts'
import { words } from './words.ts'

/** What a city sets on pages of their own. */
const besides = ['/incidents', '/catalogue', '/flows', '/knowledge', '/trail', '/persons']

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
      <Trouble text={trouble} />
      {!subjects && trouble === undefined && <p role="status">{words.asking}</p>}
      {place !== '' && (
        <p>
          <a href={location.pathname}>{words.back}</a>
        </p>
      )}
      {stand && <Subject key={stand.subject} stand={stand} />}
      {place === 'staff' && <StaffView />}
      {place === 'seats' && <Seats />}
      {place === 'features' && <Features />}
      {place === '' && (
        <>
          <CurrentIncidents />
          {subjects && <Rules subjects={subjects} />}
          <People />
          <section className="card" aria-labelledby="beside">
            <h2 id="beside">{words.beside}</h2>
            <Links places={places.filter(({ href }) => besides.includes(href))} />
          </section>
        </>
      )}
    </div>
  )
}

showPage({ 'zh-CN': '管理', en: 'Administration' }, <SignedIn>{() => <AdminPage />}</SignedIn>)
