import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Fault, reasonOf } from '../../foundation/index.ts'
import type { FlowDiff, FlowRequest, FlowUseView, FlowVersions } from '../../ivr/api.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { table } from '../screen.ts'
import { type Times, timesIn } from '../times.ts'

type LoadOptions = {
  readonly note: string
  readonly author?: string
  readonly canary?: string
  readonly without?: readonly string[]
}
type AuthorOption = { readonly author?: string }

/** Which flows answer: commands beside those that work on files. */
export const addFlowVersionCommands: AddCommands = (program, cli) => {
  const words = cli.words.flowVersions
  const flow = program.commands.find(command => command.name() === 'flow')
  if (!flow) throw new Error('`flow` comes first')
  const sayUse = (use: FlowUseView) => cli.answer(use, tellUse(use, cli))
  const authorOf = ({ author }: AuthorOption) => author ?? cli.env.USER ?? cli.env.LOGNAME ?? 'cli'

  flow
    .command('versions')
    .description(words.versionsAbout)
    .action(async () => {
      const found = await cli.hotline.get<FlowVersions>('/flow-versions')
      cli.answer(found, tellVersions(found, await timesIn(cli), cli))
    })

  flow
    .command('diff')
    .description(words.diffAbout)
    .argument('<version>', words.version)
    .argument('[from]', words.from)
    .action(async (version: string, from?: string) => {
      const query = from === undefined ? '' : `?from=${encodeURIComponent(from)}`
      const diff = await cli.hotline.get<FlowDiff>(
        `/flow-versions/${encodeURIComponent(version)}/diff${query}`,
      )
      cli.answer(diff, diff.files.length === 0 ? words.same : unified(diff))
    })

  flow
    .command('load')
    .description(words.loadAbout)
    .argument('<file...>', words.files)
    .requiredOption('--note <text>', words.note)
    .option('--author <name>', words.author)
    .option('--canary <share>', words.canary)
    .option('--without <name...>', words.without)
    .action(async (paths: readonly string[], options: LoadOptions) => {
      const { note, canary, without } = options
      const order: FlowRequest = {
        files: await Promise.all(paths.map(fileAt)),
        author: authorOf(options),
        note,
        without,
        share: canary === undefined ? undefined : shareOf(canary),
      }
      sayUse(await cli.hotline.post<FlowUseView>('/flows', order))
    })

  flow
    .command('promote')
    .description(words.promoteAbout)
    .option('--author <name>', words.author)
    .action(async (options: AuthorOption) =>
      sayUse(await cli.hotline.post<FlowUseView>('/flows/promote', { author: authorOf(options) })),
    )

  flow
    .command('rollback')
    .description(words.rollbackAbout)
    .argument('[version]', words.version)
    .option('--author <name>', words.author)
    .action(async (version: string | undefined, options: AuthorOption) => {
      const to = version === undefined ? {} : { to: Number(version) }
      sayUse(await cli.hotline.post<FlowUseView>('/flows/rollback', { author: authorOf(options), ...to }))
    })
}

async function fileAt(path: string) {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const found = reasonOf(cause)
    throw new Fault({ code: 'flows-missing', place: path, found, expected: 'a file that can be read', cause })
  })
  return { path: basename(path), text }
}

/** `5%` or `0.05`. @throws Fault `request-invalid` */
function shareOf(given: string): number {
  const share = given.endsWith('%') ? Number(given.slice(0, -1)) / 100 : Number(given)
  if (share > 0 && share < 1) return share
  throw new Fault({
    code: 'request-invalid',
    place: '--canary',
    found: JSON.stringify(given),
    expected: 'a share of the calls, as 5% or 0.05',
  })
}

function tellUse({ standing, trial, author, hints = [] }: FlowUseView, { words }: Cli): string {
  return [
    words.flowVersions.answers(standing, author),
    ...(trial ? [words.flowVersions.onTrial(trial.number, percent(trial.share))] : []),
    ...hints.map(({ place, found, expected }) => words.flow.hint(words.fault(place, found, expected))),
  ].join('\n')
}

function tellVersions({ use, versions, refused }: FlowVersions, times: Times, cli: Cli): string {
  const words = cli.words.flowVersions
  const markOf = (number: number) => {
    if (number === use?.standing) return words.inUse
    return number === use?.trial?.number ? percent(use.trial.share) : ''
  }
  const rows = versions.map(({ number, madeAtMs, author, note, digest }) => [
    ...[String(number), markOf(number), times.second(madeAtMs), author, note, digest.slice(0, 12)],
  ])
  const refusal = refused
    ? [
        refused.version === undefined
          ? words.refused(times.second(refused.atMs))
          : words.unusable(refused.version),
        ...refused.faults.map(({ place, found, expected }) => `  ${cli.words.fault(place, found, expected)}`),
      ]
    : []
  return [rows.length === 0 ? words.none : table(words.head, rows), ...refusal, ...times.note()].join('\n')
}

const unified = ({ files }: FlowDiff) =>
  files
    .flatMap(({ name, hunks }) => [
      `--- ${name}`,
      `+++ ${name}`,
      ...hunks.flatMap(({ from, to, lines }) => [`@@ -${from} +${to} @@`, ...lines]),
    ])
    .join('\n')

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`
