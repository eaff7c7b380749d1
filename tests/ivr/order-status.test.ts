import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStatusFile } from '../../src/ivr/index.ts'

let path: string
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'jieting-')), 'orders.yaml')
})
afterEach(() => rm(join(path, '..'), { recursive: true }))

it('knows orders by number, and sees a new file at once', async () => {
  await writeFile(path, '"2600000000012": handling\n')
  const orders = await openStatusFile(path)
  expect(await orders.of('2600000000012')).toBe('handling')
  expect(await orders.of('2600000000020')).toBeUndefined()
  expect(await orders.of('constructor')).toBeUndefined()
  await writeFile(path, '{ "2600000000012": "closed" }')
  expect(await orders.of('2600000000012')).toBe('closed')
})

it('says where a file is wrong, at the start and later', async () => {
  await writeFile(path, '"2600000000012": handling\nabc: closed\n')
  await expect(openStatusFile(path)).rejects.toThrow(
    `${path}:2:1: found "abc", expected the number of an order, in digits and quotes`,
  )
  await writeFile(path, '{}')
  const orders = await openStatusFile(path)
  await rm(path)
  await expect(orders.of('1')).rejects.toMatchObject({ code: 'file-unreadable', found: 'ENOENT' })
  await writeFile(path, '{}')
})
