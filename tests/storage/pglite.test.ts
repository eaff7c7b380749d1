import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { openDatabase, sql } from '../../src/storage/index.ts'

describe('PGlite in a directory', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jieting-data-'))
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  const open = () => openDatabase({ dataDir, clock: systemClock, log: silentLog })

  it('keeps its rows from one start to the next', async () => {
    const first = await open()
    await first.execute(sql.raw('create table notes (body text); insert into notes values ($$甲$$)'))
    await first.close()
    const second = await open()
    expect(await second.query(sql`select body from notes`, z.object({ body: z.string() }))).toEqual([
      { body: '甲' },
    ])
    await second.close()
  })

  it('refuses a second holder in plain words, until the first has left', async () => {
    const first = await open()
    await expect(open()).rejects.toMatchObject({
      code: 'data-dir-locked',
      place: dataDir,
      message: expect.stringContaining('stop the other'),
    })
    await first.ping()
    await first.close()
    await (await open()).close()
  })

  it('says so when there cannot be such a directory', async () => {
    await expect(
      openDatabase({ dataDir: '/dev/null/data', clock: systemClock, log: silentLog }),
    ).rejects.toMatchObject({ code: 'data-dir-unusable', found: 'ENOTDIR' })
  })

  it('opens although a holder that died left its lock behind', async () => {
    await writeFile(join(dataDir, 'lock'), '')
    await (await open()).close()
  })
})
