/** What is known of a number and shapes its calls. */
export type Caller = {
  /** Gets the flow for elders: fewer choices, slower speech, longer patience. */
  readonly elder: boolean
  /** BCP 47 tag, such as `zh-CN` or `yue`; when absent, the flow's own language. */
  readonly language?: string
}

/** A caller of whom nothing is known. */
export const ordinaryCaller: Caller = { elder: false }
