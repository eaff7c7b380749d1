import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, generateText } from 'ai'
import type { Clock } from '../../foundation/index.ts'
import type { LanguageModel, ModelPlace } from '../model.ts'

/** Of what is written here no more is of use: 120 characters and some twenty fields. */
const mostTokens = 1_500

// What it warns of goes to the console, beside our log and its rules.
globalThis.AI_SDK_LOG_WARNINGS = false

/** A server that asks for more is asked again after this. */
const longestRestMs = 60_000

/**
 * Any server that speaks OpenAI's chat completions. Tried once: a second try comes too late for whoever waits. One that has too
 * much to do (429) is left alone for as long as it says.
 */
export function createCompatibleModel(
  { url, key, model }: ModelPlace,
  clock: Pick<Clock, 'monotonicMs'>,
): LanguageModel {
  let restsUntilMs = 0
  const provider = createOpenAICompatible({
    name: 'assistant',
    baseURL: url.replace(/\/+$/, ''),
    apiKey: key,
    // The operator named one server: it hands what it is told to no other.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  })
  return async ({ system, prompt }, abortSignal) => {
    if (clock.monotonicMs() < restsUntilMs) throw new Error('the language model asked to be left alone')
    const { text } = await generateText({
      model: provider(model),
      system,
      prompt,
      abortSignal,
      maxRetries: 0,
      temperature: 0,
      maxOutputTokens: mostTokens,
    }).catch((error: unknown) => {
      restsUntilMs = clock.monotonicMs() + restMs(error)
      throw error
    })
    return text
  }
}

/** Retry-After in seconds (RFC 9110, section 10.2.3); the date that it may be instead is worth no clock of theirs. */
function restMs(error: unknown): number {
  if (!APICallError.isInstance(error) || error.statusCode !== 429) return 0
  const seconds = Number(error.responseHeaders?.['retry-after'])
  return seconds > 0 ? Math.min(longestRestMs, seconds * 1000) : 0
}
