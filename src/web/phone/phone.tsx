import './phone.css'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button, Input, Label, TextField, ToggleButton } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { language } from '../language.ts'
import { useCaptions } from './captions.ts'
import { useCall } from './use-call.ts'
import { words } from './words.ts'

const number = '12345'
const keys = [...'123456789*0#']

/** A telephone on a page: one big button, a person always in the same place, keys, and what is said as text. */
function Phone() {
  const call = useCall(number)
  const { isUp, state, trouble } = call
  const isBusy = isUp || state === 'asking' || state === 'returning'
  return (
    <div className="phone">
      <section className="call">
        <p className="state" role="status">
          {call.isAwaited ? words.waits : words.state[state]}
        </p>
        {trouble && (
          <p className="trouble" role="alert">
            {trouble === 'refused' ? words.refused : words.lostMicrophone}
          </p>
        )}
        {isBusy ? (
          <Button className="button main ring end" onPress={call.hangUp}>
            {words.hangUp}
          </Button>
        ) : (
          <Button
            className="button main ring"
            onPress={() => void (call.isAwaited ? call.resume() : call.ring())}
          >
            {call.isAwaited ? words.goOn : words.ring}
          </Button>
        )}
        <div className="always">
          <Button
            className="button person"
            isDisabled={!isUp && !call.isAwaited && state !== 'returning'}
            onPress={call.person}
          >
            {words.person}
          </Button>
          <ToggleButton
            className={({ isSelected }) => (isSelected ? 'button main' : 'button')}
            isDisabled={!isUp}
            isSelected={call.isMuted}
            onChange={call.mute}
          >
            {words.mute}
          </ToggleButton>
        </div>
        <meter aria-label={words.level} min={0} max={0.3} value={Math.min(0.3, call.level)} />
        <Keypad isUp={isUp} press={call.press} />
      </section>
      <Captions pass={call.captions} isUp={isUp} />
    </div>
  )
}

/** Keys by hand, and by the keyboard wherever nothing is being typed. */
function Keypad({ isUp, press }: { readonly isUp: boolean; readonly press: (key: string) => void }) {
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    if (!isUp) return
    const onKey = ({ key, target, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const isTyping = target instanceof HTMLInputElement
      if (keys.includes(key) && !repeat && !isTyping && !ctrlKey && !metaKey && !altKey) latest.current(key)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isUp])
  return (
    <fieldset className="keys" aria-label={words.keypad}>
      {keys.map(key => (
        <Button
          key={key}
          className="button"
          aria-label={words.key(key)}
          isDisabled={!isUp}
          onPress={() => press(key)}
        >
          {key}
        </Button>
      ))}
    </fieldset>
  )
}

function Captions({ pass, isUp }: { readonly pass: string | undefined; readonly isUp: boolean }) {
  const { lines, type } = useCaptions(pass)
  const [text, setText] = useState('')
  const [typed, setTyped] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const newest = lines.at(-1)?.text
  useEffect(() => {
    if (newest !== undefined) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [newest])

  const change = (now: string) => {
    setText(now)
    type(typed, now, false)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (text === '') return
    type(typed, text, true)
    setTyped(typed + 1)
    setText('')
  }
  return (
    <section className="card captions" aria-label={words.captions}>
      <h2>{words.captions}</h2>
      {lines.length === 0 && <p className="quiet">{words.noCaptions}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard (WCAG 2.1.1) */}
      <ul className="lines" ref={list} aria-live="polite" aria-label={words.captions} tabIndex={0}>
        {lines.map(({ id, who, text: said, english }) => (
          <li key={id} className={who}>
            <span className="who quiet">{words.who[who]}</span>
            {language === 'en' ? (english ?? said) : said}
          </li>
        ))}
      </ul>
      <form className="typing" onSubmit={send}>
        <TextField
          className="field"
          value={text}
          onChange={change}
          isDisabled={!isUp || pass === undefined}
          maxLength={500}
        >
          <Label>{words.typing}</Label>
          <Input />
        </TextField>
        <Button className="button" type="submit" isDisabled={!isUp || pass === undefined}>
          {words.send}
        </Button>
      </form>
    </section>
  )
}

showPage({ 'zh-CN': '拨打 12345', en: 'Call 12345' }, <Phone />)
