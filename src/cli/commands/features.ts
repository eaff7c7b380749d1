import type { FeatureList } from '../../http/features/api.ts'
import { featureStandWords, featureWords } from '../../http/words/features.ts'
import type { AddCommands } from '../cli.ts'
import { featureTerms } from '../messages/features.ts'
import { table } from '../screen.ts'

/** What is switched on, and by which setting. */
export const addFeatureCommand: AddCommands = (program, cli) => {
  const words = featureTerms[cli.language]
  program
    .command('features')
    .description(words.about)
    .action(async () => {
      const answer = await cli.hotline.get<FeatureList>('/features')
      const rows = answer.features.map(({ name, isOn, setting, value }) => [
        featureWords[name][cli.language],
        featureStandWords(isOn)[cli.language],
        setting,
        value,
      ])
      cli.answer(answer, table(words.head, rows))
    })
}
