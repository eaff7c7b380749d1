/**
 * Chinese text: splitting it into words, and the sounds of its characters. All callers in a process share one dictionary.
 */

export { initialsOf, soundGramsOf, soundOf } from './sound.ts'
export { characterFrequencies, commonAmong, cutForSearch, cutWords } from './words.ts'
