import { z } from 'zod'
import type { Prompt } from './flow.ts'
import { dueGap, numberValue } from './speak.ts'
import type { Effect, FlowState, Input, Values } from './turn.ts'

/** A callback that is promised in words: it is owed before they are said, or they are not said. */

/** The phase of a verb that waits for its promise to be kept safe. */
export const promising = 'promising'

/** DESIGN: the database has its deadline, and then it is the disk's turn; longer and the caller takes us for gone. */
const mostMs = 8_000

export const promiseOption = z
  .literal('callback', { error: 'callback' })
  .describe('A callback is owed, and safely kept, before this is said: to the number under `caller`.')

/** A prompt that promises may say by when. */
export const knowsDue = { knows: [dueGap] }

/** What is known once it is owed: by when they will have been rung, where that can be told. */
export const owedValues = (values: Values, { due }: Extract<Input, { kind: 'promised' }>): Values =>
  due === undefined ? values : { ...values, [dueGap]: due }

/** Owes the callback. @param message the recording that they left */
export const promise = ({ values }: Pick<FlowState, 'values'>, message?: string): readonly Effect[] => [
  { kind: 'promise', number: values[numberValue] ?? '', message },
  { kind: 'wait', ms: mostMs },
]

/**
 * Words that promise a call, by language. One list for all: a prompt may mix them, and a language that is not here is
 * held to what its neighbours say.
 */
const promises: readonly RegExp[] = [
  /回电|回拨|回您电话|打回(去|给)|(再|会|就|尽快|时)给您打|给您(打|回)(个)?电话|打电话给您|打给您|打过来|(拨打|会打|我们打) ?\{caller\}/u,
  /打返(畀|俾|比|给)(您|你)|覆(返)?(您|你)?(电话|電話|電)|(打|撥|拨) ?\{caller\} ?搵|再打(畀|俾)(您|你)|打(畀|俾)(您|你)|回電/u,
  /\b(call|ring|phone) (you|\{caller\}|on \{caller\})|\bcall(ing)? back\b|\breturn your call\b/iu,
]
/** What is near to it and promises nothing: what a number is asked for, and calls that nobody gets any more. */
const others =
  /不再给您打|不会再给您打|(方便|以便)(我们)?(给您)?回电|我们(给您)?回电的|等我哋可以打返畀您|我哋打返畀您嘅|so that we can (call|ring) you( back)?|that we should call/giu
/** Who is offered it by a key is not promised it before they press. */
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
