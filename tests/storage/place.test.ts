import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../src/foundation/index.ts'
import { takePlace } from '../../src/storage/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-place-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('knows who was in a folder before, once they are gone, and says of nobody alive that they are dead', async () => {
  const first = await takePlace(folder, 'one', silentLog)
  expect(first.before).toBeUndefined()
  const beside = await takePlace(folder, 'two', silentLog)
  expect(beside.before).toBeUndefined()
  await first.leave()
  const next = await takePlace(folder, 'three', silentLog)
  expect(next.before).toBe('one')
  await next.leave()
})

it('takes a copy of a folder for another one, whose process may live', async () => {
  const first = await takePlace(folder, 'one', silentLog)
  const copy = join(folder, 'copy')
  await cp(join(folder, 'node'), join(copy, 'node'), { recursive: true })
  const second = await takePlace(copy, 'two', silentLog)
  expect(second.before).toBeUndefined()
  await first.leave()
  await second.leave()
})

it('does without where nothing can be written', async () => {
  const place = await takePlace('/dev/null/data', 'one', silentLog)
  expect(place.before).toBeUndefined()
  await place.leave()
})
