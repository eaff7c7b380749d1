import type { Member, Removal, RightsChange, SessionShown } from '../../http/contract.ts'
import { rightsChangeWords, roleSaid } from '../../http/words/people.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { namesIn, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { asAdmin } from '../signed.ts'
import { timesIn } from '../times.ts'
import { addPlan } from './plan.ts'
import { addRescue } from './rescue.ts'

type NewMemberOptions = {
  readonly role: string
  readonly display?: string
  readonly unit?: string
}
type Signer = { readonly as?: string }

export const addStaffCommands: AddCommands = (program, cli) => {
  const words = cli.words.staff
  const staff = program.command('staff').description(words.about)
  addPlan(staff, cli)
  addRescue(staff, cli)

  staff
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const { members } = await cli.hotline.get<{ members: readonly Member[] }>('/staff')
      const names = await namesIn(cli)
      const rows = members.map(({ name, display, role, unit }) => [
        name,
        display,
        words.roles[role],
        unit === undefined ? '-' : names.unit(unit),
      ])
      cli.answer({ members }, rows.length === 0 ? words.none : table(words.head, rows))
    })

  staff
    .command('add')
    .description(words.addAbout)
    .argument('<name>', words.name)
    .requiredOption('--role <role>', words.role)
    .option('--display <display>', words.display)
    .option('--unit <unit>', words.unit)
    .option('--as <name>', words.signer)
    .action(async (name: string, { as, ...options }: NewMemberOptions & Signer) => {
      const added = await asAdmin(cli, { as }, async hotline =>
        hotline.post<Member>('/staff', { name, ...options, password: await passwordFrom(cli) }),
      )
      cli.answer(added, words.added(added.name, words.roles[added.role]))
    })

  staff
    .command('change')
    .description(words.changeAbout)
    .argument('<name>', words.name)
    .option('--role <role>', words.role)
    .option('--display <display>', words.display)
    .option('--unit <unit>', words.unit)
    .option('--as <name>', words.signer)
    .action(async (name: string, { as, ...change }: Partial<NewMemberOptions> & Signer) => {
      const path = `/staff/${encodeURIComponent(name)}/change`
      const changed = await asAdmin(cli, { as }, hotline => hotline.post<Member>(path, change))
      cli.answer(changed, words.changed(changed.name, words.roles[changed.role]))
    })

  staff
    .command('changes')
    .description(words.changesAbout)
    .argument('<name>', words.name)
    .action(async (name: string) => {
      const path = `/staff/${encodeURIComponent(name)}/changes`
      const answer = await cli.hotline.get<{ changes: readonly RightsChange[] }>(path)
      const [times, people, names] = await Promise.all([timesIn(cli), peopleIn(cli), namesIn(cli)])
      const rows = answer.changes.map(({ atMs, by, kind, role, unit }) => [
        times.minute(atMs),
        people.called(by),
        rightsChangeWords[kind][cli.language],
        role === undefined ? '' : roleSaid(role)[cli.language],
        unit === undefined ? '' : names.unit(unit),
      ])
      const said = rows.length === 0 ? words.noChanges(name) : table(words.changesHead, rows)
      cli.answer(answer, [said, ...times.note()].join('\n'))
    })

  staff
    .command('remove')
    .description(words.removeAbout)
    .argument('<name>', words.name)
    .option('--as <name>', words.signer)
    .action(async (name: string, signer: Signer) => {
      await asAdmin(cli, signer, hotline => hotline.remove(`/staff/${encodeURIComponent(name)}`))
      cli.answer({ removed: name }, words.removed(name))
    })

  staff
    .command('password')
    .description(words.passwordAbout)
    .argument('<name>', words.name)
    .option('--as <name>', words.signer)
    .action(async (name: string, signer: Signer) => {
      await asAdmin(cli, signer, async hotline =>
        hotline.post(`/staff/${encodeURIComponent(name)}/password`, { password: await passwordFrom(cli) }),
      )
      cli.answer({ changed: name }, words.passwordSet(name))
    })

  staff
    .command('sessions')
    .description(words.sessionsAbout)
    .argument('<name>', words.name)
    .action(async (name: string) => {
      const path = `/staff/${encodeURIComponent(name)}/sessions`
      const { sessions } = await cli.hotline.get<{ sessions: readonly SessionShown[] }>(path)
      const times = await timesIn(cli)
      const rows = sessions.map(({ device, address, beganAtMs, usedAtMs }) => [
        device === '' ? '-' : device,
        address,
        times.minute(beganAtMs),
        times.minute(usedAtMs),
      ])
      const said = rows.length === 0 ? words.noSessions(name) : table(words.sessionsHead, rows)
      cli.answer({ sessions }, [said, ...times.note()].join('\n'))
    })

  staff
    .command('sign-out')
    .description(words.signOutAbout)
    .argument('<name>', words.name)
    .option('--as <name>', words.signer)
    .action(async (name: string, signer: Signer) => {
      await asAdmin(cli, signer, hotline => hotline.remove(`/staff/${encodeURIComponent(name)}/sessions`))
      cli.answer({ signedOut: name }, words.signedOut(name))
    })

  staff
    .command('lost-device')
    .description(words.lostDeviceAbout)
    .argument('<name>', words.name)
    .option('--as <name>', words.signer)
    .action(async (name: string, signer: Signer) => {
      const done = await asAdmin(cli, signer, hotline =>
        hotline.post<Removal>(`/staff/${encodeURIComponent(name)}/factors/removal`, {}),
      )
      cli.answer(done, words.lostDevice[done.state](name))
    })
}

/** From the terminal, unseen, or from standard input; never from the command line, where others could read it. */
const passwordFrom = (cli: Cli): Promise<string> =>
  cli.readSecret(cli.words.staff.askPassword, cli.words.staff.askAgain)
