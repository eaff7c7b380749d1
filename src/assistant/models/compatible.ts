import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText } from 'ai'
import type { LanguageModel, ModelPlace } from '../model.ts'

/** Of what is written here no more is of use: 120 characters and some twenty fields. */
const mostTokens = 1_500

// What it warns of goes to the console, beside our log and its rules.
globalThis.AI_SDK_LOG_WARNINGS = false

/** Any server that speaks OpenAI's chat completions. Tried once: a second try comes too late for whoever waits. */
export function createCompatibleModel({ url, key, model }: ModelPlace): LanguageModel {
  const provider = createOpenAICompatible({
    name: 'assistant',
    baseURL: url.replace(/\/+$/, ''),
    apiKey: key,
    // The operator named one server: it hands what it is told to no other.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  })
  return async ({ system, prompt }, abortSignal) => {
    const { text } = await generateText({
      model: provider(model),
      system,
      prompt,
      abortSignal,
      maxRetries: 0,
      temperature: 0,
      maxOutputTokens: mostTokens,
    })
    return text
  }
}
