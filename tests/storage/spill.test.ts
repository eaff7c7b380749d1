import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { openSpill } from '../../src/storage/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-spill-'))
})
afterEach(() => rm(folder, { recursive: true }))

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
