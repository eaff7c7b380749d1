import { say, type Words } from '../language.ts'
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts'

const themeWords: Readonly<Record<Theme, Words>> = {
  system: { 'zh-CN': '随系统', en: 'As system' },
  light: { 'zh-CN': '浅色', en: 'Light' },
  dark: { 'zh-CN': '深色', en: 'Dark' },
}
const name = say({ 'zh-CN': '颜色', en: 'Colours' })

/** Light, dark, or as the system is: a choice for the head of a page. */
export function Colours() {
  const theme = useTheme()
  return (
    <select
      className="colours"
      aria-label={name}
      value={theme}
      onChange={event => chooseTheme(themes.find(one => one === event.target.value) ?? 'system')}
    >
      {themes.map(one => (
        <option key={one} value={one}>
          {say(themeWords[one])}
        </option>
      ))}
    </select>
  )
}

/** The same as a button, among others: each press shows the next. */
export function ColoursButton() {
  const theme = useTheme()
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  return (
    <button type="button" className="button" onClick={() => chooseTheme(next)}>
      <span className="aloud">{say({ 'zh-CN': `${name}：`, en: `${name}: ` })}</span>
      {say(themeWords[theme])}
    </button>
  )
}
