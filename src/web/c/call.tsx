import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type CaptionConnection, connectCaptions } from '../captions/connection.ts'
import { LineView, spokenOf } from '../captions/line-view.tsx'
import type { Screen } from '../captions/screen.ts'
import { say } from '../language.ts'
import { CodeForm } from './code-form.tsx'
import { Look, useLook } from './look.tsx'
import { State } from './state.tsx'
import { Typing } from './typing.tsx'

/** A call as text, as it is spoken, and what its reader can say and ask. */
export function Call({ pass }: { readonly pass: string }) {
  const [line, setLine] = useState<CaptionConnection>()
  useEffect(() => {
    const made = connectCaptions(pass)
    setLine(made)
    return made.close
  }, [pass])
  return line ? <Connected line={line} /> : null
}

function Connected({ line }: { readonly line: CaptionConnection }) {
  const screen = useSyncExternalStore(line.subscribe, line.screen)
  const look = useLook()
  const isRefused = typeof screen.connection === 'object'
  const isUp = !isRefused && screen.connection !== 'over'
  if (isRefused)
    return (
      <>
        <State screen={screen} />
        <CodeForm />
      </>
    )
  return (
    <div className="call" style={{ '--caption-size': `${look.size}px` } as React.CSSProperties}>
      <div className="bar">
        <State screen={screen} />
        <Look {...look} />
      </div>
      <Lines screen={screen} />
      <Aloud screen={screen} />
      {isUp ? (
        <div className="say">
          <Typing line={line} />
          <div className="ask">
            <Once
              className="button main"
              onPress={() => line.tell({ kind: 'person' })}
              words={say({ 'zh-CN': '转人工', en: 'To a person' })}
              done={
                screen.status?.seat === undefined
                  ? say({ 'zh-CN': '正在转人工', en: 'Connecting you' })
                  : say({ 'zh-CN': '已接通人工', en: 'You have a person' })
              }
              isDone={screen.status?.seat !== undefined}
            />
            <Once
              className="button"
              onPress={() => line.tell({ kind: 'wrong' })}
              words={say({ 'zh-CN': '字幕不对', en: 'Captions are wrong' })}
              done={say({ 'zh-CN': '已请坐席打字', en: 'The seat will type' })}
            />
          </div>
        </div>
      ) : null}
    </div>
  )
}

/** A button that says what it has brought about, and can be pressed again after a while. */
function Once({
  className,
  onPress,
  words,
  done,
  isDone = false,
}: {
  readonly className: string
  readonly onPress: () => void
  readonly words: string
  readonly done: string
  readonly isDone?: boolean
}) {
  const [pressed, setPressed] = useState(false)
  useEffect(() => {
    if (!pressed) return
    const timer = setTimeout(() => setPressed(false), 8000)
    return () => clearTimeout(timer)
  }, [pressed])
  const press = () => {
    if (pressed || isDone) return
    onPress()
    setPressed(true)
  }
  return (
    <button type="button" className={className} aria-disabled={isDone} onClick={press}>
      {pressed || isDone ? done : words}
    </button>
  )
}

/** How near its end a page counts as being there, in px. */
const nearEnd = 120

/** The lines, the newest kept in sight until the reader scrolls away from it. */
function Lines({ screen }: { readonly screen: Screen }) {
  const end = useRef<HTMLDivElement>(null)
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
      <ol className="lines" aria-label={say({ 'zh-CN': '通话内容', en: 'What is said' })}>
        {screen.lines.map(line => (
          <LineView key={line.id} line={line} />
        ))}
      </ol>
      <div ref={end} />
      {follows ? null : (
        <button type="button" className="button latest" onClick={() => setFollows(true)}>
          {say({ 'zh-CN': '回到最新', en: 'To the latest' })}
        </button>
      )}
    </>
  )
}

/** What a screen reader may keep of what it has to read. */
const mostAloud = 12

/**
 * For screen readers: each line once, when it is settled; never its corrections. What the reader typed they know.
 */
function Aloud({ screen }: { readonly screen: Screen }) {
  const read = useRef(new Map<number, string>())
  const fresh = useMemo(() => {
    for (const line of screen.lines) {
      const isOwn = line.who === 'citizen' && line.kind === 'typed'
      if (line.settled && line.text !== '' && !isOwn && !read.current.has(line.id))
        read.current.set(line.id, spokenOf(line))
    }
    return [...read.current].slice(-mostAloud)
  }, [screen.lines])
  return (
    <div className="aloud" role="log" aria-live="polite" aria-relevant="additions">
      {fresh.map(([id, text]) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
