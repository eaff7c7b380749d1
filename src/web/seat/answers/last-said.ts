/** A thought is said in so many sentences, and no answer needs more of it. */
const sentences = 3
const longest = 120
/** Fewer characters ask for nothing. */
const least = 4

/** What was said last, as far as it asks for something; empty while too little is said. */
export function lastSaid(heard: string): string {
  const said = heard
    .split(/[\n。！？!?]/)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '')
    .slice(-sentences)
    .join('，')
    .slice(-longest)
  return [...said].length < least ? '' : said
}
