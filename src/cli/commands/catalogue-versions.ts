import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type {
  CatalogueChange,
  CatalogueDiff,
  CatalogueDraftShown,
  CatalogueEditRequest,
  CatalogueVersions,
} from '../../catalogue/versions/api.ts'
import { Fault, reasonOf } from '../../foundation/index.ts'
import {
  catalogueAboutWords,
  catalogueChangeWords,
  fieldWord,
  valueSaid,
} from '../../http/words/catalogue.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { fromTime, timesIn } from '../times.ts'

/** Which catalogue holds: commands beside those that look into it. */
export const addCatalogueVersionCommands: AddCommands = (program, cli) => {
  const words = cli.words.catalogue
  const catalogue = program.commands.find(command => command.name() === 'catalogue')
  if (!catalogue) throw new Error('`catalogue` comes first')
  const tell = async (versions: CatalogueVersions) => cli.answer(versions, await versionsSaid(versions, cli))

  catalogue
    .command('versions')
    .description(words.versionsAbout)
    .action(async () => tell(await cli.hotline.get<CatalogueVersions>('/catalogue/versions')))

  catalogue
    .command('diff')
    .description(words.diffAbout)
    .argument('<version>', words.version)
    .argument('[from]', words.from)
    .action(async (version: string, from?: string) => {
      const query = from === undefined ? '' : `?from=${encodeURIComponent(from)}`
      const path = `/catalogue/versions/${encodeURIComponent(version)}/diff${query}`
      const diff = await cli.hotline.get<CatalogueDiff>(path)
      cli.answer(diff, diff.changes.length === 0 ? words.same : changesSaid(diff.changes, cli))
    })

  catalogue
    .command('draft')
    .description(words.draftAbout)
    .argument('[file...]', words.files)
    .action(async (paths: readonly string[]) => {
      let draft = await cli.hotline.get<CatalogueDraftShown>('/catalogue/draft')
      if (paths.length > 0) {
        const { revision } = draft
        const sent: CatalogueEditRequest = { revision, files: await Promise.all(paths.map(fileAt)) }
        draft = await cli.hotline.post<CatalogueDraftShown>('/catalogue/draft', sent)
      }
      const said = draft.faults.map(({ place, found, expected }) => cli.words.fault(place, found, expected))
      const changes = draft.changes.length === 0 ? words.same : changesSaid(draft.changes, cli)
      cli.answer(draft, draft.revision === 0 ? words.noDraft : [changes, ...said].join('\n'))
      if (draft.faults.length > 0) cli.exitWith(exit.refused)
    })

  catalogue
    .command('discard')
    .description(words.discardAbout)
    .action(async () => {
      await cli.hotline.remove('/catalogue/draft')
      cli.answer({ discarded: true }, words.discarded)
    })

  catalogue
    .command('publish')
    .description(words.publishAbout)
    .requiredOption('--note <text>', words.note)
    .option('--from <time>', words.fromTime)
    .action(async ({ note, from }: { readonly note: string; readonly from?: string }) => {
      const fromMs = await fromTime(from, cli)
      const { revision } = await cli.hotline.get<CatalogueDraftShown>('/catalogue/draft')
      await tell(await cli.hotline.post<CatalogueVersions>('/catalogue/versions', { revision, note, fromMs }))
    })

  catalogue
    .command('use')
    .description(words.useAbout)
    .argument('<version>', words.version)
    .option('--from <time>', words.fromTime)
    .action(async (version: string, { from }: { readonly from?: string }) => {
      const fromMs = await fromTime(from, cli)
      const path = `/catalogue/versions/${encodeURIComponent(version)}/use`
      await tell(await cli.hotline.post<CatalogueVersions>(path, { fromMs }))
    })
}

async function fileAt(path: string) {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const found = reasonOf(cause)
    throw new Fault({
      code: 'request-invalid',
      place: path,
      found,
      expected: 'a file that can be read',
      cause,
    })
  })
  return { name: basename(path), text }
}

async function versionsSaid({ holds, next, folder, versions }: CatalogueVersions, cli: Cli): Promise<string> {
  const words = cli.words.catalogue
  const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
  const who = (name: string) => (name === 'CATALOGUE_DIR' ? name : people.called(name))
  const rows = versions.map(({ number, madeAtMs, author, note }) => [
    String(number),
    number === holds?.version
      ? words.holdsNow
      : number === next?.version
        ? words.holdsFrom(times.minute(next.fromMs))
        : '',
    times.minute(madeAtMs),
    who(author),
    note,
  ])
  return [
    holds === undefined ? words.folderHolds : table(words.versionsHead, rows),
    ...(holds !== undefined && folder === 'other' ? [words.folderOther] : []),
    ...times.note(),
  ].join('\n')
}

/** What is other, a thing after the other, with what went and what came. */
const changesSaid = (changes: readonly CatalogueChange[], { language }: Cli): string =>
  changes
    .flatMap(({ about, name, what, fields }) => [
      `${catalogueChangeWords[what][language]} ${catalogueAboutWords[about][language]} ${name}`,
      ...fields.flatMap(({ name: field, was, is }) => [
        ...was.map(value => `  - ${fieldWord(field)[language]}: ${valueSaid(value, language)}`),
        ...is.map(value => `  + ${fieldWord(field)[language]}: ${valueSaid(value, language)}`),
      ]),
    ])
    .join('\n')
