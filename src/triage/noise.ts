import { characterFrequencies, soundOf } from '../chinese/index.ts'

/**
 * A text as a recognizer would get it wrong: of all errors 68 % another character of the same sound, 15 % of a sound that
 * is near, 9 % lost, 8 % a filler put in; half of them in pairs.
 */
export type Noise = (text: string, random: () => number) => string

type Pool = readonly { readonly character: string; readonly weight: number }[]

const sameSound = 0.68
const nearSound = 0.83
const lost = 0.92
const pairs = 0.5
const fillers = '的了嗯啊呃'
/** Rarer characters are never what a recognizer writes. */
const leastOften = 200

const isHan = (character: string) => character >= '\u4e00' && character <= '\u9fa5'

const folded = new Map<string, string>()

/** A sound without what dialects and telephones blur: zh/z, n/l, hu/f, -ng/-n. */
export function foldSound(sound: string): string {
  const before = folded.get(sound)
  if (before !== undefined) return before
  const plain = sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/^hu(?=[aoe])/, 'f')
    .replace(/ng$/, 'n')
  // Chinese has some four hundred; what is none of them is not kept.
  if (folded.size < mostSounds) folded.set(sound, plain)
  return plain
}
const mostSounds = 2_000

let pools: { readonly same: ReadonlyMap<string, Pool>; readonly near: ReadonlyMap<string, Pool> } | undefined

function poolsBySound() {
  if (pools) return pools
  const [same, near] = [new Map<string, Pool[number][]>(), new Map<string, Pool[number][]>()]
  for (const [character, often] of characterFrequencies()) {
    if (!isHan(character) || often < leastOften) continue
    const sound = soundOf(character)
    const entry = { character, weight: often ** 0.75 }
    for (const [map, key] of [[same, sound] as const, [near, foldSound(sound)] as const])
      map.set(key, [...(map.get(key) ?? []), entry])
  }
  pools = { same, near }
  return pools
}

function oneOf(pool: Pool, instead: string, random: () => number): string {
  const others = pool.filter(({ character }) => character !== instead)
  let left = random() * others.reduce((sum, { weight }) => sum + weight, 0)
  for (const { character, weight } of others) {
    left -= weight
    if (left <= 0) return character
  }
  return instead
}

/** @param rate of characters that are wrong, from 0 to 1 */
export function createNoise(rate: number): Noise {
  const { same, near } = poolsBySound()
  return (text, random) => {
    let written = ''
    let goesOn = false
    for (const character of text) {
      const isHit: boolean = goesOn || random() < rate / (1 + pairs)
      goesOn = !goesOn && isHit && random() < pairs
      if (!isHit || !isHan(character)) {
        written += character
        continue
      }
      const what = random()
      const sound = soundOf(character)
      if (what < sameSound) written += oneOf(same.get(sound) ?? [], character, random)
      else if (what < nearSound) written += oneOf(near.get(foldSound(sound)) ?? [], character, random)
      else if (what >= lost) written += character + fillers[Math.floor(random() * fillers.length)]!
    }
    return written
  }
}
