/** What a rule did with an order, and what people made of it. */
export type ByRule = {
  /** Code in the catalogue that the rule took it for. */
  readonly kind: string
  /** The event in which it went. */
  readonly seq: number
  readonly atMs: number
  /** How sure triage was, and had to be, 0 to 1. */
  readonly sure: number
  readonly threshold: number
  /** One of the share that a dispatcher looks at afterwards. */
  readonly isSampled: boolean
  /** What a person said of it. */
  readonly verdict?: 'right' | 'reversed'
}
