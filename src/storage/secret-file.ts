import { access, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, newSecret, reasonOf } from '../foundation/index.ts'
import { makeFolder } from './make-folder.ts'

/** What a file that is there and gives no secret is called, in the words of what the secret is for. */
export type SecretFaults = {
  unreadable(path: string, cause: unknown): Fault
  empty(path: string): Fault
}

export type Secret = {
  readonly text: string
  readonly madeNow: boolean
  /** Why it could not be written down, by a code of Node's: it is good until this process ends. */
  readonly notKept?: string
}

/** A folder that takes no file, and not a file that is there and not ours to read: a hotline runs without the one. */
const noFolder: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT', 'EIO']

/** A secret that is made at the first start, readable by its owner alone, and the same at every later one. @throws `faults` */
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

/** @throws `faults` */
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
  /** Those that were good before: what they have sealed opens by them still. */
  readonly older: readonly Uint8Array[]
  readonly notKept?: string
}

/**
 * 32 bytes, given in base64url or made and kept, and those before them: behind commas, or a line each.
 * @param expected what to do about a file that does not hold them
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
 * Another secret in the place of one, which stays behind it, a line each, for what it has sealed. The file is whole at
 * every moment.
 * @param forget whether what was there goes
 */
export async function replaceSecret(path: string, made: string, forget: boolean): Promise<void> {
  const before = forget ? '' : await readFile(path, 'utf8')
  const part = `${path}.new`
  await rm(part, { force: true })
  await writeWhole(part, `${made}\n${before}`)
  await rename(part, path)
}

/** Leaves nothing behind where the disk has no room for all of it, and all of it where the power fails the next moment. */
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
