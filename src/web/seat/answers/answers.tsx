import './answers.css'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import type { KnowledgeHit } from '../../../knowledge/api.ts'
import { useUnits } from '../../house/units.ts'
import { useKeys } from '../../house/use-keys.ts'
import { lastDay } from '../../knowledge/last-day.ts'
import type { FormCall } from '../order-request.ts'
import type { DraftForm } from '../use-draft.ts'
import { answerWords as words } from './answer-words.ts'
import { ModelDraft } from './model-draft.tsx'
import { useAnswers, useTelling } from './use-answers.ts'

const bare = (number: string) => number.replace(/[\s-]/g, '')

/** What the knowledge base answers while they talk: read out, sent, or put into the order with its version. */
export function Answers({
  form,
  call,
  heard,
  names,
}: {
  readonly form: DraftForm
  readonly call: FormCall | undefined
  /** What was said so far. */
  readonly heard: string
  /** Names that are known of them. */
  readonly names: readonly string[]
}) {
  const { fields } = form.shown
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [cited, setCited] = useState<KnowledgeHit>()
  const place = useRef<HTMLElement>(null)
  const found = useAnswers(typed, heard, fields.matter ?? '', fields.district ?? '')
  const number = fields.number?.trim() ? bare(fields.number) : undefined
  const telling = useTelling(call?.id, number)
  const { hits } = found
  const at = Math.max(
    0,
    hits.findIndex(({ id }) => id === chosen),
  )
  const first = hits[at]
  useKeys({
    F3: () => place.current?.querySelector('input')?.focus(),
    F6: () => (telling.reading ? telling.hush() : first && telling.readOut(first)),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || hits.length === 0) return
    event.preventDefault()
    const next = (at + step + hits.length) % hits.length
    setChosen(hits[next]?.id)
    place.current?.querySelectorAll('li')[next]?.scrollIntoView({ block: 'nearest' })
  }
  const cite = (hit: KnowledgeHit) => {
    form.set('type', 'consultation')
    form.set('answer', hit.text)
    form.set('article', `${hit.id}@${hit.version}`)
    if (!fields.matter?.trim()) form.set('matter', hit.question)
    setCited(hit)
  }
  const isCited = cited && fields.article === `${cited.id}@${cited.version}`
  return (
    <section className="card answers" aria-label={words.title} ref={place} onKeyDown={onKeyDown}>
      <h2>{words.title}</h2>
      <TextField className="field" type="search" value={typed} onChange={setTyped}>
        <Label>{words.lookFor}</Label>
        <Input lang="zh-CN" maxLength={300} placeholder={words.hint} aria-keyshortcuts="F3" />
      </TextField>
      <div role="status">
        {telling.reading && <p>{words.reading(telling.reading.question)}</p>}
        {telling.sent && <p>{words.sent(telling.sent.question)}</p>}
        {isCited && <p>{words.cited(cited.question)}</p>}
        {found.isNothing && <p>{words.nothing}</p>}
        {found.isUnsure && <p className="caution">{words.unsure}</p>}
      </div>
      {(telling.trouble ?? found.trouble) !== undefined && (
        <p className="trouble" role="alert">
          {words.refusal(telling.trouble ?? found.trouble ?? '')}
        </p>
      )}
      {hits.length === 0 && !found.isNothing && <p className="quiet">{words.none}</p>}
      <ol>
        {hits.map((hit, one) => (
          <Answer
            key={hit.id}
            hit={hit}
            isChosen={one === at}
            isReading={telling.reading?.id === hit.id}
            isBusy={telling.isBusy}
            choose={() => setChosen(hit.id)}
            readOut={() => (telling.reading?.id === hit.id ? telling.hush() : telling.readOut(hit))}
            send={() => telling.send(hit)}
            cite={() => cite(hit)}
          />
        ))}
      </ol>
      <ModelDraft form={form} call={call} names={names} asked={found.asked} hasHits={hits.length > 0} />
      <p className="quiet">{words.keys}</p>
    </section>
  )
}

function Answer({
  hit,
  isChosen,
  isReading,
  isBusy,
  choose,
  readOut,
  send,
  cite,
}: {
  readonly hit: KnowledgeHit
  readonly isChosen: boolean
  readonly isReading: boolean
  readonly isBusy: boolean
  readonly choose: () => void
  readonly readOut: () => void
  readonly send: () => void
  readonly cite: () => void
}) {
  const { nameOf } = useUnits()
  const named = (act: string) => `${act}：${hit.question}`
  return (
    <li data-chosen={isChosen || undefined}>
      <p lang="zh-CN">
        <Button className="question" aria-pressed={isChosen} onPress={choose}>
          {hit.question}
        </Button>{' '}
        {hit.example && <span className="tag">{words.example}</span>}
      </p>
      <p className="words" lang="zh-CN">
        {hit.text}
      </p>
      {isChosen && (
        <>
          <p className="quiet">
            {nameOf(hit.unit)} · {words.until(lastDay(hit.untilMs))}
          </p>
          <div className="row">
            <Button
              className="button small"
              isDisabled={isBusy}
              onPress={readOut}
              aria-label={named(isReading ? words.stop : words.readOut)}
              aria-keyshortcuts="F6"
            >
              {isReading ? words.stop : words.readOut}
            </Button>
            <kbd>F6</kbd>
            <Button className="button small" isDisabled={isBusy} onPress={send} aria-label={named(words.sms)}>
              {words.sms}
            </Button>
            <Button className="button small" onPress={cite} aria-label={named(words.cite)}>
              {words.cite}
            </Button>
          </div>
        </>
      )}
    </li>
  )
}
