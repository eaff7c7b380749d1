import { type FormEvent, useEffect, useState } from 'react'
import { Button, Label, TextArea, TextField } from 'react-aria-components'
import { cityTime } from '../city.ts'
import { say, type Words } from '../language.ts'
import { askQuestion, type QuestionStand, sendReply } from './link.ts'
import { Ruled } from './ruled.tsx'

const said: Readonly<Record<Exclude<QuestionStand['state'], 'open' | 'ruled'>, Words>> = {
  asking: { 'zh-CN': '正在打开……', en: 'Opening …' },
  taken: { 'zh-CN': '已经收到您的答复，谢谢您。', en: 'We have your answer. Thank you.' },
  answered: { 'zh-CN': '这个问题您已经答复过了，谢谢您。', en: 'You have answered this already. Thank you.' },
  over: {
    'zh-CN': '这个问题已过答复时间。您随时可以拨打12345补充。',
    en: 'It is too late to answer here. You can always call 12345 and add what you know.',
  },
  'person-asked': {
    'zh-CN': '已经记下：派单员会人工核对您的工单。',
    en: 'That is noted: a dispatcher will look at your request.',
  },
  'person-looked': {
    'zh-CN': '派单员已经人工核对过您的工单。如有异议请拨打12345。',
    en: 'A dispatcher has looked at your request. If you disagree, call 12345.',
  },
  unknown: {
    'zh-CN': '打不开这个链接。请从短信里完整地打开它，或拨打12345。',
    en: 'This link opens nothing. Open it from the text message, as a whole, or call 12345.',
  },
  away: {
    'zh-CN': '提交失败。请过一会儿再按一次，或拨打12345。',
    en: 'That did not arrive. Press again in a moment, or call 12345.',
  },
}

/** What a unit asks, until when, and that no clock stops meanwhile; one field and one press answer it. */
export function Question({ token }: { readonly token: string }) {
  const [asked, setAsked] = useState<QuestionStand>({ state: 'asking' })
  const [outcome, setOutcome] = useState<QuestionStand['state']>()
  const [given, setGiven] = useState('')
  const [isSending, setSending] = useState(false)
  useEffect(() => {
    askQuestion(token).then(setAsked)
  }, [token])
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setOutcome((await sendReply(token, given)).state)
    setSending(false)
  }
  const state = outcome ?? asked.state
  if (asked.state === 'ruled' && (state === 'ruled' || state === 'away'))
    return <Ruled token={token} ruled={asked} isAway={state === 'away'} tell={setOutcome} />
  const isOpen = asked.state === 'open' && (state === 'open' || state === 'away')
  return (
    <div className="question">
      <p className={state === 'away' || state === 'unknown' ? 'trouble' : 'status'} role="status">
        {state === 'open' || state === 'ruled' ? '' : say(said[state])}
      </p>
      {isOpen && (
        <form className="question" onSubmit={event => void send(event)}>
          <p>
            {say({
              'zh-CN': `${asked.unitName || '承办单位'}就您的诉求（工单号 ${asked.number}）询问：`,
              en: `${asked.unitName || 'The unit in charge'} asks about your request, number ${asked.number}:`,
            })}
          </p>
          <blockquote>{asked.words}</blockquote>
          <p>
            {say({
              'zh-CN': `请在 ${cityTime(asked.untilMs)} 前答复。办理时限不因询问停止，仍为 ${cityTime(asked.dueAtMs)}。`,
              en: `Please answer by ${cityTime(asked.untilMs)}. The time for your request does not stop: it is still due ${cityTime(asked.dueAtMs)}.`,
            })}
          </p>
          <TextField value={given} onChange={setGiven} isRequired maxLength={1000}>
            <Label>{say({ 'zh-CN': '您的答复', en: 'Your answer' })}</Label>
            <TextArea rows={4} />
          </TextField>
          <Button className="button main" type="submit" isDisabled={isSending}>
            {say({ 'zh-CN': '提交答复', en: 'Send the answer' })}
          </Button>
        </form>
      )}
    </div>
  )
}
