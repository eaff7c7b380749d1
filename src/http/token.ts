import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, newSecret, reasonOf } from '../foundation/index.ts'

export type ApiToken = { readonly token: string; readonly path: string; readonly madeNow: boolean }

/** Where the token of this installation lies. */
export const tokenPath = (dataDir: string) => join(dataDir, 'api-token')

/**
 * The token that opens /api: made at the first start, and readable by the owner alone.
 * @throws Fault `token-unreadable`, `token-empty`
 */
export async function readOrMakeToken(dataDir: string): Promise<ApiToken> {
  const path = tokenPath(dataDir)
  const token = newSecret()
  await mkdir(dataDir, { recursive: true })
  try {
    await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
    return { token, path, madeNow: true }
  } catch (error) {
    if (reasonOf(error) !== 'EEXIST') throw unreadable(path, error)
  }
  return { token: await readToken(dataDir), path, madeNow: false }
}

/** The token that a start has made. @throws Fault `token-unreadable`, `token-empty` */
export async function readToken(dataDir: string): Promise<string> {
  const path = tokenPath(dataDir)
  const text = await readFile(path, 'utf8').catch(error => {
    throw unreadable(path, error)
  })
  const token = text.trim()
  if (token !== '') return token
  throw new Fault({
    code: 'token-empty',
    place: path,
    found: 'an empty file',
    expected: 'the token; remove the file, and the next start makes one',
  })
}

const unreadable = (path: string, cause: unknown) =>
  new Fault({
    code: 'token-unreadable',
    place: path,
    found: `a file that cannot be read or written (${reasonOf(cause)})`,
    expected: 'the API token, made by `jieting start`, readable by the user who runs this; or API_TOKEN',
    cause,
  })
