import { type KeyboardEvent, useRef, useState } from 'react'
import { keep, kept } from '../kept.ts'
import { say } from '../language.ts'
import type { CaptionConnection } from './connection.ts'

/**
 * Letters leave as soon as they are sure: at each key, or when an input method has made a word of several.
 * @param speaks whether lines are spoken to the other side until the reader chooses
 */
export function Typing({
  line,
  speaks = false,
}: {
  readonly line: CaptionConnection
  readonly speaks?: boolean
}) {
  const [text, setText] = useState('')
  const [voice, setVoice] = useState(() => (kept('caption-voice') ?? (speaks ? 'yes' : 'no')) === 'yes')
  const composing = useRef(false)

  const change = (value: string) => {
    setText(value)
    if (!composing.current) line.type(value)
  }
  const finish = () => {
    if (text.trim() === '') return
    line.finish(text, voice)
    setText('')
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    finish()
  }
  return (
    <div className="typing">
      <label htmlFor="typed" className="aloud">
        {say({
          'zh-CN': '打字给对方，每个字马上送到',
          en: 'Type to the other side: each letter is sent at once',
        })}
      </label>
      <input
        id="typed"
        value={text}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="send"
        placeholder={say({ 'zh-CN': '在这里打字，对方马上看到', en: 'Type here, seen at once' })}
        onChange={event => change(event.target.value)}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={event => {
          composing.current = false
          line.type(event.currentTarget.value)
        }}
        onKeyDown={onKey}
      />
      <button type="button" className="button" onClick={finish}>
        {say({ 'zh-CN': '发送', en: 'Send' })}
      </button>
      <label className="voice">
        <input
          type="checkbox"
          checked={voice}
          onChange={event => {
            setVoice(event.target.checked)
            keep('caption-voice', event.target.checked ? 'yes' : 'no')
          }}
        />
        {say({ 'zh-CN': '打完一行念给对方听', en: 'Speak each line to the other side' })}
      </label>
    </div>
  )
}
