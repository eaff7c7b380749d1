import { createHmac, hash } from 'node:crypto'

/**
 * How an event becomes a link of a chain, in plain text so that any program can do it again:
 *
 *     digest = SHA-256( salt \n atMs \n kind \n body )                        what happened; the salt goes when it is erased
 *     mac    = HMAC-SHA-256( key, room \n stream \n place \n digest )          that it was this house that wrote it
 *     hash   = SHA-256( hash before it in the room \n hash before it in its stream \n
 *                       room \n seq \n stream \n place \n digest )             where it stands
 *
 * `body` is the JSON as it was written, byte by byte: nothing has to be brought into a form before it is hashed. The
 * hash is made in the database (`ledger_append`, `ledger_write`), so that a room's head is locked for one statement and the commit.
 */
export type Content = {
  readonly salt: string
  readonly atMs: number
  readonly kind: string
  readonly body: string
}

export type ChainPlace = {
  readonly room: string
  /** Place in the chain of the room, from 1 without a gap. */
  readonly seq: number
  /** What the event is about: an order, a survey, a member. */
  readonly stream: string
  /** Place in its stream, from 1 without a gap. */
  readonly place: number
}

/** Before the first of a room. */
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

// In one call: an audit does it twice an event, and an object of it costs three times as much.
const sha256 = (lines: readonly (string | number)[]) => hash('sha256', lines.join('\n'), 'hex')
