import './navigation.css'
import type { Role } from '../../http/contract.ts'
import { say } from '../language.ts'
import { placeHere, placesOf } from './places.ts'

/** The pages of this role, on each of them. From one that may hold a call the others open beside it, each in a tab of its own. */
export function Navigation({ role }: { readonly role: Role }) {
  const here = placeHere()
  return (
    <nav className="navigation" aria-label={words.pages}>
      {placesOf(role).map(({ href, name }) => {
        const isHere = href === here?.href
        const isBeside = !isHere && here?.holdsACall === true
        return (
          <a
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            target={isBeside ? href.slice(1) : undefined}
            aria-label={isBeside ? words.beside(say(name)) : undefined}
          >
            {say(name)}
            {isBeside && ' ↗'}
          </a>
        )
      })}
    </nav>
  )
}

const words = {
  pages: say({ 'zh-CN': '页面', en: 'Pages' }),
  beside: (name: string) => say({ 'zh-CN': `${name}（在新标签页打开）`, en: `${name} (opens in a new tab)` }),
}
