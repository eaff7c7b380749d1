/** A number that operators watch: a gauge goes up and down, a counter only up. It is read again at each scrape. */
export type Figure = {
  /** As Prometheus spells names, unit last: `jieting_calls`, `jieting_prompt_seconds_total`. */
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter'
  read(): number | readonly LabelledNumber[]
}

/** One of several numbers under one name. Label values come from short fixed lists, never from callers. */
export type LabelledNumber = { readonly labels: Readonly<Record<string, string>>; readonly value: number }

export const gauge = (name: string, help: string, read: Figure['read']): Figure => ({
  name,
  help,
  kind: 'gauge',
  read,
})

export const counter = (name: string, help: string, read: Figure['read']): Figure => ({
  name,
  help,
  kind: 'counter',
  read,
})

/** One number for each value of a label. */
export const labelled = (label: string, values: Readonly<Record<string, number>>) =>
  Object.entries(values).map(([value, count]) => ({ labels: { [label]: value }, value: count }))
