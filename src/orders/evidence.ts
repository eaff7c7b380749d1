import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { Fault, FaultList, writable } from '../foundation/index.ts'
import type { Piece } from './api.ts'
import type { EvidenceStore } from './evidence-store.ts'

/** A file as somebody offers it; its bytes come when they are read. */
export type OfferedFile = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }

const mediaType = z.string().regex(/^[a-z]+\/[\w.+-]+$/, { error: 'a media type, as image/jpeg' })

/** What a city takes as evidence. Texts are no type here: what a browser could run is told by nothing but its words. */
export const evidenceRulesSchema = z.strictObject({
  types: z
    .array(mediaType)
    .min(1)
    .default([
      ...['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'application/pdf'],
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ...['audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/aac', 'audio/amr', 'audio/ogg', 'audio/wav'],
      // Sound that some telephones record bears the brand of a video, too.
      ...['video/mp4', 'video/quicktime', 'video/3gpp'],
    ]),
  mostMegabytes: z.int().min(1).max(500).default(20),
  /** Of one order, over all its rounds. */
  mostPieces: z.int().min(1).max(500).default(40),
})
export type EvidenceRules = Readonly<z.output<typeof evidenceRulesSchema>>

/** So much of a file tells its type; a recording may begin with a long label. */
const sampleBytes = 64 * 1024
const longestName = 120

/**
 * Keeps files of an order, and tells of each that it kept.
 * @throws at its end, FaultList with a Fault `evidence-type`, `evidence-too-big` or `evidence-empty` for each that is refused
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
      let type = ''
      const checked = check(file.bytes, name, rules, found => {
        type = found
      })
      const kept = await store.keep(order, checked)
      yield { ...kept, name, type }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new FaultList(faults)
}

/** The bytes as they come, until they are too many or no type that is taken. */
async function* check(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  { types, mostMegabytes }: EvidenceRules,
  onType: (type: string) => void,
): AsyncIterable<Uint8Array> {
  const refused = (code: string, found: string, expected: string) =>
    new Fault({ code, place: name, found, expected })
  const sample: Uint8Array[] = []
  let count = 0
  let isKnown = false
  const know = async () => {
    const type = (await fileTypeFromBuffer(Buffer.concat(sample)))?.mime.split(';')[0]
    if (type === undefined || !types.includes(type))
      throw refused('evidence-type', type ?? 'a file of no known type', `one of ${types.join(', ')}`)
    isKnown = true
    onType(type)
  }
  for await (const chunk of bytes) {
    if (count < sampleBytes) sample.push(chunk)
    count += chunk.length
    if (count > mostMegabytes * 1024 * 1024)
      throw refused('evidence-too-big', `more than ${mostMegabytes} MB`, `at most ${mostMegabytes} MB`)
    if (!isKnown && count >= sampleBytes) await know()
    yield chunk
  }
  if (count === 0) throw refused('evidence-empty', 'an empty file', 'a file with something in it')
  if (!isKnown) await know()
}

/** Without folders, and without what would turn its line around or break it. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = writable(last.replace(/[\p{Cc}\p{Cf}]/gu, '')).trim()
  return plain === '' ? 'file' : [...plain].slice(-longestName).join('')
}
