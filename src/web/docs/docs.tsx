import './docs.css'
import { useEffect, useId, useState } from 'react'
import { showPage } from '../design/page.tsx'
import { type ApiDocument, subjectsIn } from './api-document.ts'
import { RouteDetails } from './route.tsx'
import { title, words } from './words.ts'

/** The HTTP API, for people: read from the document that programs read. */
function Docs() {
  const [document, setDocument] = useState<ApiDocument | 'lost'>()
  const [wanted, setWanted] = useState('')
  const id = useId()
  useEffect(() => {
    fetch('/docs/json')
      .then(answer => (answer.ok ? answer.json() : 'lost'))
      .then(setDocument, () => setDocument('lost'))
  }, [])
  if (document === 'lost') return <p role="alert">{words.lost}</p>
  if (!document) return <p role="status">{words.loading}</p>
  const subjects = subjectsIn(document, wanted)
  const routes = subjects.reduce((sum, subject) => sum + subject.routes.length, 0)
  return (
    <div className="docs">
      <p>{words.about}</p>
      <p>
        <a href="/docs/json">{words.whole}</a>
      </p>
      <search>
        <label htmlFor={id}>{words.find}</label>
        <input
          id={id}
          type="search"
          aria-describedby={`${id}-hint`}
          value={wanted}
          onChange={event => setWanted(event.target.value)}
        />
        <span className="quiet" id={`${id}-hint`}>
          {words.hint}
        </span>
      </search>
      <p role="status">{routes === 0 ? words.none : words.found(routes)}</p>
      {subjects.map(subject => (
        <section key={subject.tag} aria-labelledby={`${id}-${subject.tag}`}>
          <h2 id={`${id}-${subject.tag}`} lang="en">
            {subject.tag}
          </h2>
          {subject.routes.map(route => (
            <RouteDetails key={`${route.method} ${route.path}`} route={route} />
          ))}
        </section>
      ))}
    </div>
  )
}

showPage(title, <Docs />)
