import { bmff } from './metadata/bmff.ts'
import { jpeg } from './metadata/jpeg.ts'
import { office } from './metadata/office.ts'
import { pdf } from './metadata/pdf.ts'
import { png } from './metadata/png.ts'
import { createReader, type Strip } from './metadata/reader.ts'
import { webp } from './metadata/webp.ts'

/**
 * Removes what files tell besides their picture, sound or text: place, device, time, a preview of what was cropped,
 * author and company. Formats not listed here are left unchanged.
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

/** Picture types are accepted only if their metadata can be removed. */
export const isCleanable = (type: string): boolean => !type.startsWith('image/') || type in strips

/**
 * The bytes of a file without its metadata.
 * @param noteAsSent called if nothing can be removed because the file is signed or encrypted
 * @throws Fault `evidence-broken` for a file that is truncated or cannot be parsed
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
    // Anything after the end of the file (films of a "motion photo", vendors' trailers) is read and dropped.
    while ((await reader.peek(1)).length > 0) await reader.take(reader.held())
  } finally {
    await reader.close()
  }
}
