import { newSecret, systemClock } from '../../foundation/index.ts'
import type { SeatChange, SeatSpell, SeatView } from '../../http/contract.ts'
import { seatStands } from '../../http/words/people.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { asAdmin } from '../signed.ts'
import { timesIn } from '../times.ts'

type NewSeatOptions = {
  readonly name: string
  readonly number?: string
  readonly contact?: string
  readonly passwordStdin?: true
}
type Signer = { readonly as?: string }

type ChangeOptions = Partial<NewSeatOptions> & { readonly newPassword?: true }

export const addSeatCommands: AddCommands = (program, cli) => {
  const words = cli.words.seat
  const seat = program.command('seat').description(words.about)
  const stands = (one: Pick<SeatView, 'state' | 'reason'>) => seatStands(one)[cli.language]
  const say = (changed: SeatView) => cli.answer(changed, words.now(changed.name, stands(changed)))

  seat
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const { seats } = await cli.hotline.get<{ seats: readonly SeatView[] }>('/seats')
      const rows = seats.map(one => [
        one.name,
        one.display,
        String(one.number),
        stands(one) + words.missed(one.declined, one.unanswered),
        one.contact ?? '-',
      ])
      cli.answer({ seats }, rows.length === 0 ? words.none : table(words.head, rows))
    })

  seat
    .command('add')
    .description(words.addAbout)
    .argument('<seat>', words.name)
    .requiredOption('--name <display>', words.display)
    .option('--number <number>', words.number)
    .option('--contact <uri>', words.contact)
    .option('--password-stdin', words.passwordStdin)
    .option('--as <name>', cli.words.staff.signer)
    .action(async (name: string, options: NewSeatOptions & Signer) => {
      const given = await phoneOf(options, cli)
      const seat = { name, display: options.name, number: numberOf(options.number), ...given }
      const added = await asAdmin(cli, options, hotline => hotline.post<SeatView>('/seats', seat))
      const isMade = given.password !== undefined && !options.passwordStdin
      const lines = [words.added(name), ...(isMade ? [words.password(given.password)] : [])]
      cli.answer(isMade ? { ...added, password: given.password } : added, lines.join('\n'))
    })

  seat
    .command('change')
    .description(words.changeAbout)
    .argument('<seat>', words.name)
    .option('--name <display>', words.display)
    .option('--number <number>', words.newNumber)
    .option('--contact <uri>', words.contact)
    .option('--new-password', words.newPassword)
    .option('--password-stdin', words.passwordRead)
    .option('--as <name>', cli.words.staff.signer)
    .action(async (name: string, options: ChangeOptions & Signer) => {
      const { name: display, number, contact, newPassword } = options
      const password = newPassword ? newSecret() : await passwordOf(options, cli)
      const change: SeatChange = { display, number: numberOf(number), contact, password }
      const path = `/seats/${encodeURIComponent(name)}/change`
      const changed = await asAdmin(cli, options, hotline => hotline.post<SeatView>(path, change))
      const isMade = newPassword && password !== undefined
      const lines = [words.changed(name), ...(isMade ? [words.password(password)] : [])]
      cli.answer(isMade ? { ...changed, password } : changed, lines.join('\n'))
    })

  seat
    .command('remove')
    .description(words.removeAbout)
    .argument('<seat>', words.name)
    .option('--as <name>', cli.words.staff.signer)
    .action(async (name: string, signer: Signer) => {
      await asAdmin(cli, signer, hotline => hotline.remove(`/seats/${encodeURIComponent(name)}`))
      cli.answer({ removed: name }, words.removed(name))
    })

  const ask = (name: string, what: string, body?: object) =>
    cli.hotline.post<SeatView>(`/seats/${encodeURIComponent(name)}/${what}`, body)
  for (const [wish, about] of [
    ['sign-in', words.signInAbout],
    ['ready', words.readyAbout],
    ['done', words.doneAbout],
    ['sign-out', words.signOutAbout],
  ] as const)
    seat
      .command(wish)
      .description(about)
      .argument('<seat>', words.name)
      .action(async (name: string) => say(await ask(name, wish)))

  seat
    .command('away')
    .description(words.awayAbout)
    .argument('<seat>', words.name)
    .option('--reason <reason>', words.awayReason, 'busy')
    .action(async (name: string, { reason }: { readonly reason: string }) =>
      say(await ask(name, 'away', { reason })),
    )

  seat
    .command('skills')
    .description(words.skillsAbout)
    .argument('<seat>', words.name)
    .argument('[skill...]', words.skills)
    .action(async (name: string, skills: readonly string[]) => {
      const changed = await ask(name, 'skills', { skills })
      cli.answer(changed, words.can(changed.name, changed.skills.join(' ')))
    })

  seat
    .command('states')
    .description(words.statesAbout)
    .argument('[seat]', words.name)
    .option('--hours <n>', words.hours, '24')
    .action(async (name: string | undefined, { hours }: { readonly hours: string }) => {
      const until = systemClock.now()
      const query = new URLSearchParams({
        from: `${until - Number(hours) * 3_600_000}`,
        until: `${until}`,
        ...(name !== undefined && { seat: name }),
      })
      const { spells } = await cli.hotline.get<{ spells: readonly SeatSpell[] }>(`/seats/states?${query}`)
      const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
      const rows = spells.map(one => [
        people.called(one.seat),
        one.member === undefined ? '-' : people.called(one.member),
        stands(one),
        times.second(one.fromMs),
        times.second(one.untilMs),
      ])
      const lines = rows.length === 0 ? [words.noStates] : [table(words.statesHead, rows)]
      cli.answer({ spells }, [...lines, ...times.note()].join('\n'))
    })
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text))

/** A password never stands on the command line, where other users of the machine could read it. */
const passwordOf = async ({ passwordStdin }: Pick<NewSeatOptions, 'passwordStdin'>, cli: Cli) =>
  passwordStdin ? (await cli.readInput()).replace(/\r?\n$/, '') : undefined

async function phoneOf(options: NewSeatOptions, cli: Cli) {
  const { contact } = options
  const password = await passwordOf(options, cli)
  if (contact === undefined) return { password: password ?? newSecret() }
  return password === undefined ? { contact } : { contact, password }
}
