import type { Seal } from './api.ts'

/** Somewhere outside the database that a seal goes to. */
export type SealWay = {
  /** What it is called where it is kept that a seal has gone this way. */
  readonly name: string
  /** @returns a time stamp (RFC 3161, DER in base64), where it is one that gives them. Throws when it did not arrive. */
  send(seal: Seal): Promise<string | undefined>
  /** What has gone this way, where it can be read again. */
  read?(): Promise<readonly Seal[]>
}
