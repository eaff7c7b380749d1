import type { KeyShown } from '../../http/keys/api.ts'
import type { AddCommands } from '../cli.ts'
import { table } from '../screen.ts'
import { asAdmin } from '../signed.ts'
import { timesIn } from '../times.ts'

export const addKeyCommands: AddCommands = (program, cli) => {
  const words = cli.words.keys
  const keys = program.command('keys').description(words.about)

  keys
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const { keys: all } = await cli.hotline.get<{ keys: readonly KeyShown[] }>('/keys')
      const times = await timesIn(cli)
      const rows = all.map(({ name, from, changedAtMs, older, takesHold }) => [
        ...[name, words.names[name], words.from[from]],
        changedAtMs === undefined ? '-' : times.minute(changedAtMs),
        ...[String(older), words.takesHold[takesHold]],
      ])
      cli.answer({ keys: all }, [table(words.head, rows), ...times.note()].join('\n'))
    })

  keys
    .command('rotate')
    .description(words.rotateAbout)
    .argument('<name>', words.name)
    .option('--forget', words.forget)
    .option('--as <name>', cli.words.staff.signer)
    .action(
      async (name: string, { forget = false, as }: { readonly forget?: boolean; readonly as?: string }) => {
        const path = `/keys/${encodeURIComponent(name)}/rotation`
        const now = await asAdmin(cli, { as }, hotline => hotline.post<KeyShown>(path, { forget }))
        cli.answer(now, words.rotated(name, now.takesHold))
      },
    )
}
