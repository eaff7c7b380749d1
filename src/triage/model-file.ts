import { z } from 'zod'
import { FaultList } from '../foundation/index.ts'
import { triageFault } from './faults.ts'
import { numberOf, type TriageText } from './features.ts'
import type { Model } from './model.ts'
import { normal } from './text.ts'
import { createVectors } from './vocabulary.ts'

/**
 * A model as one file: 8 characters, the length of its head, the head as JSON, then its arrays one after another, each
 * begun at a multiple of 4 bytes.
 *
 *     "JTRIAGE" version | u32 head | { labels, features … } | i32 numbers | u16 texts | f32 scales | f32 constants
 *     | u32 starts and u16 labels of entries, where they are sparse | i8 entries | u32 hashes of what it was trained on
 */
const magic = 'JTRIAGE'
const version = 1
const headAt = 12

const headSchema = z.object({
  labels: z.array(z.string()).min(2).max(65_535),
  features: z.number().int().min(0),
  entries: z.number().int().min(0),
  isSparse: z.boolean(),
  /** From how many texts the vocabulary was learnt. */
  texts: z.number().int().min(1),
  temperature: z.number().positive(),
  doubt: z.number().min(0).max(1),
  /** Hashes of texts at the end; files of earlier builds have none. */
  known: z.number().int().min(0).default(0),
  learnt: z.object({ examples: z.number().int(), seed: z.number().int(), cost: z.number() }),
})

export type Learnt = z.output<typeof headSchema>['learnt']

type Part = Int32Array | Uint16Array | Float32Array | Uint32Array | Int8Array

const up = (bytes: number) => Math.ceil(bytes / 4) * 4

export function writeModel(
  { labels, vectors, lines, temperature, doubt }: Model,
  learnt: Learnt,
  known: readonly number[] = [],
): Uint8Array {
  const { vocabulary } = vectors
  const head = {
    labels,
    temperature,
    doubt,
    learnt,
    features: vocabulary.numbers.length,
    entries: lines.entries.length,
    isSparse: lines.starts !== undefined,
    texts: vocabulary.of,
    known: known.length,
  }
  const texts = Uint16Array.from(vocabulary.texts, count => Math.min(count, 65_535))
  const parts: Part[] = [vocabulary.numbers, texts, lines.scales, lines.constants]
  if (lines.starts && lines.entryLabels) parts.push(lines.starts, lines.entryLabels)
  parts.push(lines.entries, Uint32Array.from(known))
  const said = new TextEncoder().encode(JSON.stringify(head))
  const size = headAt + up(said.length) + parts.reduce((sum, part) => sum + up(part.byteLength), 0)
  const bytes = new Uint8Array(size)
  bytes.set(new TextEncoder().encode(magic + version))
  new DataView(bytes.buffer).setUint32(8, said.length, true)
  bytes.set(said, headAt)
  let at = headAt + up(said.length)
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += up(part.byteLength)
  }
  return bytes
}

/** @throws FaultList `model-invalid`: no model, one of another version, or one that was cut off */
export function readModel(
  path: string,
  given: Uint8Array,
): { readonly model: Model; readonly learnt: Learnt; readonly known: Uint32Array } {
  // Arrays begin at multiples of 4, in memory of our own.
  const bytes = Uint8Array.from(given)
  const refuse = (found: string, expected: string) =>
    new FaultList([triageFault('model-invalid', path, found, expected)])
  const name = new TextDecoder().decode(bytes.subarray(0, 8))
  if (!name.startsWith(magic)) throw refuse('what is no model', 'a file that `jieting triage train` wrote')
  if (name !== magic + version)
    throw refuse(`a model of version ${name.slice(magic.length)}`, `one of version ${version}, trained again`)
  const cut = () => refuse('a model that was cut off or changed', 'the whole file, as it was written')
  if (bytes.length < headAt) throw cut()
  const length = new DataView(bytes.buffer).getUint32(8, true)
  const read = headSchema.safeParse(jsonOf(bytes.subarray(headAt, headAt + length)))
  if (!read.success) throw cut()
  const { labels, features, entries, isSparse, texts, temperature, doubt, learnt, known } = read.data
  let at = headAt + up(length)
  const next = (items: number, itemBytes: number) => {
    const from = at
    at += up(items * itemBytes)
    if (from + items * itemBytes > bytes.length) throw cut()
    return [bytes.buffer, from, items] as const
  }
  const numbers = new Int32Array(...next(features, 4))
  const counts = Float32Array.from(new Uint16Array(...next(features, 2)))
  const scales = new Float32Array(...next(labels.length, 4))
  const constants = new Float32Array(...next(labels.length, 4))
  const starts = isSparse ? new Uint32Array(...next(features + 1, 4)) : undefined
  const entryLabels = isSparse ? new Uint16Array(...next(entries, 2)) : undefined
  const weights = new Int8Array(...next(entries, 1))
  const hashes = new Uint32Array(...next(known, 4))
  if (at !== bytes.length || (!isSparse && entries !== features * labels.length)) throw cut()
  const vectors = createVectors({ numbers, texts: counts, of: texts })
  const lines = { labels: labels.length, scales, constants, starts, entryLabels, entries: weights }
  return { model: { labels, vectors, lines, temperature, doubt }, learnt, known: hashes }
}

/** Of a text as it is compared: who tests a model on what it was trained on is told. It leads back to no text. */
export const hashOf = ({ text, title = '' }: TriageText): number =>
  numberOf(8, normal(title) + '\n' + normal(text)) >>> 0

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
