import { say } from '../language.ts'
import type { PagePlace } from './page-place.ts'

/** Pages, a link each, and what one does there. */
export const Links = ({ places }: { readonly places: readonly PagePlace[] }) => (
  <ul>
    {places.map(({ href, name, what }) => (
      <li key={href}>
        <a href={href}>{say(name)}</a> — {say(what)}
      </li>
    ))}
  </ul>
)

/** Where staff go on, from a page that is for everybody. */
export const WayForStaff = () => (
  <p className="quiet">
    <a href="/work">{say({ 'zh-CN': '工作人员入口', en: 'For staff' })}</a>
  </p>
)
