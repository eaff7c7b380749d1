import { useEffect, useState, useSyncExternalStore } from 'react'
import type { CaptionConnection } from '../captions/connection.ts'
import { Aloud, Lines } from '../captions/lines.tsx'
import { mendOf, SeatTools } from '../captions/seat-captions.tsx'
import { State } from '../captions/state.tsx'
import { Typing } from '../captions/typing.tsx'
import { useCaptions } from '../captions/use-captions.ts'
import { say } from '../language.ts'
import { CodeForm } from './code-form.tsx'
import { Look, useLook } from './look.tsx'

/** A call as text, as it is spoken, and what its reader can say and ask. */
export function Call({ pass }: { readonly pass: string }) {
  const line = useCaptions(pass)
  return line ? <Connected line={line} /> : null
}

function Connected({ line }: { readonly line: CaptionConnection }) {
  const screen = useSyncExternalStore(line.subscribe, line.screen)
  const look = useLook()
  // A page that is loaded anew opens by the link, too.
  useEffect(() => {
    if (screen.link !== undefined) history.replaceState(null, '', `/c/${screen.link}${location.search}`)
  }, [screen.link])
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
      <Lines screen={screen} act={screen.role === 'seat' && isUp ? mendOf(line) : undefined} />
      <Aloud screen={screen} />
      {isUp && screen.role === 'seat' ? (
        <div className="say">
          <SeatTools line={line} screen={screen} />
        </div>
      ) : null}
      {isUp && screen.role !== 'seat' ? (
        <div className="say">
          <Typing line={line} />
          <div className="ask">
            <Once
              className="button main"
              onPress={() => line.tell({ kind: 'person' })}
              words={say({ 'zh-CN': '转人工', en: 'To a person' })}
              done={
                screen.status?.agent === undefined
                  ? say({ 'zh-CN': '正在转人工', en: 'Connecting you' })
                  : say({ 'zh-CN': '已接通人工', en: 'You have a person' })
              }
              isDone={screen.status?.agent !== undefined}
            />
            <Once
              className="button"
              onPress={() => line.tell({ kind: 'wrong' })}
              words={say({ 'zh-CN': '字幕不对', en: 'Captions are wrong' })}
              done={say({ 'zh-CN': '已请话务员打字', en: 'The agent will type' })}
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
