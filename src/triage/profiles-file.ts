import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Catalogue } from '../catalogue/index.ts'
import { triageFault } from './faults.ts'
import type { Posting } from './gram-vectors.ts'
import type { Profiles } from './profiles.ts'

/**
 * Profiles as one file: 8 characters, the length of its head, the head as JSON, the runs of characters between zeros, then
 * arrays, each begun at a multiple of 4 bytes.
 *
 *     "JTKINDS" version | u32 head | { objects … } | utf-8 grams | f32 rarity | u32 starts | f32 bonus | f32 weights
 *     | u16 holders
 *
 * It is read in a tenth of the time that building it takes: lists of holders are pieces of one array.
 */
const magic = 'JTKINDS'
const version = 1
const headAt = 12
const up = (bytes: number) => Math.ceil(bytes / 4) * 4

const count = z.number().int().min(0)
const headSchema = z.object({
  objects: z.array(z.string()).max(65_535),
  catalogue: z.string(),
  temperature: z.number().positive(),
  doubt: z.number().min(0).max(1),
  grams: count,
  gramBytes: count,
  entries: count,
})

/** By what it is known whether a model was learnt beside this catalogue: all of it that profiles are built of. */
export function catalogueDigest({ objects }: Pick<Catalogue, 'objects'>): string {
  const told = [...objects.values()].map(({ name, group, kinds, words, says }) => [
    name,
    group,
    kinds.map(kind => kind.name),
    words,
    says,
  ])
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16)
}

export function writeProfiles(profiles: Profiles, catalogue: string): Uint8Array {
  const { objects, index, rarity, bonus, temperature, doubt } = profiles
  const grams = [...rarity.keys()]
  const starts = new Uint32Array(grams.length + 1)
  const postings = grams.map(gram => index.get(gram))
  for (const [at, posting] of postings.entries())
    starts[at + 1] = starts[at]! + (posting?.objects.length ?? 0)
  const entries = starts[grams.length]!
  const holders = new Uint16Array(entries)
  const weights = new Float32Array(entries)
  for (const [at, posting] of postings.entries()) {
    if (!posting) continue
    holders.set(posting.objects, starts[at])
    weights.set(posting.weights, starts[at])
  }
  const told = new TextEncoder().encode(grams.join('\0'))
  const head = {
    objects,
    catalogue,
    temperature,
    doubt,
    entries,
    grams: grams.length,
    gramBytes: told.length,
  }
  const said = new TextEncoder().encode(JSON.stringify(head))
  const rare = Float32Array.from(grams, gram => rarity.get(gram) ?? 0)
  const parts = [said, told, rare, starts, bonus, weights, holders]
  const size = headAt + parts.reduce((sum, part) => sum + up(part.byteLength), 0)
  const bytes = new Uint8Array(size)
  bytes.set(new TextEncoder().encode(magic + version))
  new DataView(bytes.buffer).setUint32(8, said.length, true)
  let at = headAt
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += up(part.byteLength)
  }
  return bytes
}

/**
 * @param place named in what is refused
 * @param catalogue the digest of the one that it has to fit
 * @throws Fault `model-invalid`: no such file, one of another version or another catalogue, or one that was cut off
 */
export function readProfiles(place: string, given: Uint8Array, catalogue: string): Profiles {
  const refuse = (found: string, expected: string) => triageFault('model-invalid', place, found, expected)
  const cut = () => refuse('a model that was cut off or changed', 'the whole file, as it was written')
  const name = new TextDecoder().decode(given.subarray(0, 8))
  if (!name.startsWith(magic))
    throw refuse('what is no model of kinds', 'a file that a night of learning wrote')
  if (name !== magic + version)
    throw refuse(`a model of version ${name.slice(magic.length)}`, `one of version ${version}: learn anew`)
  if (given.length < headAt) throw cut()
  // Arrays begin at multiples of 4, in memory of our own.
  const bytes = Uint8Array.from(given)
  const length = new DataView(bytes.buffer).getUint32(8, true)
  const read = headSchema.safeParse(jsonOf(bytes.subarray(headAt, headAt + length)))
  if (!read.success) throw cut()
  const { objects, temperature, doubt, grams, gramBytes, entries } = read.data
  if (read.data.catalogue !== catalogue)
    throw refuse(
      'a model beside another catalogue',
      'one that was learnt beside this catalogue: the next night',
    )
  let at = headAt + up(length)
  const next = (items: number, itemBytes: number) => {
    const from = at
    at += up(items * itemBytes)
    if (from + items * itemBytes > bytes.length) throw cut()
    return [bytes.buffer, from, items] as const
  }
  const told = new TextDecoder().decode(new Uint8Array(...next(gramBytes, 1)))
  const rare = new Float32Array(...next(grams, 4))
  const starts = new Uint32Array(...next(grams + 1, 4))
  const bonus = new Float32Array(...next(objects.length, 4))
  const weights = new Float32Array(...next(entries, 4))
  const holders = new Uint16Array(...next(entries, 2))
  const names = told === '' ? [] : told.split('\0')
  const isWhole = at === bytes.length && names.length === grams && starts[grams] === entries
  if (!isWhole || holders.some(holder => holder >= objects.length)) throw cut()
  const places = new Map(names.map((gram, place) => [gram, place]))
  return {
    objects,
    bonus,
    temperature,
    doubt,
    rarity: {
      keys: () => places.keys(),
      get: gram => {
        const place = places.get(gram)
        return place === undefined ? undefined : rare[place]
      },
    },
    index: {
      get: (gram): Posting | undefined => {
        const place = places.get(gram)
        if (place === undefined) return undefined
        const [from, until] = [starts[place], starts[place + 1]]
        return { objects: holders.subarray(from, until), weights: weights.subarray(from, until) }
      },
    },
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
