/** What a call is shaped by, of what is known about its number. */
export type Caller = {
  /** Gets the flow for old people: fewer choices, slower speech, longer patience. */
  readonly elder: boolean
  /** BCP 47 tag, such as `zh-CN` or `yue`; absent: whatever the flow speaks. */
  readonly language?: string
}

/** Someone of whom nothing is known. */
export const ordinaryCaller: Caller = { elder: false }
