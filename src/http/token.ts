import { join } from 'node:path'
import { Fault, newSecret, reasonOf } from '../foundation/index.ts'
import { readOrMakeSecret, readSecret, type SecretFaults } from '../storage/index.ts'

export type ApiToken = {
  readonly token: string
  readonly path: string
  readonly madeNow: boolean
  /** Node's error code if the token could not be written to disk; it then holds until this process ends. */
  readonly notKept?: string
}

/** The file of this installation's token. */
export const tokenPath = (dataDir: string) => join(dataDir, 'api-token')

/**
 * The token that opens /api, made at the first start and readable by its owner alone.
 * @throws Fault `token-unreadable`, `token-empty`
 */
export async function readOrMakeToken(dataDir: string): Promise<ApiToken> {
  const path = tokenPath(dataDir)
  const { text, madeNow, notKept } = await readOrMakeSecret(path, newSecret(), tokenFaults)
  return { token: text, path, madeNow, notKept }
}

/** The existing token. @throws Fault `token-unreadable`, `token-empty` */
export const readToken = (dataDir: string): Promise<string> => readSecret(tokenPath(dataDir), tokenFaults)

export const tokenFaults: SecretFaults = {
  empty: path =>
    new Fault({
      code: 'token-empty',
      place: path,
      found: 'an empty file',
      expected: 'a secret; remove the file, and the next start makes one',
    }),
  unreadable: (path, cause) =>
    new Fault({
      code: 'token-unreadable',
      place: path,
      found: `a file that cannot be read or written (${reasonOf(cause)})`,
      expected: 'the API token, made by `jieting start`, readable by the user who runs this; or API_TOKEN',
      cause,
    }),
}
