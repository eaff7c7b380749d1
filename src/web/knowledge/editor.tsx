import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { Member } from '../../http/contract.ts'
import { exampleMark, type KnowledgeContent, longestParagraph } from '../../knowledge/api.ts'
import { UnitField } from '../house/unit-field.tsx'
import { useUnits } from '../house/units.ts'
import { Trouble } from './trouble.tsx'
import { useSave } from './use-knowledge.ts'
import { fields, words } from './words.ts'

type Seen = {
  readonly id: string
  readonly version: number
  readonly revision: number
  readonly content: KnowledgeContent
}

const listNames = ['wordings', 'papers', 'steps', 'kinds', 'districts'] as const
const freeNames = ['conditions', 'places', 'hours', 'law', 'order'] as const

/** What the form holds, as it is sent. */
function contentOf(form: HTMLFormElement): KnowledgeContent {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  const optional = (name: string) => text(name) || undefined
  const lines = (name: string) =>
    text(name)
      .split('\n')
      .flatMap(line => line.trim() || [])
  return {
    question: text('question'),
    text: text('text'),
    unit: text('unit'),
    wordings: lines('wordings'),
    papers: lines('papers'),
    steps: lines('steps'),
    kinds: lines('kinds'),
    districts: lines('districts'),
    conditions: optional('conditions'),
    places: optional('places'),
    hours: optional('hours'),
    law: optional('law'),
    order: optional('order'),
    example: optional('example') === undefined ? undefined : exampleMark,
    validFrom: optional('validFrom'),
    validUntil: text('validUntil'),
  }
}

/** A new entry, or another text of one; what was written stays when it is refused. */
export function Editor({
  member,
  seen,
  done,
  cancel,
}: {
  readonly member: Member
  readonly seen?: Seen
  readonly done: (id: string) => void
  readonly cancel: () => void
}) {
  const { save, trouble, isSaving } = useSave(seen)
  const { units, nameOf } = useUnits()
  const [text, setText] = useState(seen?.content.text ?? '')
  const content = seen?.content
  const [unit, setUnit] = useState(content?.unit ?? 'centre')
  // Members of earlier versions were given their unit by its name.
  const ownUnit = units.find(({ name }) => name === member.unit)?.id ?? member.unit ?? ''
  const longest = Math.max(...text.split('\n').map(line => [...line.trim()].length))
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save(contentOf(event.currentTarget), { onSuccess: detail => done(detail.id) })
  }
  const area = (name: (typeof listNames)[number] | 'conditions') => (
    <label key={name} className="wide">
      {fields[name]}
      <textarea name={name} rows={3} lang="zh-CN" defaultValue={[content?.[name] ?? []].flat().join('\n')} />
    </label>
  )
  return (
    <section className="card" aria-label={seen ? words.edit : words.make}>
      <h2>{seen ? words.edit : words.make}</h2>
      <form onSubmit={send}>
        <label className="wide">
          {fields.question}
          <input name="question" required maxLength={80} lang="zh-CN" defaultValue={content?.question} />
        </label>
        {area('wordings')}
        <label className="wide">
          {fields.text}
          <textarea
            name="text"
            rows={6}
            required
            lang="zh-CN"
            value={text}
            aria-invalid={longest > longestParagraph}
            onChange={event => setText(event.target.value)}
          />
          <span className={longest > longestParagraph ? 'trouble' : 'quiet'}>
            {longest} / {longestParagraph}
          </span>
        </label>
        {member.role === 'unit' ? (
          <label>
            {fields.unit}
            <select key={ownUnit} name="unit" defaultValue={ownUnit}>
              <option value={ownUnit}>{nameOf(ownUnit)}</option>
            </select>
          </label>
        ) : (
          <UnitField label={fields.unit} unit={unit} onChosen={setUnit} name="unit" isNeeded />
        )}
        <label>
          {fields.validFrom}
          <input name="validFrom" type="date" defaultValue={content?.validFrom} />
        </label>
        <label>
          {fields.validUntil}
          <input name="validUntil" type="date" required defaultValue={content?.validUntil} />
        </label>
        {area('conditions')}
        {area('papers')}
        {area('steps')}
        {freeNames
          .filter(name => name !== 'conditions')
          .map(name => (
            <label key={name}>
              {fields[name]}
              <input name={name} lang="zh-CN" defaultValue={content?.[name]} />
            </label>
          ))}
        {area('kinds')}
        {area('districts')}
        {content?.example && (
          <label className="check wide">
            <input type="checkbox" name="example" value={content.example} defaultChecked /> {fields.example}
          </label>
        )}
        <div className="acts wide">
          <Button type="submit" className="button main" isDisabled={isSaving}>
            {words.save}
          </Button>
          <Button className="button" onPress={cancel}>
            {words.close}
          </Button>
        </div>
        <Trouble code={trouble} />
      </form>
    </section>
  )
}
