import { hash, verify } from '@node-rs/argon2'
import { newSecret } from '../foundation/index.ts'

/** Argon2id with 19 MiB and two passes: OWASP's Password Storage Cheat Sheet, and the package's own default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The PHC string of a password, with its own salt and cost in it. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** What stands in for the hash of somebody who is not there: it costs as much to try, and nothing opens it. */
let decoy: Promise<string> | undefined

/** Takes as long for a name that is not known, or has no password, as for one that has. */
export async function isRightPassword(kept: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(newSecret())
  const isRight = await verify(kept ?? (await decoy), password)
  return isRight && kept !== undefined
}
