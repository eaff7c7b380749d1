import { access, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, newSecret, reasonOf } from '../foundation/index.ts'
import { makeFolder } from './make-folder.ts'

/** Makes the faults for a file that holds no usable secret, in terms of what the secret is for. */
export type SecretFaults = {
  unreadable(path: string, cause: unknown): Fault
  empty(path: string): Fault
}

export type Secret = {
  readonly text: string
  readonly madeNow: boolean
  /** Node's error code if the secret could not be saved; it is then valid until this process ends. */
  readonly notKept?: string
}

/** Errors of a folder that cannot take a new file. The hotline runs without it, unlike with an existing file that we may not read. */
const noFolder: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT', 'EIO']

/** Reads a secret, or makes it at the first start, in a file that only its owner may read. @throws one of `faults` */
export async function readOrMakeSecret(path: string, made: string, faults: SecretFaults): Promise<Secret> {
  try {
    await makeFolder(dirname(path))
    await writeWhole(path, `${made}\n`)
    return { text: made, madeNow: true }
  } catch (error) {
    const reason = reasonOf(error)
    if (noFolder.includes(reason) && !(await isThere(path)))
      return { text: made, madeNow: true, notKept: reason }
    if (reason !== 'EEXIST' && !noFolder.includes(reason)) throw faults.unreadable(path, error)
  }
  return { text: await readSecret(path, faults), madeNow: false }
}

/** @throws one of `faults` */
export async function readSecret(path: string, faults: SecretFaults): Promise<string> {
  const text = await readFile(path, 'utf8').catch(error => {
    throw faults.unreadable(path, error)
  })
  const secret = text.trim()
  if (secret === '') throw faults.empty(path)
  return secret
}

export type SecretKey = {
  readonly bytes: Uint8Array
  /** Earlier keys, still needed to verify or open what they sealed. */
  readonly older: readonly Uint8Array[]
  readonly notKept?: string
}

/**
 * A key of 32 bytes, either given in base64url or made and saved, followed by earlier keys: separated by commas if given,
 * one per line in the file.
 * @param expected what the operator should do about a file without valid keys
 * @throws Fault `key-unreadable`
 */
export async function readOrMakeKey(
  given: string | undefined,
  dataDir: string,
  name: string,
  expected: string,
): Promise<SecretKey> {
  if (given !== undefined) {
    const [bytes = Buffer.alloc(0), ...older] = given.split(',').map(one => Buffer.from(one, 'base64url'))
    return { bytes, older }
  }
  const fault = (path: string, found: string, cause?: unknown) =>
    new Fault({ code: 'key-unreadable', place: path, found, expected, cause })
  const path = join(dataDir, name)
  const { text, notKept } = await readOrMakeSecret(path, newSecret(256), {
    unreadable: (at, cause) => fault(at, `a file that cannot be read or written (${reasonOf(cause)})`, cause),
    empty: at => fault(at, 'an empty file'),
  })
  const [bytes = Buffer.alloc(0), ...older] = text.split('\n').map(line => Buffer.from(line, 'base64url'))
  const wrong = [bytes, ...older].find(({ length }) => length !== 32)
  if (wrong) throw fault(path, `${wrong.length} bytes`)
  return { bytes, older, notKept }
}

/**
 * Puts a new secret in front of the old ones, one per line, which stay for what they have sealed. The file is complete at
 * every moment.
 * @param forget whether to drop the old ones instead
 */
export async function replaceSecret(path: string, made: string, forget: boolean): Promise<void> {
  const before = forget ? '' : await readFile(path, 'utf8')
  const part = `${path}.new`
  await rm(part, { force: true })
  await writeWhole(part, `${made}\n${before}`)
  await rename(part, path)
}

/** Writes a file completely or not at all: a full disk leaves nothing behind, and a power failure afterwards loses nothing. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
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
