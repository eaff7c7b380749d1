import './ladder.css'
import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import type { CallerLadder } from '../../callers/ladder/api.ts'
import { showPage } from '../design/page.tsx'
import { Trouble } from '../design/trouble.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Steps } from './steps.tsx'
import { Taking } from './taking.tsx'
import { useLadder, useLadders } from './use-ladder.ts'
import { stepWords, timeOf, words } from './words.ts'

/** Callers with whom steps were taken, and the next step with each. */
function LadderPage({ member }: Signed) {
  const { callers, trouble } = useLadders()
  return (
    <div className="ladder">
      <section className="card" aria-label={words.ladder}>
        <h2>{words.ladder}</h2>
        <p className="quiet">{words.method}</p>
        <Trouble text={trouble} />
        {!callers && trouble === '' && <p role="status">{words.asking}</p>}
        {callers?.length === 0 && <p>{words.none}</p>}
        <ul>
          {callers?.map(({ number, ...ladder }) => (
            <li key={number}>
              <One number={number} ladder={ladder} member={member} />
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-label={words.begin}>
        <h2>{words.begin}</h2>
        <Another member={member} />
      </section>
    </div>
  )
}

type Reader = Pick<Signed, 'member'>

const One = ({
  number,
  ladder: { steps, next, restrictedUntilMs },
  member,
}: Reader & { readonly number: string; readonly ladder: CallerLadder }) => (
  <>
    <h3>
      {number}
      {restrictedUntilMs !== undefined && ` · ${words.restricted(timeOf(restrictedUntilMs))}`}
    </h3>
    <Steps steps={steps} member={member} />
    {next !== undefined && (
      <details>
        <summary>
          {words.next}：{stepWords[next]}
        </summary>
        <Taking key={next} number={number} step={next} />
      </details>
    )}
  </>
)

/** A number that is on no list yet. */
function Another({ member }: Reader) {
  const [written, setWritten] = useState('')
  const [number, setNumber] = useState('')
  const { ladder, trouble } = useLadder(number)
  const look = (event: FormEvent) => {
    event.preventDefault()
    setNumber(written.replace(/[\s-]/g, ''))
  }
  return (
    <>
      <form className="acts" onSubmit={look}>
        <TextField value={written} onChange={setWritten} isRequired inputMode="tel" maxLength={24}>
          <Label>{words.number}</Label>
          <Input />
        </TextField>
        <Button className="button" type="submit">
          {words.look}
        </Button>
      </form>
      <Trouble text={trouble} />
      {ladder && <One number={number} ladder={ladder} member={member} />}
    </>
  )
}

showPage(
  { 'zh-CN': '不当来电', en: 'Misused calls' },
  <SignedIn>{signed => <LadderPage {...signed} />}</SignedIn>,
)
