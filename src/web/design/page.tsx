import './design.css'
import { type MouseEvent, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { language, say, type Words } from '../language.ts'
import { Colours } from './colours.tsx'

/** Past what stands on every page of staff, too, where there is such. */
function skip(event: MouseEvent) {
  const content = document.getElementById('content')
  if (!content) return
  event.preventDefault()
  content.focus()
}

/** What every page shares: a way past the header, the name, the colours, the other language, one main part. */
function Shell({
  title,
  hasOwnColours,
  children,
}: {
  readonly title: Words
  readonly hasOwnColours: boolean
  readonly children: ReactNode
}) {
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="shell">
      {/* biome-ignore lint/a11y/useValidAnchor: it leads within the page, and further where there is more to pass */}
      <a className="skip" href="#main" onClick={skip}>
        {say({ 'zh-CN': '跳到正文', en: 'Skip to content' })}
      </a>
      <header>
        <h1>{say(title)}</h1>
        <div className="choices-of-all">
          {hasOwnColours ? null : <Colours />}
          <a href={`?lang=${other}`} lang={other}>
            {other === 'en' ? 'English' : '中文'}
          </a>
        </div>
      </header>
      <main id="main">{children}</main>
    </div>
  )
}

/** Puts a page on the screen. @param hasOwnColours whether it has a place of its own to choose light or dark */
export function showPage(title: Words, content: ReactNode, hasOwnColours = false): void {
  document.documentElement.lang = language
  document.title = say(title)
  const place = document.getElementById('page')
  if (!place) throw new Error('index.html: no element with id "page"')
  createRoot(place).render(
    <StrictMode>
      <Shell title={title} hasOwnColours={hasOwnColours}>
        {content}
      </Shell>
    </StrictMode>,
  )
}
