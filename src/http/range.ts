import type { FastifyReply } from 'fastify'

/** Bytes of a file, the first and the last included. */
export type ByteRange = { readonly from: number; readonly to: number }

/**
 * What a `Range` header asks for (RFC 9110, section 14.2). Whatever is no range of bytes, and several at once, is as if
 * it were not there; `none` where no byte of it exists.
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
 * Answers with a sound, whole or in the part that is asked for: a player that goes to another moment asks for no more.
 * @param bytes of all of it
 * @param part of it, from the first to the last
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
