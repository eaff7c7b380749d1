import { Fault } from '../foundation/index.ts'

export type Text = {
  /**
   * The same at every try of this SMS. If a gateway has taken it but we missed its answer, it recognizes the repetition.
   */
  readonly id?: string
  /** The call that caused it, if any. */
  readonly call?: string
  /** A phone number of 3 to 15 digits, with or without the + of E.164. */
  readonly to: string
  readonly text: string
}

export type TextSender = {
  /**
   * Resolves once the gateway has the SMS.
   * @throws Fault `text-number` for an invalid number; `text-refused` if the gateway will never send it; `text-failed` if the
   * gateway is away, late or broken; or the signal's reason
   */
  send(text: Text, signal?: AbortSignal): Promise<void>
}

/** Whether another try would fail in the same way. */
export const isRefusedText = (error: unknown): boolean =>
  error instanceof Fault && ['text-refused', 'text-number', 'reach-refused'].includes(error.code)
