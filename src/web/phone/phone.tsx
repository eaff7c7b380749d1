import '../captions/captions.css'
import './phone.css'
import { useEffect, useRef } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { showPage } from '../design/page.tsx'
import { SteadyButton } from '../design/steady-button.tsx'
import { NoticesForAll } from '../house/notices.tsx'
import { Captions } from './captions.tsx'
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
            {words.trouble[trouble]}
          </p>
        )}
        {call.isAsleep && (
          <div className="trouble" role="alert">
            <p>{words.asleep}</p>
            <Button className="button main" onPress={call.wake}>
              {words.wake}
            </Button>
          </div>
        )}
        <SteadyButton
          meaning={isBusy ? 'hang up' : 'ring'}
          atOnce
          className={isBusy ? 'button main ring end' : 'button main ring'}
          onPress={isBusy ? call.hangUp : () => void (call.isAwaited ? call.resume() : call.ring())}
        >
          {isBusy ? words.hangUp : call.isAwaited ? words.goOn : words.ring}
        </SteadyButton>
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
        <ShortCuts />
      </section>
      <Captions pass={call.captions} />
    </div>
  )
}

/** What keys do while callers are greeted, and while they wait: the greeting keeps nobody waiting for it. */
const ShortCuts = () => (
  <section className="short-cuts" aria-labelledby="short-cuts">
    <h2 id="short-cuts">{words.shortCuts}</h2>
    <dl>
      {words.keyMeanings.map(([key, meaning]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </section>
)

/** Keys by hand, and by the keyboard wherever nothing is being typed. */
function Keypad({ isUp, press }: { readonly isUp: boolean; readonly press: (key: string) => void }) {
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    if (!isUp) return
    const onKey = ({ key, target, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const isTyping = target instanceof HTMLInputElement && target.type !== 'checkbox'
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

showPage(
  { 'zh-CN': '拨打 12345', en: 'Call 12345' },
  <>
    <NoticesForAll />
    <Phone />
  </>,
)
