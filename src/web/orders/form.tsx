import { type FormEvent, Fragment, type ReactNode, useId, useState } from 'react'
import { Button, Checkbox, Input, Label, TextArea, TextField } from 'react-aria-components'
import { Trouble } from '../design/trouble.tsx'
import { UnitField } from '../house/unit-field.tsx'
import { words } from './words.ts'

/**
 * A question of a form: a line, lines, a choice, a number, a time as the city's clocks show it, yes or no, or one that is
 * asked in a way of its own.
 */
export type Field = {
  readonly name: string
  readonly label: string
  readonly needed?: boolean
  /** Asked only where this holds of what was given so far; always when absent. */
  readonly when?: (given: Given) => boolean
} & (
  | { readonly kind: 'line' | 'days' | 'time' | 'yes' }
  /** With texts to begin with, where there are any. */
  | { readonly kind: 'lines'; readonly templates?: readonly Template[] }
  | {
      readonly kind: 'own'
      readonly ask: (value: string, set: (value: string) => void, given: Given) => ReactNode
    }
  /** Of the city's units one, which may be named already. */
  | { readonly kind: 'unit'; readonly besides?: string; readonly first?: string }
  | { readonly kind: 'choice'; readonly options: readonly (readonly [value: string, label: string])[] }
)
export type Template = { readonly name: string; readonly text: string }
export type Given = Readonly<Record<string, string>>

/** As much as the house takes: what is pasted stays whole until somebody shortens it. */
const longestText = 4_000

/** Questions and one button; what was refused is said, and what was written stays. */
export function OrderForm({
  fields,
  submit,
  onGiven,
  before,
}: {
  readonly fields: readonly Field[]
  readonly submit: string
  /** Resolves with why not, in words. */
  readonly onGiven: (given: Given) => Promise<string | undefined>
  /** What is told before it is sent, of what was given so far. */
  readonly before?: (given: Given) => ReactNode
}) {
  // What has to be chosen is chosen by nobody else: the first of a list would be sent by whoever looks past it.
  const empty = Object.fromEntries(fields.map(field => [field.name, firstOf(field)]))
  const [given, setGiven] = useState<Given>(empty)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const give = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    const refused = await onGiven(given)
    setRefusal(refused)
    if (refused === undefined) setGiven(empty)
    setBusy(false)
  }
  return (
    <form className="order-form" onSubmit={event => void give(event)}>
      {fields
        .filter(({ when }) => when?.(given) ?? true)
        .map(field => (
          <Question
            key={field.name}
            field={field}
            value={given[field.name] ?? ''}
            given={given}
            onChange={value => setGiven(now => ({ ...now, [field.name]: value }))}
          />
        ))}
      {before?.(given)}
      <Trouble text={refusal} />
      <Button className="button main" type="submit" isDisabled={isBusy}>
        {isBusy ? words.loading : submit}
      </Button>
    </form>
  )
}

function firstOf(field: Field): string {
  if (field.kind === 'unit') return field.first ?? ''
  return field.kind === 'choice' && !field.needed ? (field.options[0]?.[0] ?? '') : ''
}

function Question({
  field,
  value,
  given,
  onChange,
}: {
  readonly field: Field
  readonly value: string
  /** All that was given so far. */
  readonly given: Given
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  if (field.kind === 'own') return <Fragment>{field.ask(value, onChange, given)}</Fragment>
  if (field.kind === 'unit')
    return (
      <UnitField
        label={field.label}
        unit={value}
        onChosen={onChange}
        isNeeded={field.needed ?? false}
        besides={field.besides}
      />
    )
  if (field.kind === 'choice')
    return (
      <div className="field">
        <label htmlFor={id}>{field.label}</label>
        <select
          id={id}
          value={value}
          required={field.needed}
          onChange={event => onChange(event.target.value)}
        >
          {field.needed && <option value="">{words.choose}</option>}
          {field.options.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      </div>
    )
  if (field.kind === 'yes')
    return (
      <Checkbox className="yes" isSelected={value === 'yes'} onChange={is => onChange(is ? 'yes' : '')}>
        <span className="box" aria-hidden="true">
          {value === 'yes' ? '✓' : ''}
        </span>
        {field.label}
      </Checkbox>
    )
  const templates = field.kind === 'lines' ? (field.templates ?? []) : []
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={field.needed ?? false}
      type={field.kind === 'time' ? 'datetime-local' : 'text'}
      inputMode={field.kind === 'days' ? 'numeric' : undefined}
      pattern={field.kind === 'days' ? '[1-9][0-9]{0,2}' : undefined}
    >
      <Label>{field.label}</Label>
      {templates.length > 0 && (
        <Templates templates={templates} take={text => onChange([value, text].filter(Boolean).join('\n'))} />
      )}
      {field.kind === 'lines' ? <TextArea rows={3} /> : <Input maxLength={400} />}
      {value.length > longestText && (
        <p className="trouble" role="alert">
          {words.tooLong(value.length - longestText)}
        </p>
      )}
    </TextField>
  )
}

/** Put behind what is there already: nobody loses what they wrote to a template. */
const Templates = ({
  templates,
  take,
}: {
  readonly templates: readonly Template[]
  readonly take: (text: string) => void
}) => (
  <span className="templates">
    {templates.map(({ name, text }) => (
      <Button key={name} className="button small" onPress={() => take(text)}>
        {words.template(name)}
      </Button>
    ))}
  </span>
)
