import type { Command } from 'commander'
import { silentLog, systemClock } from '../../foundation/index.ts'
import type { Cli } from '../cli.ts'

/** Written down of who has the machine, in place of a name. */
const machine = 'machine'

/**
 * The way back in when no administrator can sign in any more: one more, by whoever may read the folder and the database,
 * and written down so. It works on the database itself; one in the folder is free only while the hotline is stopped.
 */
export function addRescue(staff: Command, cli: Cli): void {
  const words = cli.words.staff
  staff
    .command('rescue')
    .description(words.rescueAbout)
    .argument('<name>', words.name)
    .action(async (name: string) => {
      const [{ readSettings }, { openDatabase }, { createLedger, readLedgerKeys }, { openStaff }] =
        await Promise.all([
          import('../../settings/index.ts'),
          import('../../storage/index.ts'),
          import('../../ledger/index.ts'),
          import('../../staff/index.ts'),
        ])
      const { DATABASE_URL: url, DATA_DIR: dataDir, LEDGER_KEY } = readSettings(cli.env)
      const password = await cli.readSecret(words.askPassword, words.askAgain)
      const shared = { clock: systemClock, log: silentLog }
      const database = await openDatabase({ url, dataDir, ...shared })
      try {
        const { mac } = await readLedgerKeys(LEDGER_KEY, dataDir, cli.complain)
        const rooms = openStaff({ ...shared, database, ledger: createLedger(mac) })
        const member = { name, display: name, role: 'admin', password, temporary: true } as const
        await rooms.add(member, machine)
        await rooms.close()
      } finally {
        await database.close()
      }
      cli.answer({ added: name }, words.added(name, words.roles.admin))
    })
}
