import { newSecret } from '../../foundation/index.ts'
import type { SeatView } from '../../http/contract.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { table } from '../screen.ts'

type NewSeatOptions = { readonly name: string; readonly contact?: string; readonly passwordStdin?: true }

export const addSeatCommands: AddCommands = (program, cli) => {
  const words = cli.words.seat
  const seat = program.command('seat').description(words.about)
  const say = (changed: SeatView) => cli.answer(changed, words.now(changed.name, words.states[changed.state]))

  seat
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const { seats } = await cli.hotline.get<{ seats: readonly SeatView[] }>('/seats')
      const rows = seats.map(one => [one.name, one.display, words.states[one.state], one.contact ?? '-'])
      cli.answer({ seats }, rows.length === 0 ? words.none : table(words.head, rows))
    })

  seat
    .command('add')
    .description(words.addAbout)
    .argument('<seat>', words.name)
    .requiredOption('--name <display>', words.display)
    .option('--contact <uri>', words.contact)
    .option('--password-stdin', words.passwordStdin)
    .action(async (name: string, options: NewSeatOptions) => {
      const given = await phoneOf(options, cli)
      const added = await cli.hotline.post<SeatView>('/seats', { name, display: options.name, ...given })
      const isMade = given.password !== undefined && !options.passwordStdin
      const lines = [words.added(name), ...(isMade ? [words.password(given.password)] : [])]
      cli.answer(isMade ? { ...added, password: given.password } : added, lines.join('\n'))
    })

  seat
    .command('remove')
    .description(words.removeAbout)
    .argument('<seat>', words.name)
    .action(async (name: string) => {
      await cli.hotline.remove(`/seats/${encodeURIComponent(name)}`)
      cli.answer({ removed: name }, words.removed(name))
    })

  for (const [wish, about] of [
    ['ready', words.readyAbout],
    ['away', words.awayAbout],
  ] as const)
    seat
      .command(wish)
      .description(about)
      .argument('<seat>', words.name)
      .action(async (name: string) => {
        say(await cli.hotline.post<SeatView>(`/seats/${encodeURIComponent(name)}/${wish}`))
      })
}

/** A password never stands on the command line, where other users of the machine could read it. */
async function phoneOf({ contact, passwordStdin }: NewSeatOptions, cli: Cli) {
  const password = passwordStdin ? (await cli.readInput()).replace(/\r?\n$/, '') : undefined
  if (contact === undefined) return { password: password ?? newSecret() }
  return password === undefined ? { contact } : { contact, password }
}
