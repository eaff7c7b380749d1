/** Characters that count as one syllable each; in other scripts except Latin, two letters make about one. */
const characters = /\p{Script=Han}|\p{Script=Hangul}|\d|(?:(?!\p{Script=Latin})\p{L}\p{M}*){1,2}/gu

/**
 * Estimates the number of spoken syllables of a text: one per Chinese character or digit, one per group of vowels in a
 * Latin word, and one per lone capital letter, which is spelled out.
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
