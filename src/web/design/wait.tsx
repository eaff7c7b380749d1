import './wait.css'
import { say, type Words } from '../language.ts'

/** Something that waits for whoever reads this: how many, of what, and where it is done. Nothing where none waits. */
export function Wait({
  count,
  of,
  href,
  isLate = false,
}: {
  readonly count: number | undefined
  readonly of: Words
  readonly href: string
  /** It should have been done. */
  readonly isLate?: boolean
}) {
  if (count === undefined || count === 0) return null
  return (
    <li className="wait" data-late={isLate || undefined}>
      <a href={href}>
        <strong>{count}</strong> {say(of)}
      </a>
    </li>
  )
}
