/** A folder that was mistyped is refused; one that was used before is not, whatever has become of it. */
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkDataDir } from '../../src/storage/index.ts'

const ours = ['database', 'ledger-key']
const isRoot = process.getuid?.() === 0
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
})
afterEach(async () => {
  await chmod(folder, 0o700)
  await rm(folder, { recursive: true })
})
const check = (path: string) => checkDataDir(path, ours)
const refusal = (found: RegExp) => ({
  code: 'data-dir-unusable',
  place: 'DATA_DIR',
  found: expect.stringMatching(found),
})
/** As a user who owns nothing here; the mode of a folder says nothing to root. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  const user = process.geteuid?.() ?? 0
  if (user === 0) process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    if (user === 0) process.seteuid?.(0)
  }
}

it('makes a folder that is not there, for its owner alone, with those above it', async () => {
  const path = join(folder, 'var', 'jieting')
  await check(path)
  expect((await stat(path)).mode & 0o777).toBe(0o700)
  expect(await readdir(path)).toEqual([])
})

it('refuses what can be no folder', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(check(file)).rejects.toMatchObject(refusal(/file, which is no folder \(ENOTDIR\)$/))
  await expect(check(join(file, 'x'))).rejects.toMatchObject(refusal(/x, which cannot be made \(ENOTDIR\)$/))
  await expect(check('/proc/nowhere')).rejects.toMatchObject(
    refusal(/^\/proc\/nowhere, which cannot be made/),
  )
})

it.runIf(isRoot)('refuses a folder that was never used and takes nothing', async () => {
  await chmod(folder, 0o555)
  await asNobody(() =>
    expect(check(folder)).rejects.toMatchObject(refusal(/which cannot be written \(EACCES\)$/)),
  )
  await asNobody(() =>
    expect(check(join(folder, 'data'))).rejects.toMatchObject(
      refusal(/data, which cannot be made \(EACCES\)$/),
    ),
  )
})

it.runIf(isRoot)(
  'leaves a folder that was used before to the database, though it takes nothing now',
  async () => {
    await mkdir(join(folder, 'database'))
    await chmod(folder, 0o555)
    await asNobody(() => check(folder))
    await chmod(folder, 0o700)
    await asNobody(() => check(folder))
  },
)
