import './lacking.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import * as w from '../../../http/words/closings.ts'
import { closingCheckSchema, type Lack } from '../../../orders/checking/api.ts'
import { ask } from '../../house/house.ts'
import { say, sayAll } from '../../language.ts'
import type { Field } from '../form.tsx'
import './routes.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })
const lackWords = sayAll(w.lackWords)
const lackNotes = sayAll(w.lackNotes)
const check = say(w.closingCheckWords.check)
const note = both(
  '只作提示，可以照样提交；提示会随办结记录保存。',
  'It only tells you; you may send it as it is. What was told is kept with the closing.',
)
/** Nobody is asked at every letter. */
const restMs = 500

/** Under the closing form: what the rules find lacking in what is written so far. That it was shown goes with what is sent. */
export const lacking = (number: string): Field => ({
  name: 'told',
  label: check,
  kind: 'own',
  ask: (value, set, { result = '', words = '' }) => (
    <Lacking number={number} result={result} words={words} isTold={value === 'yes'} tell={set} />
  ),
})

function Lacking({
  number,
  result,
  words,
  isTold,
  tell,
}: {
  readonly number: string
  readonly result: string
  readonly words: string
  readonly isTold: boolean
  readonly tell: (told: string) => void
}) {
  const draft = useRested({ result, words: words.trim().slice(0, 4000) })
  const { data } = useQuery({
    queryKey: ['lacks', number, draft],
    queryFn: ({ signal }) =>
      ask('POST /api/orders/{number}/closing-check', { path: { number }, body: draft }, signal),
    enabled: draft.words !== '' && draft.result !== '',
    placeholderData: before => before,
  })
  const lacks = draft.words === '' || draft.result === '' ? [] : (data?.lacks ?? [])
  const isShown = lacks.length > 0
  useEffect(() => {
    if (isShown !== isTold) tell(isShown ? 'yes' : '')
  }, [isShown, isTold, tell])
  return (
    <div className="lacking" role="status" aria-label={check}>
      {isShown && (
        <>
          <strong>{check}</strong>
          <ul>
            {lacks.map(lack => (
              <li key={lack.what}>{noteOf(lack)}</li>
            ))}
          </ul>
          <p className="quiet">{note}</p>
        </>
      )}
    </div>
  )
}

/** @returns what stood for a moment */
function useRested<Value extends Readonly<Record<string, string>>>(value: Value): Value {
  const [rested, setRested] = useState(value)
  const now = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(JSON.parse(now)), restMs)
    return () => clearTimeout(timer)
  }, [now])
  return rested
}

const noteOf = ({ what, words }: Lack) =>
  words.length === 0
    ? lackNotes[what]
    : `${lackNotes[what]}${both('：', ': ')}${words.join(both('、', ', '))}`

/** What the rules found in a closing, as its event keeps it. */
export function CheckedAt({ check: kept }: { readonly check: unknown }) {
  const parsed = closingCheckSchema.safeParse(kept)
  if (!parsed.success || parsed.data.lacks.length === 0) return null
  const { lacks, told } = parsed.data
  return (
    <p className="quiet">
      {check}
      {both('：', ': ')}
      <Lacks lacks={lacks} />
      {told && ` · ${say(w.closingCheckWords.told)}`}
    </p>
  )
}

/** In one word each, with what it rests on. */
export const Lacks = ({ lacks }: { readonly lacks: readonly Lack[] }) =>
  lacks
    .map(({ what, words }) =>
      words.length === 0 ? lackWords[what] : `${lackWords[what]}（${words.join(both('、', ', '))}）`,
    )
    .join(both('；', '; '))
