import { useEffect, useState } from 'react'
import { keep, kept } from '../kept.ts'
import { say } from '../language.ts'

/** In px. 30 is what the ministry's rule for apps asks to be reachable; who sees badly wants more. */
const sizes = [18, 20, 22, 26, 30, 36, 42, 48, 54, 60] as const
const themes = ['light dark', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

export type LookState = ReturnType<typeof useLook>

/** How captions look, kept on this device. */
export function useLook() {
  const [size, setSize] = useState(() => {
    const chosen = Number(kept('caption-size'))
    return sizes.find(one => one === chosen) ?? 26
  })
  const [theme, setTheme] = useState(() => themes.find(one => one === kept('caption-theme')) ?? themes[0])
  useEffect(() => keep('caption-size', String(size)), [size])
  useEffect(() => {
    keep('caption-theme', theme)
    document.documentElement.style.colorScheme = theme
  }, [theme])
  const step = (by: 1 | -1) => {
    const next = sizes[sizes.indexOf(size) + by]
    if (next !== undefined) setSize(next)
  }
  return { size, step, theme, setTheme }
}

const themeWords: Readonly<Record<Theme, { readonly 'zh-CN': string; readonly en: string }>> = {
  'light dark': { 'zh-CN': '随系统', en: 'As system' },
  light: { 'zh-CN': '浅色', en: 'Light' },
  dark: { 'zh-CN': '深色', en: 'Dark' },
}

export function Look({ size, step, theme, setTheme }: LookState) {
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'dark'
  return (
    <details className="look">
      <summary className="button">{say({ 'zh-CN': '显示', en: 'Display' })}</summary>
      <div className="choices">
        <button
          type="button"
          className="button"
          aria-label={say({ 'zh-CN': '字−，小一点', en: 'A−, smaller text' })}
          disabled={size === sizes[0]}
          onClick={() => step(-1)}
        >
          {say({ 'zh-CN': '字−', en: 'A−' })}
        </button>
        <output className="size" aria-label={say({ 'zh-CN': '字号', en: 'Text size' })}>
          {size}
        </output>
        <button
          type="button"
          className="button"
          aria-label={say({ 'zh-CN': '字＋，大一点', en: 'A+, larger text' })}
          disabled={size === sizes.at(-1)}
          onClick={() => step(1)}
        >
          {say({ 'zh-CN': '字＋', en: 'A+' })}
        </button>
        <button type="button" className="button" onClick={() => setTheme(next)}>
          <span className="aloud">{say({ 'zh-CN': '颜色：', en: 'Colours: ' })}</span>
          {say(themeWords[theme])}
        </button>
      </div>
    </details>
  )
}
