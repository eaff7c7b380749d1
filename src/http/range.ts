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
