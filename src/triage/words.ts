import { cutWords } from '../chinese/index.ts'
import { isWordlike } from './text.ts'

/** The words of a text. */
export const wordsOf = (text: string): string[] => cutWords(text).filter(isWordlike)

/** Where words begin and end in a text: by offset, 1 at each. */
export function boundariesOf(text: string): Uint8Array {
  const boundaries = new Uint8Array(text.length + 1)
  let at = 0
  for (const word of cutWords(text)) {
    boundaries[at] = 1
    at += word.length
  }
  boundaries[text.length] = 1
  return boundaries
}
