import { FaultList } from '../../foundation/index.ts'
import type { AddCommands } from '../cli.ts'
import { catalogueFolder } from '../judge.ts'

export const addCatalogueCommands: AddCommands = (program, cli) => {
  const words = cli.words.catalogue
  program
    .command('catalogue')
    .description(words.about)
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
