import type { Dialed } from '../../http/contract.ts'
import type { AddCommands } from '../cli.ts'

export const addDialCommand: AddCommands = (program, cli) => {
  const words = cli.words.dial
  program
    .command('dial')
    .description(words.about)
    .argument('<number>', words.number)
    .requiredOption('--flow <flow>', words.flow)
    .action(async (number: string, { flow }: { readonly flow: string }) => {
      const dialed = await cli.hotline.post<Dialed>('/dial', { number, flow })
      cli.answer(dialed, words.answered(dialed.call))
    })
}
