import { hash, verify } from '@node-rs/argon2'
import { newSecret } from '../foundation/index.ts'

/** Argon2id with 19 MiB and two passes, as in OWASP's Password Storage Cheat Sheet and the package's defaults. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The PHC string of a password, which includes salt and cost. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** A hash used for unknown names: checking against it costs as much, and no password matches it. */
let decoy: Promise<string> | undefined

/** Checks a password. It takes equally long for names that are unknown or have no password. */
export async function isRightPassword(kept: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(newSecret())
  const isRight = await verify(kept ?? (await decoy), password)
  return isRight && kept !== undefined
}
