import { type ReactNode, useState } from 'react'
import type { PlanQuery } from '../../planning/api.ts'
import { dayWords, words } from './words.ts'

/** What is planned for, as it was typed. */
export type Conditions = {
  readonly day: PlanQuery['day']
  readonly weeks: string
  readonly target: string
  readonly soon: string
  readonly shrinkage: string
  readonly growth: string
  readonly handling: string
  readonly patience: string
}

/** Of which a number must be one; where nothing is typed, the city or history says it. */
const bounds = {
  target: [1, 99.99],
  soon: [0, 600],
  shrinkage: [0, 90],
  growth: [-99, 900],
  handling: [1, 7200],
  patience: [1, 3600],
} as const
type Typed = keyof typeof bounds
const typed: readonly (readonly [Typed, string])[] = [
  ['target', words.target],
  ['soon', words.soon],
  ['shrinkage', words.shrinkage],
  ['growth', words.growth],
  ['handling', words.handling],
  ['patience', words.patience],
]
const weeksOffered = [1, 2, 4, 8, 13, 26, 52]

const isRight = (name: Typed, text: string) => {
  const [least, most] = bounds[name]
  return text.trim() === '' || (Number(text) >= least && Number(text) <= most)
}
const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text))
const shareOf = (text: string) => (text.trim() === '' ? undefined : Number(text) / 100)

const usual: Conditions = {
  day: 'workday',
  weeks: '4',
  target: '',
  soon: '',
  shrinkage: '30',
  growth: '0',
  handling: '',
  patience: '',
}

export function useConditions() {
  const [conditions, set] = useState(usual)
  const change = (part: Partial<Conditions>) => set(now => ({ ...now, ...part }))
  return { conditions, change, query: queryOf(conditions) }
}

/** What the house is asked; undefined while a number is none. */
function queryOf(conditions: Conditions): Partial<PlanQuery> | undefined {
  if (!typed.every(([name]) => isRight(name, conditions[name]))) return undefined
  const growth = numberOf(conditions.growth)
  return {
    day: conditions.day,
    weeks: Number(conditions.weeks),
    target: shareOf(conditions.target),
    soonSeconds: numberOf(conditions.soon),
    shrinkage: shareOf(conditions.shrinkage),
    growth: growth === undefined ? undefined : 1 + growth / 100,
    handlingSeconds: numberOf(conditions.handling),
    patienceSeconds: numberOf(conditions.patience),
  }
}

export function ConditionsForm({
  conditions,
  change,
  known,
}: {
  readonly conditions: Conditions
  readonly change: (part: Partial<Conditions>) => void
  /** What holds where nothing is typed. */
  readonly known: Partial<Readonly<Record<Typed, string>>>
}) {
  return (
    <fieldset className="chosen">
      <legend className="aloud">{words.plan}</legend>
      <Field name={words.day}>
        <select
          value={conditions.day}
          onChange={event => change({ day: event.target.value as PlanQuery['day'] })}
        >
          {Object.entries(dayWords).map(([day, name]) => (
            <option key={day} value={day}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field name={words.weeks}>
        <select value={conditions.weeks} onChange={event => change({ weeks: event.target.value })}>
          {weeksOffered.map(weeks => (
            <option key={weeks} value={weeks}>
              {words.weeksOf(weeks)}
            </option>
          ))}
        </select>
      </Field>
      {typed.map(([name, label]) => (
        <Field key={name} name={label}>
          <input
            inputMode="decimal"
            value={conditions[name]}
            placeholder={known[name] ?? words.asHistory}
            aria-invalid={!isRight(name, conditions[name])}
            onChange={event => change({ [name]: event.target.value })}
          />
        </Field>
      ))}
    </fieldset>
  )
}

const Field = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is what stands in it
  <label>
    {name}
    {children}
  </label>
)
