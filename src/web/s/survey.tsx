import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import type { LinkAnswer } from '../../http/contract.ts'
import { answerWords } from '../../http/words/orders.ts'
import { say, type Words } from '../language.ts'
import { askState, type Outcome, sendAnswer } from './link.ts'

/** In the order of the call, and by the same scale: what is 1 there stands first here. */
const ratings = ([1, 2, 3, 4, 5] as const).map(rating => [rating, answerWords.rating[rating]] as const)
const contactedWords = [
  ['yes', answerWords.contacted.yes],
  ['no', answerWords.contacted.no],
] as const
const solvedWords = [
  ['yes', answerWords.solved.yes],
  ['partly', answerWords.solved.partly],
  ['no', answerWords.solved.no],
] as const

const said: Readonly<Record<Exclude<Outcome, 'open'>, Words>> = {
  asking: { 'zh-CN': '正在打开……', en: 'Opening …' },
  taken: { 'zh-CN': '已经收到您的评价，谢谢您。', en: 'We have your answer. Thank you.' },
  answered: { 'zh-CN': '这件事您已经评价过了，谢谢您。', en: 'You have answered already. Thank you.' },
  over: {
    'zh-CN': '这个链接已经过期。您随时可以拨打12345告诉我们您的意见。',
    en: 'This link has run out. You can always call 12345 and tell us what you think.',
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

/** Two questions that may be left out, and one press on a large button, which sends it all. */
export function Survey({ token }: { readonly token: string }) {
  const [outcome, setOutcome] = useState<Outcome>('asking')
  const [contacted, setContacted] = useState<LinkAnswer['contacted']>()
  const [solved, setSolved] = useState<LinkAnswer['solved']>()
  const [isSending, setSending] = useState(false)
  useEffect(() => {
    askState(token).then(setOutcome)
  }, [token])

  const send = async (rating: LinkAnswer['rating']) => {
    setSending(true)
    const answer = { rating, contacted: contacted || undefined, solved: solved || undefined }
    setOutcome(await sendAnswer(token, answer))
    setSending(false)
  }

  const isOpen = outcome === 'open' || outcome === 'away'
  return (
    <div className="survey">
      <p className={outcome === 'away' || outcome === 'unknown' ? 'trouble' : 'status'} role="status">
        {outcome === 'open' ? '' : say(said[outcome])}
      </p>
      {isOpen && (
        <>
          <Choice
            title={{ 'zh-CN': '承办单位和您联系过吗？', en: 'Did the unit in charge contact you?' }}
            choices={contactedWords}
            chosen={contacted}
            choose={setContacted}
          />
          <Choice
            title={{ 'zh-CN': '您反映的问题解决了吗？', en: 'Was your problem solved?' }}
            choices={solvedWords}
            chosen={solved}
            choose={setSolved}
          />
          <section aria-labelledby="rate">
            <h2 id="rate">
              {say({
                'zh-CN': '您对办理结果满意吗？点击即提交',
                en: 'Are you satisfied with the result? One press sends it',
              })}
            </h2>
            <div className="ratings">
              {ratings.map(([rating, words]) => (
                <Button key={rating} className="button" isDisabled={isSending} onPress={() => send(rating)}>
                  <span aria-hidden="true">{rating}</span>
                  {say(words)}
                </Button>
              ))}
            </div>
          </section>
        </>
      )}
    </div>
  )
}

function Choice<Value extends string>({
  title,
  choices,
  chosen,
  choose,
}: {
  readonly title: Words
  readonly choices: readonly (readonly [Value, Words])[]
  readonly chosen: Value | undefined
  readonly choose: (value: Value) => void
}) {
  return (
    <fieldset>
      <legend>{say(title)}</legend>
      {choices.map(([value, words]) => (
        <label key={value} className="button" data-pressed={chosen === value || undefined}>
          <input type="radio" name={say(title)} checked={chosen === value} onChange={() => choose(value)} />
          {say(words)}
        </label>
      ))}
    </fieldset>
  )
}
