import type { CatalogueChange } from '../../catalogue/versions/api.ts'
import { aboutWords, changeWords, fieldSaid, said, words } from './words.ts'

/** What is other, a thing after the other: what went is struck, what came is underlined, and both say so aloud. */
export function Changes({ changes }: { readonly changes: readonly CatalogueChange[] }) {
  if (changes.length === 0) return <p className="quiet">{words.same}</p>
  return (
    <ul className="changes" aria-label={words.changes}>
      {changes.map(({ about, name, what, fields }) => (
        <li key={`${about} ${name}`}>
          <strong lang="zh-CN">
            {changeWords[what]} {aboutWords[about]} {name}
          </strong>
          <dl>
            {fields.map(field => (
              <div key={field.name}>
                <dt>{fieldSaid(field.name)}</dt>
                {field.was.map(value => (
                  <dd key={`- ${value}`} lang="zh-CN">
                    − <del>{said(value)}</del>
                  </dd>
                ))}
                {field.is.map(value => (
                  <dd key={`+ ${value}`} lang="zh-CN">
                    + <ins>{said(value)}</ins>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
