import { type FormEvent, useState } from 'react'
import { Button, Label, TextArea, TextField } from 'react-aria-components'
import { cityTime } from '../city.ts'
import { say } from '../language.ts'
import { askPerson, type QuestionStand } from './link.ts'

/** An order that a rule dispatched: that it did, to whom, and a way to have a person look (个人信息保护法, article 24). */
export function Ruled({
  token,
  ruled: { unitName, number, atMs },
  isAway,
  tell,
}: {
  readonly token: string
  readonly ruled: Extract<QuestionStand, { state: 'ruled' }>
  readonly isAway: boolean
  readonly tell: (state: QuestionStand['state']) => void
}) {
  const [given, setGiven] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    tell((await askPerson(token, given)).state)
    setSending(false)
  }
  return (
    <form className="question" onSubmit={event => void send(event)}>
      <p>
        {say({
          'zh-CN': `您的诉求（工单号 ${number}）在 ${cityTime(atMs)} 由系统按规则自动派单${unitName && `，由${unitName}办理`}，没有经过人工判断。`,
          en: `Your request, number ${number}, was passed on${unitName && ` to ${unitName}`} by a rule on ${cityTime(atMs)}; nobody decided that in person.`,
        })}
      </p>
      <p>
        {say({
          'zh-CN': '您可以要求派单员人工核对。办理和时限不受影响。',
          en: 'You can have a dispatcher look at it. Your request goes on, and its time does not change.',
        })}
      </p>
      {isAway && (
        <p className="trouble" role="alert">
          {say({
            'zh-CN': '提交失败。请过一会儿再按一次，或拨打12345。',
            en: 'That did not arrive. Press again in a moment, or call 12345.',
          })}
        </p>
      )}
      <TextField value={given} onChange={setGiven} maxLength={1000}>
        <Label>{say({ 'zh-CN': '哪里不对（可以不填）', en: 'What is wrong, if you like to say' })}</Label>
        <TextArea rows={3} />
      </TextField>
      <Button className="button main" type="submit" isDisabled={isSending}>
        {say({ 'zh-CN': '要求人工核对', en: 'Have a person look' })}
      </Button>
    </form>
  )
}
