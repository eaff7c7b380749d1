import type { Seal } from './api.ts'

/** A place outside the database to which seals are sent. */
export type SealWay = {
  /** Its name in the record of where seals were sent. */
  readonly name: string
  /** Sends a seal; throws if it did not arrive. @returns a time stamp (RFC 3161, DER in base64), if this place gives one */
  send(seal: Seal): Promise<string | undefined>
  /** Reads back what was sent, if that is possible. */
  read?(): Promise<readonly Seal[]>
}
