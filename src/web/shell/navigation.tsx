import './navigation.css'
import type { Role } from '../../http/contract.ts'
import { say } from '../language.ts'
import { More } from './more.tsx'
import type { PagePlace } from './page-place.ts'
import { placeHere, placesOf } from './places.ts'
import { useNarrow } from './use-narrow.ts'

/** So many stand in a row; what is behind them is a key away. */
const mostInARow = 6

/** The pages of this role, on each of them: those of every day in a row, the one that is open among them, all others behind “more”. */
export function Navigation({ role }: { readonly role: Role }) {
  const isNarrow = useNarrow()
  const here = placeHere()
  const all = placesOf(role)
  const most = isNarrow ? 0 : mostInARow
  // A menu of one would take the place of what is in it.
  const first = all.length <= most + 1 ? all : all.slice(0, most)
  const own = all.filter(place => first.includes(place) || place.href === here?.href)
  const others = all.filter(place => !own.includes(place))
  return (
    <nav className="navigation" aria-label={words.pages}>
      {own.map(place => (
        <Way key={place.href} to={place} here={here} />
      ))}
      {others.length > 0 && (
        <More name={isNarrow ? words.pages : words.more}>
          {others.map(place => (
            <li key={place.href}>
              <Way to={place} here={here} />
            </li>
          ))}
        </More>
      )}
    </nav>
  )
}

/** From a page that may hold a call the others open beside it, each in a tab of its own. */
function Way({ to: { href, name }, here }: { readonly to: PagePlace; readonly here: PagePlace | undefined }) {
  const isHere = href === here?.href
  const isBeside = !isHere && here?.holdsACall === true
  return (
    <a
      href={href}
      aria-current={isHere ? 'page' : undefined}
      target={isBeside ? href.slice(1) : undefined}
      aria-label={isBeside ? words.beside(say(name)) : undefined}
    >
      {say(name)}
      {isBeside && ' ↗'}
    </a>
  )
}

const words = {
  pages: say({ 'zh-CN': '页面', en: 'Pages' }),
  more: say({ 'zh-CN': '更多', en: 'More' }),
  beside: (name: string) => say({ 'zh-CN': `${name}（在新标签页打开）`, en: `${name} (opens in a new tab)` }),
}
