import { silentLog, systemClock } from '../../foundation/index.ts'
import type { AddCommands, Cli } from '../cli.ts'

/** A copy of all that the house keeps, and the way back; both work on the folder and the database themselves. */
export const addBackupCommands: AddCommands = (program, cli) => {
  const words = cli.words.backup
  program
    .command('backup')
    .description(words.about)
    .requiredOption('--to <file>', words.to)
    .action(async ({ to }: { readonly to: string }) => {
      const { makeBackup } = await import('../../backup/index.ts')
      const { house, rules } = await houseOf(cli)
      const manifest = await makeBackup({ ...house, rules }, to)
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
      cli.answer({ file: to, ...manifest }, words.made(to, manifest.files.length, Math.ceil(bytes / 1e6)))
    })

  program
    .command('restore')
    .description(words.restoreAbout)
    .argument('<file>', words.file)
    .action(async (file: string) => {
      const { restoreBackup } = await import('../../backup/index.ts')
      const { house, known } = await houseOf(cli)
      const { manifest, rules } = await restoreBackup({ ...house, known }, file)
      cli.answer({ ...manifest, rules }, words.restored(manifest.madeAt, house.dataDir, rules))
    })
}

/** Where this house keeps what it has, as its start reads it. */
async function houseOf({ env }: Cli) {
  const [{ readSettings }, { build, tables }] = await Promise.all([
    import('../../settings/index.ts'),
    import('../../hall/rooms.ts'),
  ])
  const settings = readSettings(env)
  const { CITY_FILE, RETENTION_RULES, FLOWS_DIR, ORDER_RULES_DIR, CATALOGUE_DIR, SURVEY_RULES } = settings
  const rules = { CITY_FILE, RETENTION_RULES, FLOWS_DIR, ORDER_RULES_DIR, CATALOGUE_DIR }
  return {
    house: {
      dataDir: settings.DATA_DIR,
      databaseUrl: settings.DATABASE_URL,
      build,
      clock: systemClock,
      log: silentLog,
    },
    rules: SURVEY_RULES === undefined ? rules : { ...rules, SURVEY_RULES },
    known: tables.flatMap(({ name, formerly }) => (formerly === undefined ? [name] : [name, formerly])),
  }
}
