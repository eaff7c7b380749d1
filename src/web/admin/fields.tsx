import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import type { RuleSubjectName } from '../../rulebook/api.ts'
import { fieldSaid, words } from './words.ts'

type Given = { readonly [key: string]: unknown }
type Path = readonly string[]

/** What a page cannot read off a value: of what it is, which maps and lists take more entries, and what a new one is. */
export type FormOf = {
  readonly subject: RuleSubjectName
  /** By the path of the map or list, joined by dots. */
  readonly more: Readonly<Record<string, (name: string) => unknown>>
}

/** A document as a form: its fields by their names, lists a line an entry, things with a name of their own opened one by one. */
export function Fields({
  value,
  at = [],
  of,
  set,
}: {
  readonly value: Given
  readonly at?: Path
  readonly of: FormOf
  readonly set: (next: Given) => void
}) {
  const more = of.more[at.join('.')]
  return (
    <>
      {Object.entries(value).map(([name, inner]) =>
        // By its id a thing is known elsewhere: it stands in the name, and stays.
        name === 'id' ? null : (
          <Field
            key={name}
            name={name}
            value={inner}
            at={[...at, name]}
            of={of}
            set={next => set({ ...value, [name]: next })}
            remove={
              more &&
              (() => set(Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))))
            }
          />
        ),
      )}
      {more && <More taken={Object.keys(value)} add={name => set({ ...value, [name]: more(name) })} />}
    </>
  )
}

type FieldProps = {
  readonly name: string
  readonly value: unknown
  readonly at: Path
  readonly of: FormOf
  readonly set: (next: unknown) => void
  readonly remove?: () => void
}

function Field({ name, value, at, of, set, remove }: FieldProps) {
  const label = fieldSaid(of.subject, name)
  if (Array.isArray(value) && (value.some(isGiven) || of.more[at.join('.')]))
    return <Things label={label} things={value.filter(isGiven)} at={at} of={of} set={set} />
  if (Array.isArray(value)) return <Lines label={label} lines={value} set={set} />
  if (isGiven(value) && isLimit(value))
    return <Limit label={label} limit={value} subject={of.subject} set={set} />
  if (isGiven(value))
    return (
      <fieldset>
        <legend>{label}</legend>
        <Fields value={value} at={at} of={of} set={set} />
        {remove && (
          <Button className="button" onPress={remove}>
            {words.remove(label)}
          </Button>
        )}
      </fieldset>
    )
  return <One label={label} value={value} set={set} />
}

const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const measures = ['minutes', 'hours', 'days', 'workdays']
const isLimit = (value: Given) => {
  const [measure = '', ...others] = Object.keys(value)
  return measures.includes(measure) && others.length === 0
}

/** How long, and in which measure: natural time or working days. */
function Limit({
  label,
  limit,
  subject,
  set,
}: {
  readonly label: string
  readonly limit: Given
  readonly subject: RuleSubjectName
  readonly set: (next: Given) => void
}) {
  const [[measure, long] = ['hours', 0]] = Object.entries(limit)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a frame around two fields
    <div className="limit" role="group" aria-label={label}>
      <span>{label}</span>
      <input
        type="number"
        step="any"
        min={0}
        aria-label={`${label} ${fieldSaid(subject, measure)}`}
        value={String(long ?? '')}
        onChange={({ target }) => set({ [measure]: target.value === '' ? '' : target.valueAsNumber })}
      />
      <select
        aria-label={words.measureOf(label)}
        value={measure}
        onChange={({ target }) => set({ [target.value]: long })}
      >
        {measures.map(one => (
          <option key={one} value={one}>
            {fieldSaid(subject, one)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** What is longer, as the text of an SMS, has a line of the form to itself. */
const longCharacters = 24

/** A single value, by what it is. */
function One({ label, value, set }: { readonly label: string } & Pick<FieldProps, 'value' | 'set'>) {
  // By what it was at first: a field does not move while somebody types in it.
  const [isLong] = useState(typeof value === 'string' && value.length > longCharacters)
  if (typeof value === 'boolean')
    return (
      <label className="check">
        <input type="checkbox" checked={value} onChange={event => set(event.target.checked)} />
        {label}
      </label>
    )
  const isNumber = typeof value === 'number'
  return (
    <label className={isLong ? 'field long' : 'field'}>
      {label}
      <input
        type={isNumber ? 'number' : 'text'}
        step="any"
        value={String(value ?? '')}
        lang="zh-CN"
        onChange={({ target }) => set(isNumber && target.value !== '' ? target.valueAsNumber : target.value)}
      />
    </label>
  )
}

/** Lines as they are typed, so that a new line can be begun; what is kept has no empty ones. */
function Lines({
  label,
  lines,
  set,
}: {
  readonly label: string
  readonly lines: readonly unknown[]
  readonly set: (next: readonly string[]) => void
}) {
  const [typed, setTyped] = useState(lines.map(String).join('\n'))
  return (
    <label className="field">
      <span>
        {label} <span className="quiet">{words.aLine}</span>
      </span>
      <textarea
        rows={Math.min(8, Math.max(1, typed.split('\n').length))}
        value={typed}
        lang="zh-CN"
        onChange={({ target }) => {
          setTyped(target.value)
          set(
            target.value
              .split('\n')
              .map(line => line.trim())
              .filter(Boolean),
          )
        }}
      />
    </label>
  )
}

/** Things with an id, each opened by its name; a long list is searched. */
function Things({
  label,
  things,
  at,
  of,
  set,
}: {
  readonly label: string
  readonly things: readonly Given[]
  readonly at: Path
  readonly of: FormOf
  readonly set: (next: readonly Given[]) => void
}) {
  const [looked, setLooked] = useState('')
  const more = of.more[at.join('.')]
  const nameOf = ({ name, id }: Given) => [name, id].filter(Boolean).join(' · ')
  return (
    <fieldset>
      <legend>
        {label} {things.length}
      </legend>
      <label className="field">
        {words.find}
        <input type="search" value={looked} onChange={event => setLooked(event.target.value)} />
      </label>
      <div className="things">
        {things.map(
          (thing, index) =>
            nameOf(thing).includes(looked.trim()) && (
              <details key={String(thing.id)}>
                <summary lang="zh-CN">{nameOf(thing)}</summary>
                <Fields value={thing} at={[...at, '*']} of={of} set={next => set(things.with(index, next))} />
                <Button className="button" onPress={() => set(things.toSpliced(index, 1))}>
                  {words.remove(nameOf(thing))}
                </Button>
              </details>
            ),
        )}
      </div>
      {more && (
        <More
          taken={things.map(({ id }) => String(id))}
          add={id => {
            const made = more(id)
            if (isGiven(made)) set([...things, made])
          }}
        />
      )}
    </fieldset>
  )
}

function More({ taken, add }: { readonly taken: readonly string[]; readonly add: (name: string) => void }) {
  const [name, setName] = useState('')
  const id = useId()
  const wanted = name.trim()
  return (
    <div className="more">
      <label htmlFor={id} className="aloud">
        {words.newName}
      </label>
      <input
        id={id}
        placeholder={words.newName}
        value={name}
        maxLength={64}
        onChange={event => setName(event.target.value)}
      />
      <Button
        className="button"
        isDisabled={wanted === '' || taken.includes(wanted)}
        onPress={() => {
          add(wanted)
          setName('')
        }}
      >
        {words.add}
      </Button>
    </div>
  )
}
