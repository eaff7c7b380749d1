import './catalogue.css'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { showPage } from '../design/page.tsx'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { Draft } from './draft.tsx'
import { Kind } from './kind.tsx'
import { Kinds } from './list.tsx'
import { useDraft } from './use-catalogue.ts'
import { Versions } from './versions.tsx'
import { words } from './words.ts'

const kindNow = () => location.hash.slice(1) || undefined
const views = ['kinds', 'draft', 'versions'] as const

/** Every kind that citizens can ask for, and all that is said of the one that is open: `/catalogue#01010101`. */
function CataloguePage({ member }: { readonly member: Member }) {
  const [view, setView] = useState<(typeof views)[number]>('kinds')
  const [open, setOpen] = useState(kindNow)
  const { draft } = useDraft()
  useEffect(() => {
    const follow = () => {
      setOpen(kindNow())
      setView('kinds')
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  const close = () => {
    history.pushState(null, '', location.pathname + location.search)
    setOpen(undefined)
  }
  const isAdmin = member.role === 'admin'
  return (
    <>
      <nav className="catalogue-views" aria-label={words.view}>
        {views.map(one => (
          <Button
            key={one}
            className={one === view ? 'button main' : 'button'}
            aria-pressed={one === view}
            onPress={() => setView(one)}
          >
            {words.views[one]}
            {one === 'draft' && draft && draft.changes.length > 0 && ` ${draft.changes.length}`}
          </Button>
        ))}
      </nav>
      <div className="catalogue" data-open={view === 'kinds' && open !== undefined}>
        {view === 'kinds' && <Kinds open={open} />}
        {view === 'kinds' && open !== undefined && (
          <Kind key={open} code={open} close={close} saved={() => setView('draft')} />
        )}
        {view === 'draft' && <Draft isAdmin={isAdmin} />}
        {view === 'versions' && <Versions isAdmin={isAdmin} />}
      </div>
    </>
  )
}

showPage(
  { 'zh-CN': '事项目录', en: 'Catalogue' },
  <SignedIn>{({ member }) => <CataloguePage member={member} />}</SignedIn>,
)
