import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOrMakeKey } from '../../src/storage/index.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(() => rm(folder, { recursive: true }))
const key = (given?: string, name = 'ledger-key') => readOrMakeKey(given, folder, name, 'the key as it was')

it('makes a key once, for its owner alone, and finds it again; one that is given is taken', async () => {
  const made = await key()
  expect([made.bytes.length, made.notKept]).toEqual([32, undefined])
  expect(await key()).toEqual(made)
  expect((await stat(join(folder, 'ledger-key'))).mode & 0o777).toBe(0o600)
  expect((await key(Buffer.alloc(32, 7).toString('base64url'))).bytes).toEqual(Buffer.alloc(32, 7))
})

it.each([
  ['', 'an empty file'],
  ['c2hvcnQ', '5 bytes'],
])('names the file that holds none, and what to do: %j', async (text, found) => {
  await writeFile(join(folder, 'ledger-key'), text)
  const place = join(folder, 'ledger-key')
  await expect(key()).rejects.toMatchObject({
    code: 'key-unreadable',
    place,
    found,
    expected: 'the key as it was',
  })
})

it('says that it could not be kept, where no folder takes a file', async () => {
  await writeFile(join(folder, 'no-folder'), '')
  const made = await readOrMakeKey(
    undefined,
    join(folder, 'no-folder', 'below'),
    'ledger-key',
    'the key as it was',
  )
  expect([made.bytes.length, made.notKept !== undefined]).toEqual([32, true])
})
