import { extname } from 'node:path'
import type { CatalogueDetail, CataloguePage } from '../../catalogue/api.ts'
import { Fault, FaultList } from '../../foundation/index.ts'
import { catalogueWords as fields } from '../../http/words/catalogue.ts'
import { urgencyWords } from '../../http/words/orders.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { catalogueFolder } from '../judge.ts'
import { namesIn } from '../names.ts'
import { table } from '../screen.ts'

export const addCatalogueCommands: AddCommands = (program, cli) => {
  const words = cli.words.catalogue
  const catalogue = program.command('catalogue').description(words.about)

  catalogue
    .command('list')
    .description(words.listAbout)
    .argument('[words]', words.looked)
    .option('--class <class>', words.class)
    .option('--after <code>', words.after)
    .action(async (q: string | undefined, options: { readonly class?: string; readonly after?: string }) => {
      const query = new URLSearchParams({ limit: '100' })
      for (const [name, value] of Object.entries({ q, ...options })) if (value) query.set(name, value)
      const page = await cli.hotline.get<CataloguePage>(`/catalogue?${query}`)
      const rows = page.kinds.map(({ code, object, name, group, units }) => [
        code,
        `${object}·${name}`,
        group,
        units.join(' '),
      ])
      const said = [
        rows.length === 0 ? words.none : table(words.head, rows),
        ...(page.next === undefined ? [] : [words.more(page.count, page.next)]),
      ]
      cli.answer(page, said.join('\n'))
    })

  catalogue
    .command('show')
    .description(words.showAbout)
    .argument('<code>', words.code)
    .action(async (code: string) => {
      const kind = await cli.hotline.get<CatalogueDetail>(`/catalogue/${encodeURIComponent(code)}`)
      cli.answer(kind, await kindSaid(kind, cli))
    })

  catalogue
    .command('export')
    .description(words.exportAbout)
    .argument('<file>', words.output)
    .action(async (file: string) => {
      const format = extname(file).slice(1)
      if (format !== 'csv' && format !== 'xlsx')
        throw new Fault({ code: 'request-invalid', place: 'file', found: file, expected: words.formats })
      await cli.hotline.save(`/catalogue/file/${format}?lang=${cli.language}`, file)
      cli.answer({ file }, words.exported(file))
    })

  catalogue
    .command('check')
    .description(words.checkAbout)
    .argument('[dir]', words.directory)
    .action(async (given: string | undefined) => {
      const [
        { proveCatalogue, readCatalogue },
        { readOrderRules },
        { readCity },
        { readSettings },
        { proveSays },
      ] = await Promise.all([
        import('../../catalogue/index.ts'),
        import('../../orders/index.ts'),
        import('../../city/index.ts'),
        import('../../settings/index.ts'),
        import('../../triage/index.ts'),
      ])
      const settings = readSettings(cli.env)
      const [catalogue, rules, city] = await Promise.all([
        readCatalogue(await catalogueFolder(cli, given)),
        readOrderRules(settings.ORDER_RULES_DIR, settings.ORDER_PROFILE),
        readCity(settings.CITY_FILE),
      ])
      const faults = [
        ...(await proveCatalogue(catalogue, {
          districts: city.districts.map(({ name }) => name),
          units: new Set(rules.units.keys()),
          categories: new Set(rules.categories.keys()),
        })),
        ...(await proveSays(catalogue)),
      ]
      if (faults.length > 0) throw new FaultList(faults)
      const objects = [...catalogue.objects.values()]
      const counts = {
        groups: new Set(objects.map(({ group }) => group)).size,
        objects: objects.length,
        kinds: catalogue.kinds.size,
        words: objects.reduce((sum, object) => sum + object.words.length, 0),
        sentences: objects.reduce((sum, object) => sum + object.says.length, 0),
      }
      cli.answer(counts, words.holds(counts))
    })
}

/** All that is said of a kind, a line each. */
async function kindSaid(kind: CatalogueDetail, cli: Cli): Promise<string> {
  const { language } = cli
  const names = await namesIn(cli)
  const isSo = (so: boolean) => (so ? fields.yes : fields.no)[language]
  const lines: readonly (readonly [keyof typeof fields, string])[] = [
    ['code', kind.code],
    ['class', kind.class],
    ['group', kind.group],
    ['urgency', urgencyWords[kind.urgency][language]],
    ['tag', kind.tag],
    ['category', names.category(kind.category)],
    ['elder', isSo(kind.elder)],
    ['evidence', isSo(kind.evidence)],
    ['units', kind.units.join(' ')],
    ...kind.answers.map(({ unit, districts }): readonly ['answers', string] => [
      'answers',
      `${unit || fields.nobody[language]}: ${districts.join(' ') || fields.everywhere[language]}`,
    ]),
    ['form', kind.form.join(' ')],
    ['words', kind.words.join(' ')],
    ...kind.says.map((text): readonly ['says', string] => ['says', text]),
    ...kind.not.map(({ is, ask }): readonly ['not', string] => ['not', `${is}: ${ask}`]),
    ['place', kind.place],
  ]
  const rows = lines.map(([name, value]) => [fields[name][language], value])
  return table([fields.name[language], `${kind.object}·${kind.name}`], rows)
}
