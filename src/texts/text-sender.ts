export type Text = {
  /** A telephone number, of 3 to 15 digits, with or without the + of E.164. */
  readonly to: string
  readonly text: string
}

export type TextSender = {
  /**
   * Resolves once the gateway has it.
   * @throws Fault `text-number` when that is no number; `text-failed` when the gateway is away, late or refuses; or the
   * signal's reason.
   */
  send(text: Text, signal?: AbortSignal): Promise<void>
}
