import type { CallerMark } from '../../http/contract.ts'
import type { AddCommands } from '../cli.ts'

export const addCallerCommands: AddCommands = (program, cli) => {
  const words = cli.words.caller
  program
    .command('caller')
    .description(words.about)
    .command('mark')
    .description(words.markAbout)
    .argument('<number>', words.number)
    .option('--elder', words.elder)
    .option('--no-elder', words.notElder)
    .option('--language <language>', words.language)
    .action(async (number: string, mark: CallerMark) => {
      await cli.hotline.post(`/callers/${encodeURIComponent(number)}/mark`, mark)
      const { elder, language } = mark
      const told = [
        ...(elder === undefined ? [] : [words.marked(elder)]),
        ...(language === undefined ? [] : [words.spoken(language)]),
      ]
      cli.answer(mark, told.join('\n'))
    })
}
