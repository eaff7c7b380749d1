import type { RingFailure } from '../../ringing.ts'
import type { SipMessage } from './drachtio.ts'

/** How an INVITE of ours was refused: the final status, and what the telephone network gives for a cause, if it does. */
export type RingRefusal = { readonly status: number; readonly cause?: number }

export function readRefusal(response: Pick<SipMessage, 'get'> & { readonly status: number }): RingRefusal {
  return { status: response.status, cause: causeIn(response.get('Reason') ?? '') }
}

/** `Q.850;cause=20;text="…"`, perhaps among others (RFC 3326). */
export function causeIn(reason: string): number | undefined {
  const cause = /(?:^|,)\s*Q\.850\s*(?:;[^,]*)?;\s*cause\s*=\s*(\d{1,3})/i.exec(reason)?.[1]
  return cause === undefined ? undefined : Number(cause)
}

/** Causes of ITU-T Q.850 that say more than the status they come with: no such number, switched off, out of order. */
const byCause: Readonly<Record<number, RingFailure>> = {
  1: 'unreachable',
  2: 'unreachable',
  3: 'unreachable',
  17: 'busy',
  18: 'no-answer',
  19: 'no-answer',
  20: 'unreachable',
  21: 'rejected',
  22: 'unreachable',
  27: 'unreachable',
  28: 'unreachable',
}

/**
 * What a refusal means to one who dialled (RFC 3261, section 21). A redirection is one more way of not being there: who
 * is rung is decided in this house, and no answer changes that.
 */
export function failureOf({ status, cause }: RingRefusal, rang: boolean): RingFailure {
  const told = cause === undefined ? undefined : byCause[cause]
  if (told) return told
  if (status === 486 || status === 600) return 'busy'
  if (status === 408 || status === 480 || status === 487) return rang ? 'no-answer' : 'unreachable'
  if ([401, 403, 407, 415, 420, 488, 603, 606, 607, 608].includes(status)) return 'rejected'
  return 'unreachable'
}

/** Of ITU-T Q.850: no circuit, network out of order, temporary failure, congestion, circuit not available, no resource. */
const causesOfTrunk: readonly (number | undefined)[] = [34, 38, 41, 42, 44, 47]

/** What it says of itself: it cannot (RFC 3261, section 21.5), or does not take us: our password, our account, what we speak. */
const statusesOfTrunk = [401, 402, 407, 421, 494, 500, 502, 503, 504, 505, 513]

/** A trunk that says so for no number. */
export const isTrunkFailure = ({ status, cause }: RingRefusal, rang: boolean) =>
  !rang && [undefined, ...causesOfTrunk].includes(cause) && statusesOfTrunk.includes(status)
