import './design.css'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { language, say, type Words } from '../language.ts'
import { type Theme, turnTheme, useTheme } from './theme.ts'

const themeWords: Readonly<Record<Theme, Words>> = {
  system: { 'zh-CN': '随系统', en: 'As system' },
  light: { 'zh-CN': '浅色', en: 'Light' },
  dark: { 'zh-CN': '深色', en: 'Dark' },
}

/** What every page shares: a way past the header, the name, the colours, the other language, one main part. */
function Shell({ title, children }: { readonly title: Words; readonly children: ReactNode }) {
  const other = language === 'en' ? 'zh-CN' : 'en'
  const theme = useTheme()
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say({ 'zh-CN': '跳到正文', en: 'Skip to content' })}
      </a>
      <header>
        <h1>{say(title)}</h1>
        <div className="choices-of-all">
          <button type="button" className="button plain" onClick={turnTheme}>
            <span className="aloud">{say({ 'zh-CN': '颜色：', en: 'Colours: ' })}</span>
            {say(themeWords[theme])}
          </button>
          <a href={`?lang=${other}`} lang={other}>
            {other === 'en' ? 'English' : '中文'}
          </a>
        </div>
      </header>
      <main id="main">{children}</main>
    </div>
  )
}

/** Puts a page on the screen. */
export function showPage(title: Words, content: ReactNode): void {
  document.documentElement.lang = language
  document.title = say(title)
  const place = document.getElementById('page')
  if (!place) throw new Error('index.html: no element with id "page"')
  createRoot(place).render(
    <StrictMode>
      <Shell title={title}>{content}</Shell>
    </StrictMode>,
  )
}
