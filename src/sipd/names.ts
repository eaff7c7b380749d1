import { newId } from '../foundation/index.ts'
import { magicCookie } from './via.ts'

/** A tag for From or To: unique, with 52 bits of chance (RFC 3261 section 19.3 asks for 32). */
export function newTag(): string {
  return newId('t').slice(2)
}

/** A branch for Via: unique in space and time (RFC 3261 section 8.1.1.7). */
export function newBranch(): string {
  return magicCookie + newId('b').slice(2)
}

export function newCallId(host: string): string {
  return `${newId('c').slice(2)}@${host}`
}
