import { writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { instantOf } from '../../city/place-time.ts'
import { Fault } from '../../foundation/index.ts'
import {
  type Forgetting,
  type HoldView,
  type PersonExport,
  type RetentionView,
  whomOf,
} from '../../retention/api.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { retentionWords } from '../messages/retention.ts'
import { type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { signedIn } from '../signed.ts'
import { type Times, timesIn } from '../times.ts'

type Signer = { readonly as: string }
type Listed = { readonly forgettings: readonly Forgetting[] }

/** For so long the terminal waits; the house goes on without it. */
const mostWaits = 120
const waitMs = 500

export const addPersonCommands: AddCommands = (program, cli) => {
  const words = retentionWords[cli.language]
  const person = program.command('person').description(words.about)

  person
    .command('export')
    .description(words.exportAbout)
    .argument('<number>', words.number)
    .argument('[file]', words.file)
    .action(async (number: string, file?: string) => {
      const found = await cli.hotline.post<PersonExport>('/persons/export', { number: plain(number) })
      const text = `${JSON.stringify(found, undefined, 2)}\n`
      if (file === undefined) return cli.answer(found, text.trimEnd())
      await writeFile(file, text, { mode: 0o600 })
      const rows = found.holdings.reduce((sum, one) => sum + one.rows.length, 0)
      return cli.answer({ file, rows }, words.exported(file, rows))
    })

  person
    .command('forget')
    .description(words.forgetAbout)
    .argument('<number>', words.whom)
    .requiredOption('--because <reason>', words.because)
    .requiredOption('--as <name>', words.signer)
    .action(async (written: string, { because, as }: Signer & { readonly because: string }) => {
      const asked = await signed<Forgetting>(cli, as, '/persons/forgettings', {
        ...whomOf(written),
        because,
      })
      cli.answer(asked, words.asked)
    })

  person
    .command('agree')
    .description(words.agreeAbout)
    .argument('<number>', words.whom)
    .requiredOption('--as <name>', words.signer)
    .option('--refuse', words.refuse)
    .action(async (written: string, { refuse, as }: Signer & { readonly refuse?: boolean }) => {
      const agreed = refuse !== true
      const decided = await signed<Forgetting>(cli, as, '/persons/forgettings/decision', {
        ...whomOf(written),
        agreed,
      })
      if (!agreed) return cli.answer(decided, words.refused)
      const done = await untilDone(cli, decided)
      const said =
        { done: words.done, waiting: words.waits }[done.state as 'done' | 'waiting'] ?? words.goesOn
      const titles = await titlesFor(cli, [done])
      return cli.answer(done, [wentText(done, titles, cli), '', said].join('\n'))
    })

  person
    .command('list')
    .description(words.listAbout)
    .action(async () => {
      const listed = await cli.hotline.get<Listed>('/persons/forgettings')
      const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
      const rows = listed.forgettings.map(one => rowOf(one, times, people, cli))
      const open = listed.forgettings.filter(({ state }) => state === 'running' || state === 'waiting')
      const said = rows.length === 0 ? words.none : table(words.listHead, rows)
      const titles = await titlesFor(cli, open)
      const stays = open.flatMap(one => ['', one.number, wentText(one, titles, cli)])
      cli.answer(listed, [said, ...stays, ...times.note()].join('\n'))
    })

  person
    .command('hold')
    .description(words.holdAbout)
    .argument('[number]', words.number)
    .option('--order <order>', words.order)
    .requiredOption('--because <reason>', words.because)
    .requiredOption('--until <day>', words.until)
    .requiredOption('--as <name>', words.signer)
    .action(
      async (number: string | undefined, given: Signer & Record<'order' | 'because' | 'until', string>) => {
        const { timeZone } = await timesIn(cli)
        const untilMs = dayOf(given.until, timeZone, words.wrongDay)
        const body = { number: number && plain(number), order: given.order, reason: given.because, untilMs }
        const hold = await signed<HoldView>(cli, given.as, '/holds', body)
        cli.answer(hold, words.held(hold.id, given.until))
      },
    )

  person
    .command('holds')
    .description(words.holdsAbout)
    .action(async () => {
      const { holds } = await cli.hotline.get<RetentionView>('/retention')
      const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
      const rows = holds.map(({ id, number, order, mark, reason, by, atMs, untilMs, holds: isUp }) => [
        ...[
          id,
          number || order || mark,
          reason,
          people.called(by),
          times.minute(atMs),
          times.minute(untilMs),
        ],
        isUp ? words.holds : words.over,
      ])
      const said = rows.length === 0 ? words.noHolds : table(words.holdsHead, rows)
      cli.answer({ holds }, [said, ...times.note()].join('\n'))
    })

  person
    .command('release')
    .description(words.releaseAbout)
    .argument('<id>', words.holdId)
    .requiredOption('--as <name>', words.signer)
    .action(async (id: string, { as }: Signer) => {
      await signed(cli, as, `/holds/${encodeURIComponent(id)}/end`, {})
      cli.answer({ released: id }, words.released(id))
    })

  program
    .command('retention')
    .description(words.retentionAbout)
    .action(async () => {
      const shown = await cli.hotline.get<RetentionView>('/retention')
      const times = await timesIn(cli)
      const rows = shown.kinds.map(({ kind, name, days, sweptAtMs, gone, total, tables }) => [
        ...[kind, name, String(days), sweptAtMs === undefined ? words.never : times.minute(sweptAtMs)],
        ...[String(gone), String(total), tables.map(one => titleOf(one, shown.titles, cli)).join('、')],
      ])
      const said = [table(words.retentionHead, rows), '', words.seats(shown.seatTranscripts)]
      cli.answer(shown, [...said, ...times.note()].join('\n'))
    })
}

/** As people write it, in groups. */
const plain = (number: string) => number.replace(/[ -]/g, '')

const signed = <Answer>(cli: Cli, as: string, path: string, body: object): Promise<Answer> =>
  signedIn(cli, as, hotline => hotline.post<Answer>(path, body))

async function untilDone(cli: Cli, begun: Forgetting): Promise<Forgetting> {
  for (let at = 0; at < mostWaits; at++) {
    const { forgettings } = await cli.hotline.get<Listed>('/persons/forgettings')
    const found = forgettings.find(({ id }) => id === begun.id)
    if (found && found.state !== 'running') return found
    await pause(waitMs)
  }
  return begun
}

const mostNamed = 5

type Titles = RetentionView['titles']

/** What went is told by tables; what those are called, by the periods. */
const titlesFor = async (cli: Cli, told: readonly Forgetting[]): Promise<Titles> =>
  told.length === 0 ? {} : (await cli.hotline.get<RetentionView>('/retention')).titles
const titleOf = (name: string, titles: Titles, { language }: Pick<Cli, 'language'>) =>
  titles[name]?.[language] ?? name

/** What went where, and what had to stay. */
function wentText({ went }: Forgetting, titles: Titles, cli: Cli): string {
  const words = retentionWords[cli.language]
  const rows = went.map(({ name, count, stayed }) => {
    const named = stayed
      .slice(0, mostNamed)
      .map(({ about, because }) => words.stayed(about, words.stays[because]))
    const more = stayed.length > mostNamed ? [words.more(stayed.length - mostNamed)] : []
    return [name, titleOf(name, titles, cli), String(count), [...named, ...more].join('；')]
  })
  return table(words.wentHead, rows)
}

function rowOf(one: Forgetting, times: Times, people: People, { language }: Cli): string[] {
  const words = retentionWords[language]
  const { askedAtMs, number, mark, state, askedBy, decidedBy, because } = one
  const decider = decidedBy === undefined ? '' : people.called(decidedBy)
  return [
    times.minute(askedAtMs),
    number,
    mark,
    words.states[state],
    people.called(askedBy),
    decider,
    because,
  ]
}

function dayOf(day: string, timeZone: string, expected: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? instantOf(day, timeZone) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw new Fault({ code: 'request-invalid', place: '--until', found: day, expected })
}
