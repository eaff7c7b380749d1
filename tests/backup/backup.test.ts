/** A copy of all that a house keeps, put back into nothing, and held against what was there. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeBackup, restoreBackup } from '../../src/backup/index.ts'
import { run } from '../../src/backup/programs.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { build, tables } from '../../src/hall/rooms.ts'
import { type Database, lockDirectory, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'

const shared = { clock: systemClock, log: silentLog }
const known = tables.map(({ name }) => name)
let folder = ''
const begins = async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-backup-'))
}
const ends = () => rm(folder, { recursive: true, force: true })

const dataDir = () => join(folder, 'data')
const file = () => join(folder, 'house.backup')
const target = (databaseUrl?: string) => ({
  ...shared,
  dataDir: join(folder, 'back'),
  databaseUrl,
  build,
  known,
})
const source = (databaseUrl?: string) => ({
  ...shared,
  dataDir: dataDir(),
  databaseUrl,
  build,
  rules: { RETENTION_RULES: join(folder, 'retention.json'), FLOWS_DIR: join(folder, 'flows') },
})

/** Files as a house lays them, and the rules that its settings name. */
async function laysFiles() {
  for (const name of ['recordings', 'evidence/A1'])
    await mkdir(join(dataDir(), name), { recursive: true, mode: 0o700 })
  await writeFile(join(dataDir(), 'recordings', 'call_1.wav'), Buffer.alloc(200_000, 7), { mode: 0o600 })
  await writeFile(join(dataDir(), 'evidence', 'A1', '照片 1.png'), 'png', { mode: 0o600 })
  await writeFile(join(dataDir(), 'ledger-key'), 'the key\n', { mode: 0o600 })
  await mkdir(join(folder, 'flows'))
  await writeFile(join(folder, 'flows', 'hotline.yaml'), 'flow: hotline')
  await writeFile(join(folder, 'retention.json'), '{}')
}
const fills = async (database: Database) => {
  await migrate(database, tables, build)
  await database.execute(sql`insert into staff (name, display, role) values ('li', '李主任', 'admin')`)
}
/** Every row of every table. */
async function allOf(database: Database) {
  const name = z.object({ name: z.string() })
  const names = await database.query(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    name,
  )
  const row = z.object({ row: z.unknown() })
  const rows = await Promise.all(
    names.map(async one => [
      one.name,
      await database.query(
        sql`select to_jsonb(t) as row from ${sql.identifier(one.name)} t order by to_jsonb(t)::text`,
        row,
      ),
    ]),
  )
  return Object.fromEntries(rows)
}
async function rowsIn(where: { readonly dataDir?: string; readonly url?: string }) {
  const database = await openDatabase({ ...shared, ...where })
  try {
    return await allOf(database)
  } finally {
    await database.close()
  }
}
const files = async (of: string) =>
  Promise.all(
    (await readdir(of, { recursive: true, withFileTypes: true }))
      .filter(entry => entry.isFile() && !entry.parentPath.includes('/database'))
      .map(async entry => {
        const path = join(entry.parentPath, entry.name)
        return [
          path.slice(of.length),
          (await readFile(path)).toString('base64'),
          (await stat(path)).mode & 0o777,
        ]
      }),
  ).then(all => all.toSorted())

describe('of a house with its database in the folder', () => {
  let rows: Awaited<ReturnType<typeof rowsIn>>
  let made: Awaited<ReturnType<typeof makeBackup>>
  beforeAll(async () => {
    await begins()
    await laysFiles()
    const database = await openDatabase({ ...shared, dataDir: dataDir() })
    await fills(database)
    rows = await allOf(database)
    await database.close()
    made = await makeBackup(source(), file())
  }, 120_000)
  afterAll(ends)

  it('brings back every row, file, key and rule', async () => {
    expect(rows.staff).toHaveLength(1)
    expect(made).toMatchObject({ build, database: 'folder' })
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    const { rules } = await restoreBackup(target(), file())
    expect(await files(join(folder, 'back'))).toEqual(await files(dataDir()))
    expect(await rowsIn({ dataDir: join(folder, 'back') })).toEqual(rows)
    expect(await readFile(join(rules, 'FLOWS_DIR', 'flows', 'hotline.yaml'), 'utf8')).toBe('flow: hotline')
    expect((await readdir(folder)).toSorted()).toEqual([
      'back',
      'back.rules',
      'data',
      'flows',
      'house.backup',
      'retention.json',
    ])
  }, 60_000)

  it('overwrites nothing: no backup, no folder', async () => {
    const before = await stat(file())
    const exists = expect.objectContaining({ code: 'backup-exists' })
    await expect(makeBackup(source(), file())).rejects.toEqual(exists)
    expect((await stat(file())).mtimeMs).toBe(before.mtimeMs)
    await expect(restoreBackup({ ...target(), dataDir: dataDir() }, file())).rejects.toEqual(exists)
    expect(await readFile(join(dataDir(), 'ledger-key'), 'utf8')).toBe('the key\n')
  })

  it('is made while the hotline runs in that folder and writes: what was committed before is in it, in order', async () => {
    const database = await openDatabase({ ...shared, dataDir: dataDir() })
    const add = (number: number) =>
      database.execute(
        sql`insert into staff (name, display, role) values (${`n${String(number).padStart(6, '0')}`}, 'x', 'seat')`,
      )
    for (let number = 0; number < 200; number++) await add(number)
    let written = 200
    let isOver = false
    const writing = (async () => {
      for (; !isOver; written++) await add(written)
    })()
    const other = join(folder, 'other.backup')
    const begun = written
    await makeBackup(source(), other)
    isOver = true
    await writing
    expect(written).toBeGreaterThan(begun)
    const back = join(folder, 'live')
    await restoreBackup({ ...target(), dataDir: back }, other)
    const found = (await rowsIn({ dataDir: back })).staff as { row: { name: string } }[]
    const numbers = found.flatMap(({ row }) => (/^n\d/.test(row.name) ? [Number(row.name.slice(1))] : []))
    expect(numbers.length).toBeGreaterThanOrEqual(begun)
    expect(numbers.toSorted((one, two) => one - two)).toEqual(numbers.map((_, at) => at))
    // It goes on as if nothing had been.
    await add(999_999)
    await database.close()
    await rm(other)
    await rm(back, { recursive: true })
    await rm(`${back}.rules`, { recursive: true })
  }, 60_000)

  it('is refused where somebody holds the folder and gives no copy', async () => {
    const free = await lockDirectory(dataDir())
    const other = join(folder, 'other.backup')
    await expect(makeBackup(source(), other)).rejects.toMatchObject({ code: 'copy-refused' })
    await free()
    expect((await readdir(folder)).filter(name => name.startsWith('other'))).toEqual([])
  })

  it('is read by nobody without its passphrase, and not when a byte of it is another', async () => {
    const passphrase = '口令 of that day'
    const sealed = join(folder, 'sealed.backup')
    await makeBackup({ ...source(), passphrase }, sealed)
    expect((await stat(sealed)).mode & 0o777).toBe(0o600)
    expect((await readFile(sealed)).includes('ledger-key')).toBe(false)
    const into = { ...target(), dataDir: join(folder, 'opened') }
    const refused = { code: 'backup-sealed' }
    await expect(restoreBackup(into, sealed)).rejects.toMatchObject(refused)
    await expect(restoreBackup({ ...into, passphrase: 'another one' }, sealed)).rejects.toMatchObject(refused)
    const bytes = await readFile(sealed)
    const piece = 64 * 1024 + 16
    const forgeries = [
      bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1),
      bytes.subarray(0, bytes.length - 40),
      bytes.subarray(0, 35 + piece),
      Buffer.concat([
        bytes.subarray(0, 35),
        bytes.subarray(35 + piece, 35 + 2 * piece),
        bytes.subarray(35, 35 + piece),
        bytes.subarray(35 + 2 * piece),
      ]),
    ]
    const forged = join(folder, 'forged-sealed')
    for (const forgery of forgeries) {
      await writeFile(forged, forgery)
      await expect(restoreBackup({ ...into, passphrase }, forged)).rejects.toMatchObject(refused)
    }
    expect((await readdir(folder)).filter(name => name.startsWith('opened'))).toEqual([])
    await restoreBackup({ ...into, passphrase }, sealed)
    expect(await rowsIn({ dataDir: into.dataDir })).toEqual(await rowsIn({ dataDir: dataDir() }))
  }, 90_000)

  it('is not put back by an older build, nor when a byte of it is another, nor when it is none', async () => {
    const into = { ...target(), dataDir: join(folder, 'nowhere') }
    const older = { ...into, known: known.slice(0, -1) }
    await expect(restoreBackup(older, file())).rejects.toMatchObject({ code: 'backup-newer' })
    const unpacked = join(folder, 'unpacked')
    await mkdir(unpacked)
    await run('tar', ['--extract', '--gzip', `--file=${file()}`, '--directory', unpacked])
    const forged = join(folder, 'forged.backup')
    const packs = () => run('tar', ['--create', `--file=${forged}`, '--gzip', '--directory', unpacked, '.'])
    await writeFile(join(unpacked, 'data', 'ledger-key'), 'another key\n')
    await packs()
    await expect(restoreBackup(into, forged)).rejects.toMatchObject({ code: 'backup-changed' })
    await rm(join(unpacked, 'data', 'ledger-key'))
    await symlink('/etc/passwd', join(unpacked, 'data', 'ledger-key'))
    await packs()
    await expect(restoreBackup(into, forged)).rejects.toMatchObject({ code: 'backup-changed' })
    await writeFile(forged, 'hello')
    await expect(restoreBackup(into, forged)).rejects.toMatchObject({ code: 'backup-program' })
    expect((await readdir(folder)).filter(name => name.startsWith('nowhere'))).toEqual([])
  }, 60_000)
})

describe.skipIf(lacksPostgres)('of a house on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    await begins()
    server = await startPostgres()
  }, 60_000)
  afterAll(async () => {
    await server?.remove()
    await ends()
  })
  const called = (name: string) => server.url.replace(/\/[^/]*$/, `/${name}`)
  async function makes(name: string) {
    const database = await openDatabase({ ...shared, url: server.url })
    await database.execute(sql`create database ${sql.identifier(name)}`)
    await database.close()
    return called(name)
  }

  it('brings back every row and file, while the hotline runs', async () => {
    await laysFiles()
    const [from, to] = [await makes('house'), await makes('again')]
    const running = await openDatabase({ ...shared, url: from })
    await fills(running)
    expect(await makeBackup(source(from), file())).toMatchObject({ database: 'dump' })
    await restoreBackup(target(to), file())
    expect(await rowsIn({ url: to })).toEqual(await allOf(running))
    expect(await files(join(folder, 'back'))).toEqual(await files(dataDir()))
    await running.close()
    // A database in which something is, and a house of the other kind.
    await expect(
      restoreBackup({ ...target(to), dataDir: join(folder, 'twice') }, file()),
    ).rejects.toMatchObject({
      code: 'backup-exists',
    })
    await expect(
      restoreBackup({ ...target(), dataDir: join(folder, 'twice') }, file()),
    ).rejects.toMatchObject({
      code: 'backup-other',
    })
  }, 90_000)
})
