import type { Command } from 'commander'
import { roleWords } from '../../http/words/people.ts'
import { trailActWords, trailOutcomeWords } from '../../http/words/trail.ts'
import type { Words } from '../../http/words/words.ts'
import type { TrailPage } from '../../trail/api.ts'
import type { AddCommands } from '../cli.ts'
import { trailWords } from '../messages/trail.ts'
import { type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { timesIn } from '../times.ts'
import { queryOf } from './period.ts'

type Wanted = {
  readonly person?: string
  readonly act?: string
  readonly number?: string
  readonly of?: string
  readonly from?: string
  readonly until?: string
  readonly limit?: string
}

export const addTrailCommands: AddCommands = (program, cli) => {
  const words = trailWords[cli.language]
  const trail = program
    .command('trail')
    .description(words.about)
    .option('--person <name>', words.person)
    .option('--act <kind>', words.act)
    .option('--number <number>', words.number)
    .option('--of <id>', words.of)
    .option('--from <day>', cli.words.floor.from)
    .option('--until <day>', cli.words.floor.to)
    .option('--limit <count>', words.limit)
  const query = async ({ from, until, of, ...rest }: Wanted) => {
    const asked = queryOf({ from, until }, await timesIn(cli), cli.words.surveys.wrongDay)
    for (const [name, value] of Object.entries({ ...rest, about: of }))
      if (value !== undefined) asked.set(name, value)
    return asked
  }

  trail.action(async (given: Wanted) => {
    const page = await cli.hotline.get<TrailPage>(`/trail?${await query(given)}`)
    const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
    const rows = page.entries.map(({ atMs, person, role, act, outcome, about, whose, address, way }) => [
      times.second(atMs),
      whoIn(people, person),
      roleOf(role)?.[cli.language] ?? '',
      trailActWords[act][cli.language],
      ...[trailOutcomeWords[outcome][cli.language], about, whose, address, way],
    ])
    const said = rows.length === 0 ? words.none : table(words.head, rows)
    cli.answer(page, [said, '', words.kept(page.keptDays), ...times.note()].join('\n'))
  })

  trail
    .command('export')
    .description(words.exportAbout)
    .argument('<file>', cli.words.floor.out)
    .option('--format <format>', words.format, 'jsonl')
    .action(async (file: string, _format: unknown, command: Command) => {
      // What is wanted of the trail is said to it, and counts for its export.
      const { limit: _, ...given } = command.optsWithGlobals<Wanted & { json?: boolean; lang?: string }>()
      const { json: _json, lang: _lang, ...asked } = given
      await cli.hotline.save(`/trail/export?${await query(asked)}`, file)
      cli.print(cli.words.floor.written(file))
    })
}

const roleOf = (role: string): Words | undefined => (roleWords as Readonly<Record<string, Words>>)[role]

/** By their name, and by what they sign in with, which `--person` finds them by. */
function whoIn(people: People, person: string): string {
  const called = people.called(person)
  return called === person || person.startsWith('program') ? called : `${called} (${person})`
}
