import { createHmac, hash } from 'node:crypto'

/**
 * How an event becomes a link of a chain, as plain text, so that any program can repeat it:
 *
 *     digest = SHA-256( salt \n atMs \n kind \n body )                        what happened; the salt goes when it is erased
 *     mac    = HMAC-SHA-256( key, room \n stream \n place \n digest )          that it was this house that wrote it
 *     hash   = SHA-256( hash before it in the room \n hash before it in its stream \n
 *                       room \n seq \n stream \n place \n digest )             where it stands
 *
 * `body` is the JSON as it was written, byte by byte, so that nothing needs to be normalized before hashing. The hash is
 * computed in the database (`ledger_append`, `ledger_write`), so that a room's head is locked only for one statement and the commit.
 */
export type Content = {
  readonly salt: string
  readonly atMs: number
  readonly kind: string
  readonly body: string
}

export type ChainPlace = {
  readonly room: string
  /** Position in the room's chain, starting at 1 without gaps. */
  readonly seq: number
  /** The event's subject: an order, a survey, a member. */
  readonly stream: string
  /** Position in its stream, starting at 1 without gaps. */
  readonly place: number
}

/** The hash that precedes a room's first event. */
export const genesis = '0'.repeat(64)

export const digestOf = ({ salt, atMs, kind, body }: Content): string => sha256([salt, atMs, kind, body])

export const hashOf = (
  previous: string,
  before: string,
  { room, seq, stream, place }: ChainPlace,
  digest: string,
): string => sha256([previous, before, room, seq, stream, place, digest])

export const macOf = (
  key: Uint8Array,
  { room, stream, place }: Omit<ChainPlace, 'seq'>,
  digest: string,
): string => createHmac('sha256', key).update([room, stream, place, digest].join('\n')).digest('base64url')

// Use the one-shot function: an audit hashes twice per event, and a hash object costs three times as much.
const sha256 = (lines: readonly (string | number)[]) => hash('sha256', lines.join('\n'), 'hex')
