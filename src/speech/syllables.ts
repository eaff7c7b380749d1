/** Characters that are a syllable each; of other scripts but Latin, two letters make about one. */
const characters = /\p{Script=Han}|\p{Script=Hangul}|\d|(?:(?!\p{Script=Latin})\p{L}\p{M}*){1,2}/gu

/**
 * How many syllables a text has when spoken, near enough to tell its length: one a Chinese character or digit, one a
 * group of vowels in a Latin word, one a lone capital letter (which is spelled).
 */
export function syllablesIn(text: string): number {
  const words = text.match(/[a-z']+/gi) ?? []
  return words.reduce((sum, word) => sum + syllablesInWord(word), text.match(characters)?.length ?? 0)
}

function syllablesInWord(word: string): number {
  if (/^[A-Z]+$/.test(word)) return word.length
  const spoken = word.toLowerCase().replace(/([^aeiouyl])e$/, '$1')
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0)
}
