import { type ReactNode, useId } from 'react'
import { Button, Checkbox, Input, Label, TextArea, TextField } from 'react-aria-components'
import type { DraftField } from '../../http/contract.ts'
import { useNames } from '../house/names.ts'
import { orderWords as words } from './order-words.ts'
import type { DraftForm } from './use-draft.ts'

type Named = {
  readonly form: DraftForm
  readonly name: DraftField
  readonly label: string
  readonly needed?: boolean
}

const labelOf = ({ label, needed = false }: Pick<Named, 'label' | 'needed'>) =>
  `${label}${needed ? words.needed : ''}`

/** What somebody else wrote in the same field meanwhile, and whose wording is to stand. */
export function Theirs({ form, name }: Pick<Named, 'form' | 'name'>) {
  const called = useNames()
  const other = form.shown.theirs[name]
  if (!other) return null
  return (
    <div className="theirs" role="alert">
      <p>
        {words.otherSaid(called(other.by))}
        <q>{other.text}</q>
      </p>
      <Button className="button" onPress={() => form.decide(name, 'mine')}>
        {words.mine}
      </Button>
      <Button className="button" onPress={() => form.decide(name, 'theirs')}>
        {words.others}
      </Button>
    </div>
  )
}

/** What was last written in this draft elsewhere. */
export function News({ form }: Pick<Named, 'form'>) {
  const called = useNames()
  const { news } = form.shown
  const fields = news?.fields.flatMap(name => fieldNames[name] ?? []) ?? []
  if (!news || fields.length === 0) return null
  return (
    <p className="caution" role="status">
      {words.elsewhere(called(news.by), fields)}
    </p>
  )
}
const fieldNames: Readonly<Partial<Record<DraftField, string>>> = {
  type: words.type,
  kind: words.kind,
  matter: words.matter,
  name: words.name,
  district: words.district,
  street: words.street,
  place: words.place,
  urgency: words.urgency,
  mode: words.contact,
  number: words.number,
  elder: words.elder,
  answer: words.answer,
}

export function Line({
  lines,
  hint,
  list,
  ...named
}: Named & {
  /** So many lines high. */
  readonly lines?: number
  readonly hint?: string
  /** What is likely to stand there. */
  readonly list?: readonly string[]
}) {
  const { form, name, needed } = named
  const id = useId()
  return (
    <div className={lines === undefined ? 'cell' : 'cell wide'}>
      <TextField
        className="field"
        name={name}
        value={form.shown.fields[name] ?? ''}
        onChange={text => form.set(name, text)}
        isRequired={needed ?? false}
      >
        <Label>{labelOf(named)}</Label>
        {lines === undefined ? (
          <Input maxLength={400} placeholder={hint} list={list === undefined ? undefined : id} />
        ) : (
          <TextArea rows={lines} maxLength={4000} placeholder={hint} />
        )}
        {list !== undefined && (
          <datalist id={id}>
            {list.map(one => (
              <option key={one} value={one} />
            ))}
          </datalist>
        )}
      </TextField>
      <Theirs form={form} name={name} />
    </div>
  )
}

export function Choice({
  options,
  empty,
  ...named
}: Named & {
  readonly options: readonly (readonly [value: string, label: string])[]
  /** What stands there while nothing is chosen. */
  readonly empty?: string
}) {
  const { form, name, needed } = named
  const id = useId()
  return (
    <div className="cell">
      <div className="field">
        <label htmlFor={id}>{labelOf(named)}</label>
        <select
          id={id}
          value={form.shown.fields[name] ?? ''}
          required={needed}
          onChange={event => form.set(name, event.target.value)}
        >
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Theirs form={form} name={name} />
    </div>
  )
}

export function Yes({
  label,
  isSet,
  set,
}: {
  readonly label: string
  readonly isSet: boolean
  readonly set: (is: boolean) => void
}) {
  return (
    <Checkbox className="yes" isSelected={isSet} onChange={set}>
      <span className="box" aria-hidden="true">
        {isSet ? '✓' : ''}
      </span>
      {label}
    </Checkbox>
  )
}

/** 诉求类型: seven, a radio button each. */
export function Types({
  form,
  options,
}: {
  readonly form: DraftForm
  readonly options: readonly (readonly [string, string])[]
}): ReactNode {
  const name = useId()
  return (
    <fieldset className="types">
      <legend>
        {words.type}
        {words.needed}
      </legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            required
            checked={form.shown.fields.type === value}
            onChange={() => form.set('type', value)}
          />
          {label}
        </label>
      ))}
      <Theirs form={form} name="type" />
    </fieldset>
  )
}
