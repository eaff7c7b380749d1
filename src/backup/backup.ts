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
  /** A PostgreSQL server; the database lies in the data folder when absent. */
  readonly databaseUrl?: string
  /** Files and folders of rules, by the name of their setting. */
  readonly rules: Readonly<Record<string, string>>
  readonly build: string
  /** Seals the file, which holds keys and what citizens said; undefined leaves it as it is, and opens one that is so. */
  readonly passphrase?: string
  readonly clock: Clock
  readonly log: Log
}

export type BackupTarget = Omit<BackupSource, 'rules'> & {
  /** All migrations that this build knows. */
  readonly known: readonly string[]
}

/** Of this process, and what is made anew. */
const leftOut: readonly string[] = ['lock', 'node', 'node-lock']
const dump = 'database.dump'
const folderOfDatabase = 'database'

/**
 * Everything into one file, which its owner alone may read. The database is copied as it is at one moment: a server's by
 * pg_dump, one in the folder by whoever runs it. Files are copied after it, so that whatever a row names is there.
 * @throws Fault `backup-exists`, `copy-refused` by a hotline that runs on a database in its folder, `backup-program`
 */
export async function makeBackup(source: BackupSource, file: string): Promise<Manifest> {
  const { databaseUrl, rules, build, passphrase, clock } = source
  const path = resolve(file)
  if (await isThere(path)) throw exists(path)
  await mkdir(dirname(path), { recursive: true })
  // Nobody else reads here, whatever the mode of what is laid down while it is made.
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
    // A link is refused where a file is there by now; a rename would overwrite it.
    await link(part, path).catch(cause => {
      throw reasonOf(cause) === 'EEXIST' ? exists(path) : cause
    })
    return manifest
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

/** @returns what the tables have had, by name */
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
  // Opened, a copy has shown that it can be.
  const migrations = await migrationsIn({ ...source, dataDir: data })
  await rm(join(data, 'lock'), { force: true })
  return migrations
}

async function copyInto(from: string, to: string, without = leftOut): Promise<void> {
  const names = (await readdir(from)).filter(name => !without.includes(name))
  await mkdir(to, { recursive: true, mode: 0o700 })
  // What is swept away meanwhile was to go; what is written meanwhile no row names yet.
  for (const name of names)
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true }).catch(error => {
      if (reasonOf(error) !== 'ENOENT') throw error
    })
}

/**
 * The way back, into a folder and a database in which nothing is.
 * @returns what was read, and where the rules lie for whoever compares them with those in use
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

/** What the tables have had, by name; none where there is no database yet. */
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
