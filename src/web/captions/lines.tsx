import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { CaptionLine } from '../../http/contract.ts'
import { say } from '../language.ts'
import { LineView, spokenOf } from './line-view.tsx'
import type { Screen } from './screen.ts'

const said = say({ 'zh-CN': '通话内容', en: 'What is said' })

/** How near its end a page counts as being there, in px. */
const nearEnd = 120

/** The lines, the newest kept in sight until the reader scrolls away from it. */
export function Lines({
  screen,
  act,
}: {
  readonly screen: Screen
  readonly act?: (line: CaptionLine) => ReactNode
}) {
  const [follows, setFollows] = useState(true)
  useEffect(() => {
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement
      setFollows(scrollHeight - scrollTop - clientHeight < nearEnd)
    }
    addEventListener('scroll', look, { passive: true })
    return () => removeEventListener('scroll', look)
  }, [])
  useEffect(() => {
    if (follows) scrollTo(0, document.documentElement.scrollHeight)
  }, [follows, screen])
  return (
    <>
      <ol className="lines" aria-label={said}>
        {screen.lines.map(line => (
          <LineView key={line.id} line={line} act={act} />
        ))}
      </ol>
      {follows ? null : (
        <button type="button" className="button latest" onClick={() => setFollows(true)}>
          {say({ 'zh-CN': '回到最新', en: 'To the latest' })}
        </button>
      )}
    </>
  )
}

/** The same among other things of a page: in a box that scrolls by itself, which leaves the page where it is. */
export function LinesInBox({
  screen,
  act,
}: {
  readonly screen: Screen
  readonly act?: (line: CaptionLine) => ReactNode
}) {
  const box = useRef<HTMLOListElement>(null)
  const follows = useRef(true)
  const look = () => {
    if (!box.current) return
    const { scrollTop, clientHeight, scrollHeight } = box.current
    follows.current = scrollHeight - scrollTop - clientHeight < nearEnd
  }
  useEffect(() => {
    if (follows.current && screen.last > 0) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [screen])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard (WCAG 2.1.1)
    <ol className="lines" ref={box} onScroll={look} tabIndex={0} aria-label={said}>
      {screen.lines.map(line => (
        <LineView key={line.id} line={line} act={act} />
      ))}
    </ol>
  )
}

/** What a screen reader may keep of what it has to read. */
const mostAloud = 12

/**
 * For screen readers: each line once, when it is settled; never its corrections. What the reader typed they know.
 */
export function Aloud({ screen }: { readonly screen: Screen }) {
  const read = useRef(new Map<number, string>())
  const fresh = useMemo(() => {
    for (const line of screen.lines) {
      const isOwn = line.who === (screen.role ?? 'citizen') && line.kind === 'typed'
      if (line.settled && line.text !== '' && !isOwn && !read.current.has(line.id))
        read.current.set(line.id, spokenOf(line))
    }
    return [...read.current].slice(-mostAloud)
  }, [screen.lines, screen.role])
  return (
    <div className="aloud" role="log" aria-live="polite" aria-relevant="additions">
      {fresh.map(([id, text]) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
