import { bmff } from './metadata/bmff.ts'
import { jpeg } from './metadata/jpeg.ts'
import { office } from './metadata/office.ts'
import { pdf } from './metadata/pdf.ts'
import { png } from './metadata/png.ts'
import { createReader, type Strip } from './metadata/reader.ts'
import { webp } from './metadata/webp.ts'

/**
 * What files tell besides their picture, sound or text: where they were taken, by which device, at what time, a smaller
 * picture of what was cut away, by whom in which company a document was written. Of the formats that are not here nothing is taken out.
 */
const strips: Readonly<Record<string, Strip>> = {
  'image/jpeg': jpeg,
  'image/png': png,
  'image/webp': webp,
  'image/heic': bmff,
  'image/heif': bmff,
  'image/avif': bmff,
  'audio/mp4': bmff,
  'audio/x-m4a': bmff,
  'video/mp4': bmff,
  'video/quicktime': bmff,
  'video/3gpp': bmff,
  'application/pdf': pdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': office,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': office,
}

/** Photos are taken only where that can be taken out of them. */
export const isCleanable = (type: string): boolean => !type.startsWith('image/') || type in strips

/**
 * The bytes of a file without its metadata.
 * @param noteAsSent told where nothing could be taken out, since it is signed or encrypted
 * @throws Fault `evidence-broken` at a file that ends before its picture begins, or whose parts cannot be told apart
 */
export async function* withoutMetadata(
  type: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  noteAsSent: () => void,
): AsyncIterable<Uint8Array> {
  const strip = strips[type]
  if (!strip) {
    yield* bytes
    return
  }
  const reader = createReader(bytes, name, noteAsSent)
  try {
    yield* strip(reader)
    // What hangs on behind the file's end (films of a "motion photo", labels of a vendor) is read and not kept.
    while ((await reader.peek(1)).length > 0) await reader.take(reader.held())
  } finally {
    await reader.close()
  }
}
