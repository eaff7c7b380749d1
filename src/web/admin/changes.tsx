import type { RuleChange, RuleSubjectName } from '../../rulebook/api.ts'
import { fieldSaid, words } from './words.ts'

/** What is other, a place after the other: what went is struck, what came is underlined, and both say so aloud. */
export function Changes({
  subject,
  changes,
}: {
  readonly subject: RuleSubjectName
  readonly changes: readonly RuleChange[]
}) {
  if (changes.length === 0) return <p className="quiet">{words.same}</p>
  return (
    <dl className="changes" aria-label={words.changes}>
      {changes.map(({ at, was, is }) => (
        <div key={at.join('.')}>
          <dt>{at.map(step => fieldSaid(subject, step)).join(' · ')}</dt>
          {was.map(value => (
            <dd key={`- ${value}`} lang="zh-CN">
              − <del>{value}</del>
            </dd>
          ))}
          {is.map(value => (
            <dd key={`+ ${value}`} lang="zh-CN">
              + <ins>{value}</ins>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
