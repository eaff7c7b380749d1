import { numberOf } from './features.ts'
import { gramsOf, normal } from './text.ts'

/** Of two texts of the same place that are so like, 24 of 28 were the same matter; at 0.2 half of them were. */
export const enoughLike = 0.3

const hashes = 96
const bands = 32
const rows = hashes / bands

/** A text as so many numbers; of two texts, the share that is the same is how like they are. */
export type Signature = Uint32Array

const gramsIn = (text: string): ReadonlySet<string> => new Set(gramsOf(normal(text), 3, 3))

/** The share of runs of three characters that two texts have in common (Jaccard), from 0 to 1. */
export function likenessOf(one: string, other: string): number {
  const [own, theirs] = [gramsIn(one), gramsIn(other)]
  let both = 0
  for (const gram of own) if (theirs.has(gram)) both++
  return own.size + theirs.size === 0 ? 0 : both / (own.size + theirs.size - both)
}

/** MinHash of the text's runs of three characters (Broder 1997). */
export function signatureOf(text: string): Signature {
  const signature = new Uint32Array(hashes).fill(0xffffffff)
  for (const gram of gramsIn(text)) {
    const hash = numberOf(9, gram) >>> 0
    for (let at = 0; at < hashes; at++) {
      // A permutation for each: an odd factor and a mixing.
      let mixed = Math.imul(hash ^ Math.imul(at + 1, 0x9e3779b1), 2 * at + 0x85ebca6b)
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
      const value = (mixed ^ (mixed >>> 13)) >>> 0
      if (value < signature[at]!) signature[at] = value
    }
  }
  return signature
}

/** Keys of which two texts that are alike are likely to share one: what a table is searched by. */
export const bandsOf = (signature: Signature): readonly string[] =>
  Array.from({ length: bands }, (_, band) =>
    [band, ...signature.subarray(band * rows, (band + 1) * rows)].map(part => part.toString(36)).join('.'),
  )

export type PlacedDemand = { readonly text: string; readonly place: string | undefined }

/** Whether two demands are likely to be one matter: alike, and at the same place; what has no place is near nothing. */
export const isNear = (one: PlacedDemand, other: PlacedDemand): boolean =>
  one.place !== undefined && one.place === other.place && likenessOf(one.text, other.text) >= enoughLike
