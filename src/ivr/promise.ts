import { z } from 'zod'
import type { Prompt } from './flow.ts'
import { dueGap, numberValue } from './speak.ts'
import type { Effect, FlowState, Input, Values } from './turn.ts'

/** Callbacks that prompts promise: the callback is owed before the words are said, or the words are not said. */

/** The phase in which a verb waits until the promised callback is saved. */
export const promising = 'promising'

/** Long enough for the database's deadline and then the disk. If it took longer, the caller would think that we are gone. */
const mostMs = 8_000

export const promiseOption = z
  .literal('callback', { error: 'callback' })
  .describe('A callback is owed, and safely kept, before this is said: to the number under `caller`.')

/** A prompt that promises a callback may say by when. */
export const knowsDue = { knows: [dueGap] }

/** The values once the callback is owed: they include the time by which we ring, if that can be told. */
export const owedValues = (values: Values, { due }: Extract<Input, { kind: 'promised' }>): Values =>
  due === undefined ? values : { ...values, [dueGap]: due }

/** Owes the callback. @param message the recording that the caller left */
export const promise = ({ values }: Pick<FlowState, 'values'>, message?: string): readonly Effect[] => [
  { kind: 'promise', number: values[numberValue] ?? '', message },
  { kind: 'wait', ms: mostMs },
]

/**
 * Phrases that promise a call. All languages share one list, because a prompt may mix languages. For a language that is
 * not covered, the prompt's other languages decide.
 */
const promises: readonly RegExp[] = [
  /回电|回拨|回您电话|打回(去|给)|(再|会|就|尽快|时)给您打|给您(打|回)(个)?电话|打电话给您|打给您|打过来|(拨打|会打|我们打) ?\{caller\}/u,
  /打返(畀|俾|比|给)(您|你)|覆(返)?(您|你)?(电话|電話|電)|(打|撥|拨) ?\{caller\} ?搵|再打(畀|俾)(您|你)|打(畀|俾)(您|你)|回電/u,
  /\b(call|ring|phone) (you|\{caller\}|on \{caller\})|\bcall(ing)? back\b|\breturn your call\b/iu,
]
/** Similar phrases that promise nothing: why a number is asked for, and calls that will no longer be made. */
const others =
  /不再给您打|不会再给您打|(方便|以便)(我们)?(给您)?回电|我们(给您)?回电的|等我哋可以打返畀您|我哋打返畀您嘅|so that we can (call|ring) you( back)?|that we should call/giu
/** A callback offered for pressing a key is not promised until the caller presses it. */
const keyNamed = /[按撳揿](?:[\d*#]|星号|井号)|\bpress (?:the )?(?:\d|star|hash)/iu
const sentence = /[^。！？；!?;.]+/gu

/** Whether these words promise a callback, in any of their languages. */
export const isPromise = (prompt: Prompt): boolean => Object.values(prompt).some(isPromised)

function isPromised(text: string): boolean {
  return [...text.matchAll(sentence)].some(([words]) => {
    const said = words.replace(others, '')
    return promises.some(one => one.test(said)) && !keyNamed.test(said)
  })
}
