import { Fault } from '../foundation/index.ts'

export type Text = {
  /**
   * The same at every try of this text, whoever makes it: a gateway that has taken it, and whose answer we missed, can
   * tell that it is no second one.
   */
  readonly id?: string
  /** The call in which somebody caused it, if one did. */
  readonly call?: string
  /** A telephone number, of 3 to 15 digits, with or without the + of E.164. */
  readonly to: string
  readonly text: string
}

export type TextSender = {
  /**
   * Resolves once the gateway has it.
   * @throws Fault `text-number` when that is no number; `text-refused` when the gateway will not send it, however often
   * it is asked; `text-failed` when it is away, late or broken; or the signal's reason.
   */
  send(text: Text, signal?: AbortSignal): Promise<void>
}

/** Whether another try would come to the same. */
export const isRefusedText = (error: unknown): boolean =>
  error instanceof Fault && ['text-refused', 'text-number', 'reach-refused'].includes(error.code)
