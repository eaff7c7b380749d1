import { memo, type ReactNode } from 'react'
import type { CaptionLine } from '../../http/contract.ts'
import { speakerWords } from '../../http/words/people.ts'
import { language, say, sayAll } from '../language.ts'

const speakers = sayAll(speakerWords)

/** What stands in a line, in the reader's language where the house worded it. */
export const textOf = (line: CaptionLine): string =>
  language === 'en' && line.english !== undefined ? line.english : line.text

/** Who says it, as a screen reader needs it in front of each line. */
export const spokenOf = (line: CaptionLine): string =>
  line.kind === 'event' ? textOf(line) : `${speakers[line.who]}：${textOf(line)}`

/** One line of a call. @param act what a reader may do with it, such as mending a word. */
export const LineView = memo(function LineView({
  line,
  act,
}: {
  readonly line: CaptionLine
  readonly act?: (line: CaptionLine) => ReactNode
}) {
  if (line.text === '') return null
  const isQuiet = line.kind === 'event' || line.kind === 'key'
  return (
    <li
      className={`line ${isQuiet ? 'happening' : line.who}`}
      data-line={line.id}
      data-settled={line.settled}
    >
      {isQuiet ? null : (
        <span className="speaker">
          {speakers[line.who]}
          <Notes line={line} />
        </span>
      )}
      <span className="words">{withFixes(line)}</span>
      {act?.(line)}
    </li>
  )
})

function Notes({ line }: { readonly line: CaptionLine }) {
  const notes: string[] = []
  if (line.kind === 'typed') notes.push(say({ 'zh-CN': '打字', en: 'typed' }))
  if (line.voiced) notes.push(say({ 'zh-CN': '已念出', en: 'spoken' }))
  if (line.unspoken) notes.push(say({ 'zh-CN': '没有念出', en: 'not spoken' }))
  if (line.unsure) notes.push(say({ 'zh-CN': '可能听错', en: 'may be wrong' }))
  if (line.fixes) notes.push(say({ 'zh-CN': '已更正', en: 'put right' }))
  return notes.length === 0 ? null : <span className="note">{` · ${notes.join(' · ')}`}</span>
}

/** The text with what a person put right marked in it. */
function withFixes(line: CaptionLine): ReactNode {
  if (!line.fixes) return textOf(line)
  let at = 0
  const parts = line.fixes.flatMap(({ from, to, was }) => {
    const before = line.text.slice(at, from)
    at = to
    return [
      before,
      <mark key={from} title={say({ 'zh-CN': `原为“${was}”`, en: `was “${was}”` })}>
        {line.text.slice(from, to)}
      </mark>,
    ]
  })
  return [...parts, line.text.slice(at)]
}
