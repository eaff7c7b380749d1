/**
 * Chinese as it is written and said: the words that a text is made of, and the sounds of its characters. One dictionary
 * a process, whoever asks.
 */

export { initialsOf, soundGramsOf, soundOf } from './sound.ts'
export { characterFrequencies, commonAmong, cutForSearch, cutWords } from './words.ts'
