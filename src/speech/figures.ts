import { counter, type Figure, gauge } from '../foundation/index.ts'
import type { PromptBook } from './prompt-book.ts'
import type { EarFigures } from './recognizers/relay.ts'

/** Metrics of speech synthesis. */
export const promptFigures = (prompts: Pick<PromptBook, 'figures'>): readonly Figure[] => [
  counter('jieting_prompts_rendered_total', 'Prompts rendered', () => prompts.figures().rendered),
  counter('jieting_prompts_failed_total', 'Prompts that no voice spoke', () => prompts.figures().failed),
]

/** Metrics of each recognizer. */
export function recognizerFigures(recognizers: () => readonly EarFigures[]): readonly Figure[] {
  const each = (read: (one: EarFigures) => number) => () =>
    recognizers().map(one => ({ labels: { recognizer: one.name }, value: read(one) }))
  return [
    gauge(
      'jieting_recognizer_listening',
      'Speakers that it listens to',
      each(({ listening }) => listening),
    ),
    gauge(
      'jieting_recognizer_resting',
      '1: it failed, and is not asked for now',
      each(({ rests }) => (rests ? 1 : 0)),
    ),
    counter('jieting_recognizer_failures_total', 'Hearings that it failed, by why', () =>
      recognizers().flatMap(({ name, failures }) =>
        Object.entries(failures).map(([reason, value]) => ({ labels: { recognizer: name, reason }, value })),
      ),
    ),
  ]
}
