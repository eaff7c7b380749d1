import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components'
import type { LadderStep } from '../../callers/ladder/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { useLadderActs } from './use-ladder.ts'
import { sayings, stepWords, words } from './words.ts'

/** The next step with a caller: what to say to them, and what is written down. */
export function Taking({
  number,
  step,
  call,
}: {
  readonly number: string
  readonly step: LadderStep
  /** On which they are now: what it rests on. */
  readonly call?: string | undefined
}) {
  const { take, trouble, isBusy } = useLadderActs()
  const [facts, setFacts] = useState(call ?? '')
  const [text, setText] = useState('')
  const [days, setDays] = useState('7')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const given = { step, facts: facts.split(/\s+/).filter(Boolean), words: text.trim() }
    if (await take(number, step === 'restrict' ? { ...given, days: Number(days) } : given)) setText('')
  }
  return (
    <form className="taking" onSubmit={event => void submit(event)}>
      <p className="quiet">
        {words.saying}：{sayings[step]}
      </p>
      <TextField value={facts} onChange={setFacts} isRequired>
        <Label>{words.givenFacts}</Label>
        <TextArea rows={2} />
      </TextField>
      <TextField value={text} onChange={setText} isRequired maxLength={1000}>
        <Label>{step === 'restrict' ? words.why : words.said}</Label>
        <TextArea rows={2} />
      </TextField>
      {step === 'restrict' && (
        <TextField
          value={days}
          onChange={setDays}
          isRequired
          inputMode="numeric"
          pattern="[1-9]|[12][0-9]|30"
        >
          <Label>{words.howLong}</Label>
          <Input />
        </TextField>
      )}
      <Button className="button main" type="submit" isDisabled={isBusy}>
        {words.take(stepWords[step])}
      </Button>
      <Trouble text={trouble} />
    </form>
  )
}
