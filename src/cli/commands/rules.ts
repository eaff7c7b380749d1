import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Fault, reasonOf } from '../../foundation/index.ts'
import { ruleFieldWords, ruleFolderWords, ruleSubjectWords } from '../../http/words/rules.ts'
import type {
  RuleChange,
  RuleDraftShown,
  RuleEdit,
  RuleHistory,
  RuleList,
  RuleStand,
  RuleVersionShown,
} from '../../rulebook/api.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { ruleWords } from '../messages/rules.ts'
import { peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { asAdmin } from '../signed.ts'
import { fromTime, timesIn } from '../times.ts'

type Signer = { readonly as?: string }

/** The city's rules in their versions: what holds, what is being written, and how it comes to hold. */
export const addRuleCommands: AddCommands = (program, cli) => {
  const words = ruleWords[cli.language]
  const rules = program.command('rules').description(words.about)
  const command = (name: string, about: string): Command =>
    rules.command(name).description(about).argument('<subject>', words.subject)
  const tell = async (history: RuleHistory) => cli.answer(history, await historySaid(history, cli))

  rules
    .command('list', { isDefault: true })
    .description(words.listAbout)
    .action(async () => {
      const all = await cli.hotline.get<RuleList>('/rules')
      cli.answer(all, await listSaid(all, cli))
    })

  command('show', words.showAbout)
    .option('--to <file>', words.to)
    .action(async (subject: string, { to }: { readonly to?: string }) => {
      const { value } = await cli.hotline.get<RuleHistory>(pathOf(subject))
      const text = `${JSON.stringify(value, null, 2)}\n`
      if (to !== undefined) await writeFile(to, text).catch((cause: unknown) => notWritten(to, cause))
      cli.answer(value, to === undefined ? text.trimEnd() : words.saved(to))
    })

  command('versions', words.versionsAbout).action(async (subject: string) =>
    tell(await cli.hotline.get<RuleHistory>(pathOf(subject))),
  )

  command('diff', words.diffAbout)
    .argument('<version>', words.version)
    .action(async (subject: string, version: string) => {
      const shown = await cli.hotline.get<RuleVersionShown>(
        `${pathOf(subject)}/versions/${encodeURIComponent(version)}`,
      )
      cli.answer(shown, changesSaid(subject, shown.changes, cli))
    })

  command('draft', words.draftAbout)
    .argument('[file]', words.file)
    .option('--as <name>', words.as)
    .action(async (subject: string, file: string | undefined, signer: Signer) => {
      const seen = await cli.hotline.get<RuleDraftShown>(`${pathOf(subject)}/draft`)
      const draft = file === undefined ? seen : await write(subject, seen, file, signer)
      const said = draft.faults.map(({ place, found, expected }) => cli.words.fault(place, found, expected))
      cli.answer(
        draft,
        draft.revision === 0 ? words.noDraft : [changesSaid(subject, draft.changes, cli), ...said].join('\n'),
      )
      if (draft.faults.length > 0) cli.exitWith(exit.refused)
    })

  command('discard', words.discardAbout)
    .option('--as <name>', words.as)
    .action(async (subject: string, signer: Signer) => {
      await asAdmin(cli, signer, hotline => hotline.remove(`${pathOf(subject)}/draft`))
      cli.answer({ discarded: true }, words.discarded)
    })

  command('publish', words.publishAbout)
    .requiredOption('--note <text>', words.note)
    .option('--from <time>', words.fromTime)
    .option('--as <name>', words.as)
    .action(
      async (
        subject: string,
        { note, from, ...signer }: Signer & { readonly note: string; readonly from?: string },
      ) => {
        const fromMs = await fromTime(from, cli)
        const { revision } = await cli.hotline.get<RuleDraftShown>(`${pathOf(subject)}/draft`)
        const sent = { revision, note, fromMs }
        await tell(
          await asAdmin(cli, signer, hotline =>
            hotline.post<RuleHistory>(`${pathOf(subject)}/versions`, sent),
          ),
        )
      },
    )

  command('use', words.useAbout)
    .argument('<version>', words.version)
    .option('--from <time>', words.fromTime)
    .option('--as <name>', words.as)
    .action(
      async (subject: string, version: string, { from, ...signer }: Signer & { readonly from?: string }) => {
        const fromMs = await fromTime(from, cli)
        const path = `${pathOf(subject)}/versions/${encodeURIComponent(version)}/use`
        await tell(await asAdmin(cli, signer, hotline => hotline.post<RuleHistory>(path, { fromMs })))
      },
    )

  async function write(
    subject: string,
    { revision }: RuleDraftShown,
    file: string,
    signer: Signer,
  ): Promise<RuleDraftShown> {
    const sent: RuleEdit = { revision, text: await textAt(file) }
    return asAdmin(cli, signer, hotline => hotline.post<RuleDraftShown>(`${pathOf(subject)}/draft`, sent))
  }
}

const pathOf = (subject: string) => `/rules/${encodeURIComponent(subject)}`

const textAt = (path: string) =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    const found = reasonOf(cause)
    throw new Fault({
      code: 'request-invalid',
      place: path,
      found,
      expected: 'a file that can be read',
      cause,
    })
  })

function notWritten(path: string, cause: unknown): never {
  const found = reasonOf(cause)
  throw new Fault({
    code: 'request-invalid',
    place: path,
    found,
    expected: 'a file that can be written',
    cause,
  })
}

async function listSaid({ subjects }: RuleList, cli: Cli): Promise<string> {
  const words = ruleWords[cli.language]
  const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
  const rows = subjects.map(({ subject, file, holds, next, draft }) => [
    subject,
    ruleSubjectWords[subject][cli.language],
    [
      holds === undefined || holds.because === 'loaded'
        ? words.fileHolds(file)
        : words.versionName(holds.version),
      ...(next === undefined
        ? []
        : [`${words.versionName(next.version)} ${words.holdsFrom(times.minute(next.fromMs))}`]),
    ].join('; '),
    holds === undefined ? '' : times.minute(holds.fromMs),
    holds === undefined || holds.because === 'loaded' ? '' : people.called(holds.author),
    draft === undefined ? '' : words.draftBy(people.called(draft.author)),
  ])
  return [table(words.listHead, rows), ...times.note()].join('\n')
}

async function historySaid({ file, folder, holds, next, versions }: RuleHistory, cli: Cli): Promise<string> {
  const words = ruleWords[cli.language]
  const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
  const holding = (number: number) =>
    number === holds?.version
      ? words.holdsNow
      : number === next?.version
        ? words.holdsFrom(times.minute(next.fromMs))
        : ''
  const rows = versions.map(({ number, way, madeAtMs, author, note }) => [
    String(number),
    holding(number),
    times.minute(madeAtMs),
    way === 'file' ? author : people.called(author),
    note,
  ])
  return [
    ...(versions.length === 0 ? [] : [table(words.versionsHead, rows)]),
    standSaid(file, folder, cli),
    ...times.note(),
  ].join('\n')
}

const standSaid = (file: string, folder: RuleStand['folder'], { language }: Cli) =>
  ruleFolderWords[folder](file)[language]

/** What is other, a place after the other, with what went and what came. */
const changesSaid = (subject: string, changes: readonly RuleChange[], { language }: Cli): string =>
  changes.length === 0
    ? ruleWords[language].same
    : changes
        .flatMap(({ at, was, is }) => [
          at.map(step => ruleFieldWords(subject, step)[language]).join(' · '),
          ...was.map(value => `  - ${value}`),
          ...is.map(value => `  + ${value}`),
        ])
        .join('\n')
