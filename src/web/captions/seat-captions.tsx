import { type FormEvent, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import type { CaptionLine } from '../../http/contract.ts'
import { say } from '../language.ts'
import type { CaptionConnection } from './connection.ts'
import { fixOf } from './fix.ts'
import { Aloud, LinesInBox } from './lines.tsx'
import type { Screen } from './screen.ts'
import { State } from './state.tsx'
import { Typing } from './typing.tsx'
import { useCaptions } from './use-captions.ts'

/** The captions of the call that a seat has: both sides, words to be put right, typing to the caller. */
export function SeatCaptions({
  pass,
  onHeard,
}: {
  readonly pass: string
  /** Told what the caller has said and typed so far. */
  readonly onHeard?: (heard: readonly CaptionLine[]) => void
}) {
  const line = useCaptions(pass)
  return line ? <Connected line={line} onHeard={onHeard} /> : null
}

function Connected({
  line,
  onHeard,
}: {
  readonly line: CaptionConnection
  readonly onHeard: ((heard: readonly CaptionLine[]) => void) | undefined
}) {
  const screen = useSyncExternalStore(line.subscribe, line.screen)
  const { lines } = screen
  useEffect(() => {
    const own = lines.filter(one => one?.who === 'citizen' && (one.kind === 'speech' || one.kind === 'typed'))
    onHeard?.(own)
  }, [lines, onHeard])
  const isUp = screen.connection === 'live' || screen.connection === 'lost'
  return (
    <section className="captions-in-box" aria-label={say({ 'zh-CN': '通话字幕', en: 'Call captions' })}>
      <State screen={screen} />
      <LinesInBox screen={screen} act={isUp ? mendOf(line) : undefined} />
      <Aloud screen={screen} />
      {isUp ? <SeatTools line={line} screen={screen} /> : null}
    </section>
  )
}

/** What a seat does beside reading: reads out the code, switches captions on, types. */
export function SeatTools({
  line,
  screen: { code, status },
}: {
  readonly line: CaptionConnection
  readonly screen: Screen
}) {
  return (
    <>
      {code === undefined ? null : (
        <p>
          {say({ 'zh-CN': '念给来电人的字幕码：', en: 'Code to read to the caller: ' })}
          <span className="code-to-read">{`${code.slice(0, 4)} ${code.slice(4)}`}</span>
        </p>
      )}
      {status?.ear === 'off' ? (
        <button type="button" className="button main" onClick={() => line.tell({ kind: 'on' })}>
          {say({ 'zh-CN': '打开字幕', en: 'Captions on' })}
        </button>
      ) : null}
      <Typing line={line} />
    </>
  )
}

/** What `Lines` shows beside a line that may be put right. */
export const mendOf =
  (line: CaptionConnection) =>
  (caption: CaptionLine): ReactNode => {
    const isMendable = caption.settled && (caption.kind === 'speech' || caption.kind === 'typed')
    return isMendable ? <Mend line={line} caption={caption} /> : null
  }

/** A line as a field: whatever a person changes in it is told as the shortest change. */
function Mend({ line, caption }: { readonly line: CaptionConnection; readonly caption: CaptionLine }) {
  const [text, setText] = useState<string>()
  const { refusedFixes } = useSyncExternalStore(line.subscribe, line.screen)
  if (text === undefined)
    return (
      <button type="button" className="button" onClick={() => setText(caption.text)}>
        {say({ 'zh-CN': '更正', en: 'Put right' })}
        <span className="aloud">{`：${caption.text}`}</span>
        {refusedFixes.includes(caption.id) ? say({ 'zh-CN': '（没有改成）', en: ' (not done)' }) : null}
      </button>
    )
  const save = (event: FormEvent) => {
    event.preventDefault()
    const fix = fixOf(caption.id, caption.text, text)
    if (fix) line.tell(fix)
    setText(undefined)
  }
  return (
    <form className="mend" onSubmit={save}>
      <input
        aria-label={say({ 'zh-CN': '这一行应当是', en: 'This line should read' })}
        // biome-ignore lint/a11y/noAutofocus: whoever pressed the button means to type here
        autoFocus
        value={text}
        maxLength={500}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => event.key === 'Escape' && setText(undefined)}
      />
      <button type="submit" className="button">
        {say({ 'zh-CN': '改好', en: 'Done' })}
      </button>
    </form>
  )
}
