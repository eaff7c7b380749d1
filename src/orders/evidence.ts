import { z } from 'zod'
import { Fault, FaultList, writable } from '../foundation/index.ts'
import type { OfferedFile } from '../foundation/schema.ts'
import type { Piece } from './api.ts'
import type { EvidenceStore } from './evidence-store.ts'
import type { OrderFaultCode } from './faults.ts'
import { isCleanable, withoutMetadata } from './metadata.ts'

const mediaType = z
  .string()
  .regex(/^[a-z]+\/[\w.+-]+$/, { error: 'a media type, as image/jpeg' })
  .refine(isCleanable, {
    error: 'a type of photo out of which its place can be taken: JPEG, PNG, WebP, HEIF, AVIF',
  })

/**
 * What a city accepts as evidence. Plain text types are excluded: only their words would tell whether a browser
 * could run them.
 */
export const evidenceRulesSchema = z.strictObject({
  types: z
    .array(mediaType)
    .min(1)
    .default([
      ...['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'application/pdf'],
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/amr', 'audio/ogg', 'audio/wav'],
      // Some telephones record sound in containers marked as video.
      ...['video/mp4', 'video/quicktime', 'video/3gpp'],
    ]),
  mostMegabytes: z.int().min(1).max(500).default(20),
  /** Per order, over all its rounds. */
  mostPieces: z.int().min(1).max(500).default(40),
})
export type EvidenceRules = Readonly<z.output<typeof evidenceRulesSchema>>

/** Bytes read to recognize the type; a recording may begin with a long tag. */
const sampleBytes = 64 * 1024
const longestName = 120

/**
 * Stores files of an order without the metadata that tells who made them, and yields each that was stored; the hash
 * is that of the stored bytes.
 * @throws at the end, FaultList with a Fault `evidence-type`, `evidence-too-big`, `evidence-empty` or
 * `evidence-broken` for each refused file
 */
export async function* keepPieces(
  order: string,
  files: AsyncIterable<OfferedFile>,
  rules: EvidenceRules,
  store: EvidenceStore,
): AsyncIterable<Piece> {
  const faults: Fault[] = []
  for await (const file of files) {
    const name = plainName(file.name)
    try {
      const { type, bytes } = await recognized(upTo(file.bytes, name, rules), name, rules)
      let asSent: true | undefined
      const noteAsSent = () => {
        asSent = true
      }
      const kept = await store.keep(order, withoutMetadata(type, name, bytes, noteAsSent))
      yield { ...kept, name, type, asSent }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new FaultList(faults)
}

const refused = (code: OrderFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })

/** Passes the bytes on until they exceed the limit. */
async function* upTo(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  { mostMegabytes }: EvidenceRules,
): AsyncIterable<Uint8Array> {
  let count = 0
  for await (const chunk of bytes) {
    count += chunk.length
    if (count > mostMegabytes * 1024 * 1024)
      throw refused('evidence-too-big', name, `more than ${mostMegabytes} MB`, `at most ${mostMegabytes} MB`)
    yield chunk
  }
}

/** The type by a file's first bytes, and all of its bytes. @throws Fault `evidence-type`, `evidence-empty` */
async function recognized(bytes: AsyncIterable<Uint8Array>, name: string, { types }: EvidenceRules) {
  const source = bytes[Symbol.asyncIterator]()
  const sample: Uint8Array[] = []
  for (let count = 0; count < sampleBytes; count += sample.at(-1)?.length ?? 0) {
    const { done, value } = await source.next()
    if (done) break
    sample.push(value)
  }
  const start = Buffer.concat(sample)
  if (start.length === 0)
    throw refused('evidence-empty', name, 'an empty file', 'a file with something in it')
  const { fileTypeFromBuffer } = await import('file-type')
  const type = (await fileTypeFromBuffer(start))?.mime.split(';')[0]
  if (type === undefined || !types.includes(type)) {
    await source.return?.()
    throw refused('evidence-type', name, type ?? 'a file of no known type', `one of ${types.join(', ')}`)
  }
  return { type, bytes: joined(start, source) }
}

async function* joined(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield start
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** The file name without folders, and without control or direction characters. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = writable(last.replace(/[\p{Cc}\p{Cf}]/gu, '')).trim()
  return plain === '' ? 'file' : [...plain].slice(-longestName).join('')
}
