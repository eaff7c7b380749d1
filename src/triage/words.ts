import { cutWords } from '../chinese/index.ts'
import { isWordlike } from './text.ts'

/** The words of a text. */
export const wordsOf = (text: string): string[] => cutWords(text).filter(isWordlike)
