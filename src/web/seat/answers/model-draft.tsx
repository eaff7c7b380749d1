import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { DraftAnswer } from '../../../http/contract.ts'
import { ask } from '../../house/house.ts'
import type { FormCall } from '../order-request.ts'
import { useAssistant } from '../use-assisted-reading.ts'
import type { DraftForm } from '../use-draft.ts'
import { answerWords as words } from './answer-words.ts'

const asText = ({ sentences }: DraftAnswer) =>
  sentences.map(({ text }) => (/[。！？]$/.test(text) ? text : `${text}。`)).join('')

/** Where a language model is switched on it drafts an answer out of the entries, when the agent asks it to. */
export function ModelDraft({
  form,
  call,
  names,
  asked,
  hasHits,
}: {
  readonly form: DraftForm
  readonly call: FormCall | undefined
  readonly names: readonly string[]
  /** What the caller asks. */
  readonly asked: string
  readonly hasHits: boolean
}) {
  const assistant = useAssistant()
  const drafting = useMutation({
    mutationFn: (text: string) =>
      ask('POST /api/assistant/answers', {
        body: { call: call?.id, text, district: form.shown.fields.district || undefined, names },
      }),
  })
  const { data } = drafting
  if (!assistant?.isOn || (data === undefined && (asked === '' || !hasHits))) return null
  const host = assistant.host ?? ''
  const take = (draft: DraftAnswer) => {
    const [first, ...others] = draft.entries
    if (!first) return
    const also = others.map(({ question }) => `《${question}》`).join('')
    form.set('type', 'consultation')
    form.set('answer', also === '' ? asText(draft) : `${asText(draft)}另据${also}`)
    form.set('article', `${first.id}@${first.version}`)
    if (!form.shown.fields.matter?.trim()) form.set('matter', first.question)
  }
  const isNothing = drafting.isError || (data !== undefined && data.sentences.length === 0)
  return (
    <div className="drafted-answer">
      <Button
        className="button small"
        isDisabled={drafting.isPending || asked === '' || !hasHits}
        onPress={() => drafting.mutate(asked)}
      >
        {drafting.isPending ? words.drafting(host) : words.draft}
      </Button>
      <p className="quiet">{words.draftTo(host)}</p>
      <div role="status">
        {isNothing && <p>{words.draftNothing}</p>}
        {data !== undefined && data.dropped > 0 && (
          <p className="quiet">{words.draftDropped(data.dropped)}</p>
        )}
      </div>
      {data && data.sentences.length > 0 && (
        <>
          <p className="caution">{words.draftTitle}</p>
          {/* They speak on: a draft stays, with what it answers, until another is asked for. */}
          <p className="quiet">{words.draftAsked(drafting.variables)}</p>
          <p lang="zh-CN">
            {data.sentences.map(({ text, entry }) => (
              <span key={`${entry}|${text}`}>
                {text} <b>[{entry}]</b>{' '}
              </span>
            ))}
          </p>
          <p className="quiet">{words.draftBasis}</p>
          <ol>
            {data.entries.map(({ number, id, version, question, example }) => (
              <li key={id} lang="zh-CN">
                [{number}] {question} {example && <span className="tag">{words.example}</span>}{' '}
                <small className="quiet">
                  {id}@{version}
                </small>
              </li>
            ))}
          </ol>
          <Button className="button small" onPress={() => take(data)}>
            {words.draftTake}
          </Button>
        </>
      )}
    </div>
  )
}
