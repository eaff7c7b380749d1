import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { RuleStand } from '../../rulebook/api.ts'
import { Content } from './content.tsx'
import { Stand } from './overview.tsx'
import { Versions } from './versions.tsx'
import { subjectNotes, subjectWords, words } from './words.ts'

const views = ['content', 'versions'] as const

/** Rules of one subject: what stands in them, and what stood. */
export function Subject({ stand }: { readonly stand: RuleStand }) {
  const [view, setView] = useState<(typeof views)[number]>('content')
  return (
    <div className="rule-subject">
      <h2>{subjectWords[stand.subject]}</h2>
      <p>{subjectNotes[stand.subject]}</p>
      <Stand stand={stand} />
      <nav className="acts" aria-label={words.parts}>
        {views.map(one => (
          <Button
            key={one}
            className={one === view ? 'button main' : 'button'}
            aria-pressed={one === view}
            onPress={() => setView(one)}
          >
            {words.views[one]}
          </Button>
        ))}
      </nav>
      {view === 'content' ? <Content stand={stand} /> : <Versions subject={stand.subject} />}
    </div>
  )
}
