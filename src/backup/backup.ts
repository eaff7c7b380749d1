import { chmod, cp, link, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import { askForCopy, type Database, lockDirectory, openDatabase, sql } from '../storage/index.ts'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'
import { connectionOf, run } from './programs.ts'
import { isSealed, sealFile, unsealFile } from './sealed.ts'

export type BackupSource = {
  readonly dataDir: string
  /** URL of a PostgreSQL server; when absent, the database is in the data folder. */
  readonly databaseUrl?: string
  /** Paths of rules (files and folders), by the name of their setting. */
  readonly rules: Readonly<Record<string, string>>
  readonly build: string
  /** Encrypts the backup, which holds keys and citizens' data. When undefined, backups are neither encrypted nor decrypted. */
  readonly passphrase?: string
  readonly clock: Clock
  readonly log: Log
}

export type BackupTarget = Omit<BackupSource, 'rules'> & {
  /** The names of all migrations that this build knows. */
  readonly known: readonly string[]
}

/** Files of the running process, which are created again at a start. */
const leftOut: readonly string[] = ['lock', 'node', 'node-lock']
const dump = 'database.dump'
const folderOfDatabase = 'database'

/**
 * Backs up everything into one file that only its owner may read. The database is copied at one moment: a server's by
 * pg_dump, an embedded one by the process that runs it. Files are copied afterwards, so that every file a row refers to is
 * included.
 * @throws Fault `backup-exists`, `copy-refused` by a hotline running on an embedded database, `backup-program`
 */
export async function makeBackup(source: BackupSource, file: string): Promise<Manifest> {
  const { databaseUrl, rules, build, passphrase, clock } = source
  const path = resolve(file)
  if (await isThere(path)) throw exists(path)
  await mkdir(dirname(path), { recursive: true })
  // mkdtemp makes a private folder, so nobody else can read the files while they are made, whatever their modes.
  const workshop = await mkdtemp(`${path}.`)
  const staging = join(workshop, 'house')
  await mkdir(staging)
  try {
    const migrations = await copyHouse(source, staging)
    for (const [setting, from] of Object.entries(rules))
      if (await isThere(from))
        await cp(from, join(staging, 'rules', setting, basename(resolve(from))), { recursive: true })
    const madeAt = new Date(clock.now()).toISOString()
    const database = databaseUrl === undefined ? 'folder' : 'dump'
    const manifest = await writeManifest(staging, { build, madeAt, database, migrations })
    const plain = join(workshop, 'plain')
    await run('tar', ['--create', '--gzip', `--file=${plain}`, '--directory', staging, '.'])
    const part = passphrase === undefined ? plain : join(workshop, 'sealed')
    if (passphrase !== undefined) await sealFile(plain, part, passphrase)
    await chmod(part, 0o600)
    // Use `link`, which fails if the file exists by now; `rename` would overwrite it.
    await link(part, path).catch(cause => {
      throw reasonOf(cause) === 'EEXIST' ? exists(path) : cause
    })
    return manifest
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

/** @returns the names of the migrations that the database has had */
async function copyHouse(source: BackupSource, staging: string): Promise<string[]> {
  const { dataDir, databaseUrl } = source
  const data = join(staging, 'data')
  if (databaseUrl !== undefined) {
    const migrations = await migrationsIn(source)
    await run(
      'pg_dump',
      ['--format=custom', '--no-owner', '--no-privileges', `--file=${join(staging, dump)}`],
      connectionOf(databaseUrl),
    )
    await copyInto(dataDir, data)
    return migrations
  }
  const free = await lockDirectory(dataDir).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'data-dir-locked') return undefined
    throw error
  })
  if (!free) {
    await mkdir(data, { mode: 0o700 })
    await askForCopy(dataDir, join(data, folderOfDatabase))
    await copyInto(dataDir, data, [...leftOut, folderOfDatabase])
  } else
    try {
      await copyInto(dataDir, data)
    } finally {
      await free()
    }
  // Opening the copy also shows that it can be opened.
  const migrations = await migrationsIn({ ...source, dataDir: data })
  await rm(join(data, 'lock'), { force: true })
  return migrations
}

async function copyInto(from: string, to: string, without = leftOut): Promise<void> {
  const names = (await readdir(from)).filter(name => !without.includes(name))
  await mkdir(to, { recursive: true, mode: 0o700 })
  // A file that disappears meanwhile was due to be deleted; one written meanwhile is not in the copied database yet.
  for (const name of names)
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true }).catch(error => {
      if (reasonOf(error) !== 'ENOENT') throw error
    })
}

/**
 * Restores a backup into an empty folder and an empty database.
 * @returns the manifest, and where the rules were put so that they can be compared with those in use
 * @throws Fault `backup-unreadable`, `backup-sealed`, `backup-changed`, `backup-newer`, `backup-other`, `backup-exists`, `backup-program`
 */
export async function restoreBackup(
  target: BackupTarget,
  file: string,
): Promise<{ readonly manifest: Manifest; readonly rules: string }> {
  const { dataDir, databaseUrl, known, passphrase } = target
  const path = resolve(file)
  const [data, rules] = [resolve(dataDir), `${resolve(dataDir)}.rules`]
  for (const folder of [data, rules]) if (await hasAnything(folder)) throw exists(folder)
  await mkdir(dirname(data), { recursive: true })
  const staging = await mkdtemp(`${data}.restoring-`)
  try {
    const sealed = await isSealed(path)
    const plain = sealed ? join(staging, 'plain') : path
    if (sealed) await unsealFile(path, plain, passphrase)
    await run('tar', [
      '--extract',
      '--gzip',
      `--file=${plain}`,
      '--directory',
      staging,
      '--no-same-owner',
      '--preserve-permissions',
    ])
    if (sealed) await rm(plain)
    const manifest = await readManifest(staging, path)
    refuseOther(manifest, target)
    const strange = manifest.migrations.filter(name => !known.includes(name))
    if (strange.length > 0) throw newer(path, manifest, strange)
    if (databaseUrl !== undefined) {
      if ((await migrationsIn(target)).length > 0) throw exists('DATABASE_URL')
      await run(
        'pg_restore',
        [
          '--exit-on-error',
          '--single-transaction',
          '--no-owner',
          '--no-privileges',
          `--dbname=${connectionOf(databaseUrl).PGDATABASE}`,
          join(staging, dump),
        ],
        connectionOf(databaseUrl),
      )
    }
    await rm(data, { recursive: true, force: true })
    await rename(join(staging, 'data'), data)
    if (await hasAnything(join(staging, 'rules'))) await rename(join(staging, 'rules'), rules)
    return { manifest, rules }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** The names of the migrations that the database has had; none if there is no database yet. */
async function migrationsIn({
  dataDir,
  databaseUrl: url,
  clock,
  log,
}: Omit<BackupSource, 'rules'>): Promise<string[]> {
  if (url === undefined && !(await isThere(join(dataDir, 'database')))) return []
  const database: Database = await openDatabase({ url, dataDir, clock, log })
  try {
    const name = z.object({ name: z.string() })
    const there = await database.query(
      sql`select table_name as name from information_schema.tables where table_name = 'migrations'`,
      name,
    )
    if (there.length === 0) return []
    return (await database.query(sql`select name from migrations order by name`, name)).map(row => row.name)
  } finally {
    await database.close()
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
const hasAnything = (path: string) =>
  readdir(path).then(
    names => names.length > 0,
    (error: unknown) => reasonOf(error) !== 'ENOENT',
  )

function refuseOther({ database }: Manifest, { databaseUrl }: BackupTarget): void {
  if ((database === 'dump') === (databaseUrl !== undefined)) return
  throw new Fault({
    code: 'backup-other',
    place: 'DATABASE_URL',
    found:
      database === 'dump' ? 'a backup of a PostgreSQL server' : 'a backup with its database in the folder',
    expected: database === 'dump' ? 'DATABASE_URL, with an empty database' : 'no DATABASE_URL',
  })
}

const exists = (place: string) =>
  new Fault({
    code: 'backup-exists',
    place,
    found: 'something that is there',
    expected: 'a new file, an empty folder or an empty database: nothing is overwritten',
  })

const newer = (place: string, { build }: Manifest, names: readonly string[]) =>
  new Fault({
    code: 'backup-newer',
    place,
    found: `tables of ${build}, with ${names.slice(0, 3).join(', ')}, which this build does not know`,
    expected: 'the build that made the backup, or a newer one',
  })
