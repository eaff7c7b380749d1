import { execFileSync } from 'node:child_process'
import { appendFile, chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { openSpill } from '../../src/storage/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-spill-'))
})
afterEach(async () => {
  await seal(false)
  await rm(folder, { recursive: true })
})

/** Nothing in the folder can be added, renamed or removed, as on a disk that only reads; root is kept out by chattr alone. */
async function seal(isSealed: boolean): Promise<boolean> {
  if (process.getuid?.() !== 0) return chmod(folder, isSealed ? 0o500 : 0o700).then(() => true)
  try {
    execFileSync('chattr', [isSealed ? '+i' : '-i', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const open = () =>
  openSpill<{ readonly n: number }>({
    folder,
    name: 'journal',
    parse: found => found as { readonly n: number },
    log: silentLog,
  })
const numbers = (...found: readonly number[]) => found.map(n => ({ n }))

it('gives back in order what it was given, and goes once all of it is settled', async () => {
  const spill = open()
  spill.append(numbers(1, 2))
  expect(spill.take(1)).toEqual(numbers(1))
  spill.append(numbers(3))
  expect([spill.take(9), spill.size()]).toEqual([numbers(2), 1])
  spill.settle()
  expect(spill.take(9)).toEqual(numbers(3))
  spill.settle()
  expect([spill.size(), await readdir(folder)]).toEqual([0, []])
})

it('has it all again after a crash, and loses nothing to a line that the crash cut off', async () => {
  open().append(numbers(1))
  await appendFile(join(folder, 'journal.jsonl'), '{"n":')
  const next = open()
  next.append(numbers(2))
  expect([...next.take(9), ...next.take(9)]).toEqual(numbers(1, 2))
})

it('gives back what came while it was read, too, where what was read cannot be removed', async ({ skip }) => {
  const spill = open()
  spill.append(numbers(1, 2))
  expect(spill.take(9)).toEqual(numbers(1, 2))
  spill.append(numbers(3, 4))
  if (!(await seal(true))) skip('no file system that can be sealed')
  spill.settle()
  expect([...spill.take(1), ...spill.take(9), ...spill.take(9), spill.size()]).toEqual([...numbers(3, 4), 0])
  await seal(false)
  spill.append(numbers(5))
  expect([spill.take(9), spill.take(9)]).toEqual([numbers(5), []])
  spill.settle()
  expect(await readdir(folder)).toEqual([])
})
