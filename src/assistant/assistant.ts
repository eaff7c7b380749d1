import { type Clock, type Figure, type Log, withDeadline } from '../foundation/index.ts'
import type { Knowledge } from '../knowledge/index.ts'
import {
  type AssistantPlace,
  type AssistedOutcome,
  type AssistedReading,
  type AssistedReadingRequest,
  type DraftAnswer,
  type DraftAnswerRequest,
  mostAssistedCharacters,
} from './api.ts'
import {
  type AnswerForm,
  answerPrompt,
  draftedAnswer,
  type ModelPrompt,
  readAnswer,
  readingAnswer,
  readingPrompt,
} from './asking.ts'
import { checkAnswer, checkReading } from './checking.ts'
import { isOff, nothingToAsk } from './faults.ts'
import { type AssistantCounts, assistantFigures, type DropReason, noCounts } from './figures.ts'
import { mask } from './masking.ts'
import type { LanguageModel, ModelPlace } from './model.ts'

export type Assistant = {
  /** Whether there is one, and where words go. */
  place(): AssistantPlace
  /** A call that is over, summed up, with fields for its order. @throws Fault `assistant-off`, `assistant-nothing` */
  read(asked: AssistedReadingRequest): Promise<AssistedReading>
  /** An answer out of at most three entries that hold now. @throws Fault as `read` */
  answer(asked: DraftAnswerRequest): Promise<DraftAnswer>
  readonly figures: readonly Figure[]
}

export type AssistantOptions = {
  /** Switched off without. */
  readonly at: ModelPlace | undefined
  readonly knowledge: Pick<Knowledge, 'search'>
  readonly isOrderNumber: (digits: string) => boolean
  readonly clock: Clock
  readonly log: Log
  /** Opens the model at that place. */
  readonly open?: (at: ModelPlace, clock: Clock) => Promise<LanguageModel>
}

/** Whoever waits at a desk waits no longer. */
export const lateMs = 2_000
const mostEntries = 3

/** Where none is switched on, the library is never read. */
const openCompatible = async (at: ModelPlace, clock: Clock): Promise<LanguageModel> =>
  (await import('./models/compatible.ts')).createCompatibleModel(at, clock)

export function openAssistant({
  at,
  knowledge,
  isOrderNumber,
  clock,
  log,
  open = openCompatible,
}: AssistantOptions): Assistant {
  const counts = noCounts()
  const opening = at && open(at, clock)
  // Whoever asks is told; nobody asks before they have opened a page.
  opening?.catch(() => log.error({}, 'the language model cannot be asked'))

  async function ask<Answer>(
    what: keyof AssistantCounts['asked'],
    prompt: ModelPrompt,
    schema: AnswerForm<Answer>,
  ): Promise<{ readonly outcome: AssistedOutcome; readonly answer?: Answer }> {
    if (!opening) throw isOff()
    counts.asked[what]++
    const abort = new AbortController()
    let outcome: AssistedOutcome = 'answered'
    let answer: Answer | undefined
    try {
      const asking = opening.then(model => model(prompt, abort.signal))
      answer = readAnswer(schema, await withDeadline(clock, lateMs, asking, () => late))
      if (answer === undefined) outcome = 'wrong'
    } catch (error) {
      outcome = error === late ? 'late' : 'away'
    } finally {
      abort.abort()
    }
    counts.outcomes[outcome]++
    // Why is not said: what servers answer may hold what they were asked.
    if (outcome !== 'answered') log.warn({ what, outcome }, 'the language model gave nothing')
    return { outcome, answer }
  }

  const count = (dropped: readonly DropReason[]): number => {
    for (const reason of dropped) counts.dropped[reason]++
    return dropped.length
  }

  return {
    place: () => (at ? { isOn: true, host: new URL(at.url).host, model: at.model } : { isOn: false }),
    async read({ lines: given, names }) {
      if (!at) throw isOff()
      const lines = within(given)
      if (lines.length === 0) throw nothingToAsk('body.lines', 'words of the caller')
      const masked = mask(
        lines.map(({ text }) => text),
        { names, isOrderNumber },
      )
      const { outcome, answer } = await ask('reading', readingPrompt(masked.texts), readingAnswer)
      if (!answer) return { outcome, dropped: 0, proposals: [] }
      const { proposals, dropped } = checkReading(answer, lines, masked)
      return { outcome, dropped: count(dropped), proposals }
    },
    async answer({ text, district, names }) {
      if (!at) throw isOff()
      const { hits } = await knowledge.search({ text, district, limit: mostEntries })
      if (hits.length === 0) throw nothingToAsk('body.text', 'something that an entry answers')
      const masked = mask([text], { names, isOrderNumber })
      const prompt = answerPrompt(masked.texts.join('\n'), hits)
      const { outcome, answer } = await ask('answer', prompt, draftedAnswer)
      if (!answer) return { outcome, dropped: 0, sentences: [], entries: [] }
      const { sentences, dropped } = checkAnswer(answer, hits, masked)
      const entries = hits.flatMap(({ id, version, question, example, untilMs }, index) => {
        const number = index + 1
        const isCited = sentences.some(({ entry }) => entry === number)
        return isCited ? [{ number, id, version, question, example, untilMs }] : []
      })
      return { outcome, dropped: count(dropped), sentences, entries }
    },
    figures: assistantFigures(counts),
  }
}

/** Told apart from whatever else may fail; it is heard of in this file alone. */
const late = new Error(`nothing in ${lateMs} ms`)

/** Lines with words in them, from the first on, as far as they are read. */
function within(lines: AssistedReadingRequest['lines']): AssistedReadingRequest['lines'] {
  let length = 0
  return lines.filter(({ text }) => {
    if (text.trim() === '') return false
    length += text.length
    return length <= mostAssistedCharacters
  })
}
