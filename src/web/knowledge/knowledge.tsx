import './knowledge.css'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Editor } from './editor.tsx'
import { Entry } from './entry.tsx'
import { Exchange } from './exchange.tsx'
import { Figures } from './figures.tsx'
import { Inbox } from './inbox.tsx'
import { Entries } from './list.tsx'
import { Search } from './search.tsx'
import { words } from './words.ts'

type View = keyof typeof words.views

/** Agents look up; units and the centre write, review and look after what ends. */
function KnowledgePage({ member }: { readonly member: Member }) {
  const isWriter = member.role !== 'seat'
  const views: readonly View[] = isWriter
    ? ['search', 'inbox', 'list', 'figures', 'exchange']
    : ['search', 'list']
  const [view, setView] = useState<View>('search')
  // An order leads to the entry that it was answered with.
  const [open, setOpen] = useState(location.hash.slice(1) || undefined)
  const [isNew, setIsNew] = useState(false)
  const show = (id: string | undefined) => {
    setIsNew(false)
    setOpen(id)
  }
  return (
    <div className="knowledge">
      <nav aria-label={words.view}>
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
        {isWriter && (
          <Button
            className="button"
            onPress={() => {
              setOpen(undefined)
              setIsNew(true)
            }}
          >
            {words.make}
          </Button>
        )}
      </nav>
      <div className={open !== undefined || isNew ? 'halves' : undefined}>
        <div>
          {view === 'search' && <Search open={show} />}
          {view === 'inbox' && <Inbox open={show} />}
          {view === 'list' && <Entries open={show} />}
          {view === 'figures' && <Figures />}
          {view === 'exchange' && <Exchange />}
        </div>
        {isNew && <Editor member={member} done={show} cancel={() => setIsNew(false)} />}
        {open !== undefined && !isNew && (
          <Entry key={open} id={open} member={member} close={() => setOpen(undefined)} />
        )}
      </div>
    </div>
  )
}

showPage(
  { 'zh-CN': '知识库', en: 'Knowledge' },
  <SignedIn>{({ member }) => <KnowledgePage member={member} />}</SignedIn>,
)
