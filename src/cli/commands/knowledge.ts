import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { Fault, FaultList, reasonOf, systemClock } from '../../foundation/index.ts'
import type {
  KnowledgeDetail,
  KnowledgeFound,
  KnowledgeImport,
  KnowledgeImported,
} from '../../knowledge/api.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { catalogueFolder } from '../judge.ts'
import { knowledgeWords } from '../messages/knowledge.ts'
import { inChinese } from '../messages/said.ts'
import { namesIn, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { timesIn } from '../times.ts'

export const addKnowledgeCommands: AddCommands = (program, cli) => {
  const words = knowledgeWords[cli.language]
  const knowledge = program.command('knowledge').description(words.about)

  knowledge
    .command('search')
    .description(words.searchAbout)
    .argument('<text>', words.text)
    .option('--district <district>', words.district)
    .action(async (text: string, { district }: { readonly district?: string }) => {
      const found = await cli.hotline.post<KnowledgeFound>('/knowledge/search', { text, district })
      const units = await namesIn(cli)
      const rows = found.hits.map(({ id, score, unit, question, example, text: said }) => [
        id,
        score.toFixed(2),
        units.unit(unit),
        example ? words.example(question) : question,
        said.replaceAll('\n', ' '),
      ])
      const said = [
        rows.length === 0 ? words.none : table(words.head, rows),
        ...(found.unsure && rows.length > 0 ? [words.unsure] : []),
        ...(found.cut ? [words.cut(found.looked)] : []),
      ]
      cli.answer(found, said.join('\n'))
    })

  knowledge
    .command('show')
    .description(words.showAbout)
    .argument('<id>', words.id)
    .action(async (id: string) => {
      const detail = await cli.hotline.get<KnowledgeDetail>(`/knowledge/${encodeURIComponent(id)}`)
      cli.answer(detail, await detailSaid(detail, cli))
    })

  knowledge
    .command('import')
    .description(words.importAbout)
    .argument('<path>', words.path)
    .option('--submit', words.submit)
    .action(async (path: string, { submit = false }: { readonly submit?: boolean }) => {
      const sum = { drafted: 0, changed: 0, same: 0 }
      const faults: (KnowledgeImported['faults'][number] & { readonly file: string })[] = []
      for (const file of await filesAt(path)) {
        const data = (await readFile(file)).toString('base64')
        const sent: KnowledgeImport = { name: basename(file), data, submit }
        const taken = await cli.hotline.post<KnowledgeImported>('/knowledge/import', sent)
        for (const key of ['drafted', 'changed', 'same'] as const) sum[key] += taken[key]
        faults.push(...taken.faults.map(fault => ({ file: basename(file), ...fault })))
      }
      const inWords = (text: string) => (cli.language === 'en' ? text : inChinese(text))
      const said = [
        words.imported(sum.drafted, sum.changed, sum.same, submit),
        ...(faults.length === 0
          ? []
          : [
              words.notTaken(faults.length),
              table(
                words.faultHead,
                faults.map(({ file, row, column, found, expected }) => [
                  file,
                  String(row),
                  column,
                  inWords(found),
                  inWords(expected),
                ]),
              ),
            ]),
      ]
      cli.answer({ ...sum, submitted: submit, faults }, said.join('\n'))
      if (faults.length > 0) cli.exitWith(exit.refused)
    })

  knowledge
    .command('export')
    .description(words.exportAbout)
    .argument('<file>', words.output)
    .action(async (file: string) => {
      const format = extname(file).slice(1)
      if (!['csv', 'xlsx', 'md'].includes(format))
        throw new Fault({ code: 'request-invalid', place: 'file', found: file, expected: words.formats })
      await cli.hotline.save(`/knowledge/export/${format}`, file)
      cli.answer({ file }, words.exported(file))
    })

  knowledge
    .command('withdraw-examples')
    .description(words.withdrawAbout)
    .action(async () => {
      const done = await cli.hotline.post<{ readonly withdrawn: number }>('/knowledge/examples/withdraw', {})
      cli.answer(done, words.withdrawn(done.withdrawn))
    })

  knowledge
    .command('check')
    .description(words.checkAbout)
    .argument('[dir]', words.directory)
    .action((given: string | undefined) => check(given, cli))
}

async function detailSaid({ versions, events }: KnowledgeDetail, cli: Cli): Promise<string> {
  const words = knowledgeWords[cli.language]
  const [times, people] = await Promise.all([timesIn(cli), peopleIn(cli)])
  const called = (names: readonly string[]) => names.map(name => people.called(name)).join('、')
  const [newest] = versions
  return [
    newest?.content.example ? words.example(newest.content.question) : (newest?.content.question ?? ''),
    newest?.content.text ?? '',
    '',
    table(
      words.versionHead,
      versions.map(({ version, standing, untilMs, authors, reviewer }) => [
        String(version),
        words.standings[standing],
        times.minute(untilMs),
        called(authors),
        reviewer === undefined ? '' : called([reviewer]),
      ]),
    ),
    '',
    table(
      words.eventHead,
      events.map(({ atMs, kind, version, by, note = '' }) => [
        times.minute(atMs),
        words.events[kind],
        String(version),
        called([by]),
        note,
      ]),
    ),
  ].join('\n')
}

/** @throws Fault `file-unreadable` */
async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const names = await readdir(path)
    return names
      .filter(name => /\.(md|csv|xlsx)$/.test(name))
      .toSorted()
      .map(name => join(path, name))
  } catch (error) {
    throw new Fault({
      code: 'knowledge-file',
      place: path,
      found: reasonOf(error),
      expected: 'a file that can be read',
    })
  }
}

/** @throws FaultList with all that is not right in the folder */
async function check(given: string | undefined, cli: Cli): Promise<void> {
  const [knowledge, { readOrderRules }, { readCity }, { readSettings }, { readCatalogue }] =
    await Promise.all([
      import('../../knowledge/index.ts'),
      import('../../orders/index.ts'),
      import('../../city/index.ts'),
      import('../../settings/index.ts'),
      import('../../catalogue/index.ts'),
    ])
  const settings = readSettings(cli.env)
  const folder = given ?? settings.KNOWLEDGE_DIR
  const [rules, city, synonyms] = await Promise.all([
    readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE),
    readCity(settings.CITY_FILE),
    knowledge.readSynonyms(join(folder, 'synonyms.txt')),
  ])
  const ground = {
    units: rules.units,
    districts: city.districts.map(({ name }) => name),
    timeZone: city.timeZone,
  }
  const { entries, faults } = await knowledge.readKnowledgeFiles(folder, ground, systemClock.now())
  const catalogue = await readCatalogue(await catalogueFolder(cli, undefined))
  const proof = knowledge.proveKnowledge(entries, synonyms, knowledge.likenessIn(catalogue))
  const all = [...faults, ...proof.faults]
  if (all.length > 0) throw new FaultList(all)
  const share = `${(proof.leftOut * 100).toFixed(1)} %`
  cli.answer(
    { entries: entries.length, wordings: proof.wordings, leftOut: proof.leftOut },
    knowledgeWords[cli.language].checked(entries.length, proof.wordings, share),
  )
}
