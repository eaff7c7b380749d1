import { pinyin } from 'pinyin-pro'

const known = new Map<string, string>()

/** How a character is said most often, without its tone: what a recognizer still hears where it writes another character. */
export function soundOf(character: string): string {
  const before = known.get(character)
  if (before !== undefined) return before
  const sound = /\p{Script=Han}/u.test(character)
    ? (pinyin(character, { toneType: 'none', type: 'array', v: true })[0] ?? character)
    : character
  known.set(character, sound)
  return sound
}

/** The first letters of the sounds, as they are typed: wjjd for 望京街道. */
export const initialsOf = (text: string): string =>
  [...text].map(character => soundOf(character).charAt(0).toLowerCase()).join('')

/** Runs of the sounds of 2 and 3 characters. */
export function soundGramsOf(text: string): string[] {
  const grams: string[] = []
  for (const line of text.split('\n')) {
    const sounds = [...line].map(soundOf)
    for (let start = 0; start + 1 < sounds.length; start++) {
      const two = `${sounds[start]} ${sounds[start + 1]}`
      grams.push(two)
      if (start + 2 < sounds.length) grams.push(`${two} ${sounds[start + 2]}`)
    }
  }
  return grams
}
