import type { FaultCode } from '../../foundation/index.ts'
import { refusalWords } from '../../http/words/refusals.ts'
import type { Language } from '../../http/words/words.ts'
import { termsIn } from './terms.ts'

/** What stands before what was found and expected: a code of any room that has no words does not compile. */
export const titlesIn = (language: Language): Readonly<Record<FaultCode, string>> =>
  termsIn(language)(refusalWords)
