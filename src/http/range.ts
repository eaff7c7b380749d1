import type { FastifyReply } from 'fastify'

/** Byte positions in a file, first and last inclusive. */
export type ByteRange = { readonly from: number; readonly to: number }

/**
 * Parses a `Range` header (RFC 9110, section 14.2). Malformed and multiple ranges are ignored (`all`); `none` means
 * that the range lies beyond the file.
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'all' | 'none' {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = found ?? []
  if (first === '' && last === '') return 'all'
  if (first === '') {
    const from = Math.max(0, bytes - Number(last))
    return from < bytes ? { from, to: bytes - 1 } : 'none'
  }
  const from = Number(first)
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < from) return 'all'
  return from < bytes ? { from, to } : 'none'
}

/**
 * Sends a sound, whole or the requested range, so that a player can seek.
 * @param bytes total size
 * @param part reads a range, first and last byte inclusive
 */
export function sendSound(
  reply: FastifyReply,
  asked: string | undefined,
  bytes: number,
  part: (range: ByteRange) => unknown,
): FastifyReply {
  reply
    .type('audio/wav')
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
  const range = rangeOf(asked, bytes)
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${bytes}`).send()
  const { from, to } = range === 'all' ? { from: 0, to: bytes - 1 } : range
  if (range !== 'all') reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`)
  return reply.header('content-length', to - from + 1).send(part({ from, to }))
}
