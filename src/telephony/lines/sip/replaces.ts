import type { Call } from '../../call.ts'

/** A dialog by its names, as whoever it is with sees them (RFC 3891, section 3): the tag of To is ours, that of From theirs. */
export type Replaced = { readonly callId: string; readonly toTag: string; readonly fromTag: string }

/** What stands in a Replaces header; undefined where that is no dialog (section 6.1). */
export function readReplaces(header: string): Replaced | undefined {
  const [callId = '', ...rest] = header.split(';').map(part => part.trim())
  const params = new Map<string, string>()
  for (const part of rest) {
    const [, name = '', value = ''] = /^([^=\s]+)\s*=\s*(\S+)$/.exec(part) ?? []
    // Of each tag there is one, and no more.
    if (params.has(name.toLowerCase())) return undefined
    params.set(name.toLowerCase(), value)
  }
  const [toTag, fromTag] = [params.get('to-tag'), params.get('from-tag')]
  return callId !== '' && toTag && fromTag ? { callId, toTag, fromTag } : undefined
}

/**
 * What is said to an INVITE that is to take over a call (RFC 3891, section 3). Who has a call of ours is decided at the hotline, or by
 * the transfer key of the phone that has it: one that there is, is declined, and goes on.
 */
export function statusOfReplacing(header: string, callOf: (named: Replaced) => Call | undefined): number {
  const named = readReplaces(header)
  if (!named) return 400
  return callOf(named) ? 603 : 481
}
