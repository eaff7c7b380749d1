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
    .action(async (number: string, { elder }: { readonly elder?: boolean }) => {
      await cli.hotline.post(`/callers/${encodeURIComponent(number)}/mark`, { elder })
      cli.answer({ elder }, words.marked(elder === true))
    })
}
