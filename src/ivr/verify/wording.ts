/** A sentence. Commas do not end one. */
const sentence = /[^。！？；!?;.]+/gu
/** A mention of a key, such as `按2`, `按星号键`, `撳2`, `press 2` or `press the hash key`. */
const keyNamed = /[按撳揿](?:[\d*#]|星号|井号)键?|\bpress (?:the )?(?:\d|star|hash)(?: key)?/giu
/** Words that say nothing about what a key does. */
const courtesy = /[\s，,、:：]|请|您|就|please|just|and|or|to|you can/giu

/** Whether each key in a text comes after what it does, in the same sentence: `找人请按0`, not `请按0找人`. */
export function isFunctionFirst(text: string): boolean {
  return [...text.matchAll(sentence)].every(([words]) => {
    let from = 0
    return [...words.matchAll(keyNamed)].every(({ index, 0: key }) => {
      const before = words.slice(from, index).replace(courtesy, '')
      from = index + key.length
      return before !== ''
    })
  })
}
