import { access, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, newSecret, reasonOf } from '../foundation/index.ts'

export type ApiToken = {
  readonly token: string
  readonly path: string
  readonly madeNow: boolean
  /** Why it could not be written down, by a code of Node's: it is good until this process ends. */
  readonly notKept?: string
}

/** Where the token of this installation lies. */
export const tokenPath = (dataDir: string) => join(dataDir, 'api-token')

/**
 * The token that opens /api: made at the first start, and readable by the owner alone.
 * @throws Fault `token-unreadable`, `token-empty`
 */
export async function readOrMakeToken(dataDir: string): Promise<ApiToken> {
  const path = tokenPath(dataDir)
  const { text, madeNow, notKept } = await readOrMake(path, newSecret())
  return { token: text, path, madeNow, notKept }
}

type SessionKey = { readonly SESSION_KEY?: string; readonly DATA_DIR: string }

/**
 * What seals the cookies of who signs in and makes the links of texts, given or made. It outlives restarts, and nodes that
 * share a database share it. @throws Fault as `readOrMakeKey`
 */
export const readOrMakeSessionKey = ({ SESSION_KEY, DATA_DIR }: SessionKey) =>
  readOrMakeKey(SESSION_KEY, DATA_DIR, 'session-key')

/**
 * 32 bytes that are given, or made and kept in the same way as the token.
 * @throws Fault as `readOrMakeToken`, `session-key-wrong`
 */
export async function readOrMakeKey(
  given: string | undefined,
  dataDir: string,
  name: string,
): Promise<Uint8Array> {
  if (given !== undefined) return Buffer.from(given, 'base64url')
  const path = join(dataDir, name)
  const key = Buffer.from((await readOrMake(path, newSecret(256))).text, 'base64url')
  if (key.length === 32) return key
  throw new Fault({
    code: 'session-key-wrong',
    place: path,
    found: `${key.length} bytes`,
    expected: '32 bytes in base64url; remove the file, and the next start makes them',
  })
}

/** A folder that takes no file, and not a file that is there and not ours to read: a hotline runs without the one. */
const noFolder: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT', 'EIO']

async function readOrMake(path: string, made: string) {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeWhole(path, `${made}\n`)
    return { text: made, madeNow: true }
  } catch (error) {
    const reason = reasonOf(error)
    if (noFolder.includes(reason) && !(await isThere(path)))
      return { text: made, madeNow: true, notKept: reason }
    if (reason !== 'EEXIST' && !noFolder.includes(reason)) throw unreadable(path, error)
  }
  return { text: await readSecret(path), madeNow: false }
}

/** Leaves nothing behind where the disk has no room for all of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** The token that a start has made. @throws Fault `token-unreadable`, `token-empty` */
export const readToken = (dataDir: string): Promise<string> => readSecret(tokenPath(dataDir))

async function readSecret(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw unreadable(path, error)
  })
  const token = text.trim()
  if (token !== '') return token
  throw new Fault({
    code: 'token-empty',
    place: path,
    found: 'an empty file',
    expected: 'a secret; remove the file, and the next start makes one',
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
