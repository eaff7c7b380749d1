import { systemClock } from '../../foundation/index.ts'
import type { MadeProgram, ProgramShown } from '../../http/contract.ts'
import type { AddCommands } from '../cli.ts'
import { programWords } from '../messages/programs.ts'
import { table } from '../screen.ts'
import { asAdmin } from '../signed.ts'
import { timesIn } from '../times.ts'

type NewProgramOptions = { readonly owner: string; readonly scope: readonly string[]; readonly days?: string }
type Signer = { readonly as?: string }

export const addProgramCommands: AddCommands = (program, cli) => {
  const words = programWords[cli.language]
  const programs = program.command('programs').description(words.about)

  programs
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const { programs: all } = await cli.hotline.get<{ programs: readonly ProgramShown[] }>('/programs')
      const times = await timesIn(cli)
      const rows = all.map(one => [
        one.name,
        one.owner,
        one.scopes.join(' '),
        times.minute(one.endsAtMs),
        one.usedAtMs === undefined ? words.never : times.minute(one.usedAtMs),
        words.states[stateOf(one)],
      ])
      cli.answer(
        { programs: all },
        rows.length === 0 ? words.none : [table(words.head, rows), ...times.note()].join('\n'),
      )
    })

  programs
    .command('add')
    .description(words.addAbout)
    .argument('<name>', words.name)
    .requiredOption('--owner <owner>', words.owner)
    .requiredOption('--scope <scope...>', words.scope)
    .option('--days <days>', words.days)
    .option('--as <name>', cli.words.staff.signer)
    .action(async (name: string, { owner, scope, days, as }: NewProgramOptions & Signer) => {
      const asked = { name, owner, scopes: scope, days: days === undefined ? undefined : Number(days) }
      const made = await asAdmin(cli, { as }, hotline => hotline.post<MadeProgram>('/programs', asked))
      const times = await timesIn(cli)
      cli.answer(made, words.added(name, times.minute(made.program.endsAtMs), made.token))
    })

  programs
    .command('revoke')
    .description(words.revokeAbout)
    .argument('<name>', words.name)
    .option('--as <name>', cli.words.staff.signer)
    .action(async (name: string, signer: Signer) => {
      await asAdmin(cli, signer, hotline => hotline.remove(`/programs/${encodeURIComponent(name)}`))
      cli.answer({ revoked: name }, words.revoked(name))
    })
}

const stateOf = ({ endsAtMs, revokedAtMs }: ProgramShown) =>
  revokedAtMs !== undefined ? 'revoked' : endsAtMs <= systemClock.now() ? 'ended' : 'open'
