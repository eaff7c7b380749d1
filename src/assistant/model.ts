import type { ModelPrompt } from './asking.ts'

/** A language model: asked once, it writes a text, or rejects. */
export type LanguageModel = (asked: ModelPrompt, signal: AbortSignal) => Promise<string>

/** Where one answers by the protocol of OpenAI, in a cloud or on this machine. */
export type ModelPlace = {
  readonly url: string
  readonly key: string | undefined
  readonly model: string
}
