import type { Key } from '../../../media/index.ts'

/**
 * The key that an INFO reports: `application/dtmf-relay` (`Signal=5`, `Duration=160`, one a line) or
 * `application/dtmf` (the key alone). Events 10 to 15 may come by number, as in RFC 4733, section 3.2.
 */
export function keyOfInfo(contentType: string, body: string): Key | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  const signal =
    type === 'application/dtmf-relay'
      ? /^\s*signal\s*=\s*(\S+)\s*$/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : undefined
  if (signal === undefined) return undefined
  const byNumber = /^1[0-5]$/.test(signal) ? '*#ABCD'[Number(signal) - 10] : signal
  return keys.find(key => key === byNumber?.toUpperCase())
}

const keys: readonly Key[] = [...'0123456789*#ABCD'] as Key[]
