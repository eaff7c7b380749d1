import { Fault, silentLog, systemClock } from '../../foundation/index.ts'
import type { AddCommands, Cli } from '../cli.ts'

/** A copy of all that the house keeps, and the way back; both work on the folder and the database themselves. */
export const addBackupCommands: AddCommands = (program, cli) => {
  const words = cli.words.backup
  program
    .command('backup')
    .description(words.about)
    .requiredOption('--to <file>', words.to)
    .option('--plain', words.plain)
    .action(async ({ to, plain }: { readonly to: string; readonly plain?: true }) => {
      const { makeBackup } = await import('../../backup/index.ts')
      const { house, rules, passphrase: given } = await houseOf(cli)
      const passphrase = plain ? undefined : (given ?? (await newPassphrase(cli)))
      const manifest = await makeBackup({ ...house, rules, passphrase }, to)
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      const made = words.made(to, manifest.files.length, Math.ceil(bytes / 1e6))
      cli.answer(
        { file: to, sealed: !plain, ...manifest },
        `${made} ${plain ? words.isPlain : words.isSealed}`,
      )
    })

  program
    .command('restore')
    .description(words.restoreAbout)
    .argument('<file>', words.file)
    .action(async (file: string) => {
      const { isSealed, restoreBackup } = await import('../../backup/index.ts')
      const { house, known, passphrase: given } = await houseOf(cli)
      const asked = async () => given ?? (await cli.readSecret(words.askPassphrase))
      const passphrase = (await isSealed(file)) ? await asked() : undefined
      const { manifest, rules } = await restoreBackup({ ...house, known, passphrase }, file)
      cli.answer({ ...manifest, rules }, words.restored(manifest.madeAt, house.dataDir, rules))
    })
}

/** A mistyped one nobody would notice until the day of the restore. @throws Fault `setting-invalid` */
const newPassphrase = async ({ readSecret, words: { backup, staff } }: Cli): Promise<string> =>
  longEnough(await readSecret(backup.askPassphrase, staff.askAgain))

/** @throws Fault `setting-invalid` */
function longEnough(passphrase: string): string {
  if (passphrase.length >= leastPassphrase) return passphrase
  throw new Fault({
    code: 'setting-invalid',
    place: 'BACKUP_PASSPHRASE',
    found: passphrase === '' ? 'nothing' : 'fewer characters',
    expected: 'at least 12 characters',
  })
}
const leastPassphrase = 12

/** Where this house keeps what it has, as its start reads it. */
async function houseOf({ env }: Cli) {
  const [{ readSettings }, { build, tables }] = await Promise.all([
    import('../../settings/index.ts'),
    import('../../hall/rooms.ts'),
  ])
  const settings = readSettings(env)
  const {
    CITY_FILE,
    GAZETTEER_FILE,
    RETENTION_RULES,
    FLOWS_DIR,
    ORDER_RULES_DIR,
    CATALOGUE_DIR,
    KNOWLEDGE_DIR,
    SURVEY_RULES,
  } = settings
  const rules = {
    CITY_FILE,
    GAZETTEER_FILE,
    RETENTION_RULES,
    FLOWS_DIR,
    ORDER_RULES_DIR,
    CATALOGUE_DIR,
    KNOWLEDGE_DIR,
  }
  return {
    house: {
      dataDir: settings.DATA_DIR,
      databaseUrl: settings.DATABASE_URL,
      build,
      clock: systemClock,
      log: silentLog,
    },
    passphrase: settings.BACKUP_PASSPHRASE,
    rules: SURVEY_RULES === undefined ? rules : { ...rules, SURVEY_RULES },
    known: tables.flatMap(({ name, formerly }) => (formerly === undefined ? [name] : [name, formerly])),
  }
}
