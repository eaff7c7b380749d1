import { writeFile } from 'node:fs/promises'
import type { Failure, FlowVerdict, tellPath } from '../../ivr/index.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { flowIn, flowsIn, mustSpeak } from '../flow-folder.ts'
import { addFlowPlay } from './flow-play.ts'
import { addFlowTest } from './flow-test.ts'

type DrawOptions = { readonly output?: string; readonly language: string }

export const addFlowCommands: AddCommands = (program, cli) => {
  const words = cli.words.flow
  const flow = program.command('flow').description(words.about)
  flow
    .command('verify')
    .description(words.verifyAbout)
    .argument('[dir]', words.directory)
    .action(async (given?: string) => {
      const { tellPath, verify } = await import('../../ivr/index.ts')
      const verdict = verify(await flowsIn(cli, given))
      cli.answer(verdict, verdict.flows.map(one => tellVerdict(one, cli, tellPath)).join('\n\n'))
      if (verdict.flows.some(({ failures }) => failures.length > 0)) cli.exitWith(exit.refused)
    })
  addFlowTest(flow, cli)
  flow
    .command('draw')
    .description(words.drawAbout)
    .argument('<flow>', words.play.flow)
    .argument('[dir]', words.directory)
    .option('-o, --output <file>', words.output)
    .option('--language <language>', words.drawLanguage, cli.language)
    .action(async (name: string, given: string | undefined, { output, language }: DrawOptions) => {
      const { drawFlow } = await import('../../ivr/index.ts')
      const set = await flowsIn(cli, given)
      mustSpeak(set, language)
      const drawn = drawFlow(flowIn(set, name), language)
      if (output === undefined) return cli.answer({ svg: drawn }, drawn)
      await writeFile(output, drawn)
      cli.answer({ file: output }, words.drawn(output))
    })
  addFlowPlay(flow, cli)
}

function tellVerdict(verdict: FlowVerdict, cli: Cli, tell: typeof tellPath) {
  const { flow, audience, nodes, situations, failures, timeToPerson } = verdict
  const words = cli.words.flow
  const whom = words.audiences[audience] ?? audience
  const likeliest = (timeToPerson.likeliest[cli.language] ?? 0).toFixed(1)
  const longest = timeToPerson.longest.toFixed(1)
  const time = timeToPerson.byItself ? words.time : words.timeByZero
  return [
    failures.length > 0
      ? words.refused(flow, whom, failures.length)
      : words.proved(flow, whom, nodes, situations),
    `  ${time(likeliest, longest)}`,
    ...failures.map(failure => tellFailure(failure, cli, tell)),
  ].join('\n')
}

/** Where it is, which rule it breaks, and the way there as a caller lives it. */
function tellFailure({ rule, says, place, found, expected, path }: Failure, cli: Cli, tell: typeof tellPath) {
  const words = cli.words.flow
  const lines = [cli.words.fault(place, found, expected), words.rules[rule] ?? says]
  return [...lines, ...(path.length > 0 ? [tell(path, words.path)] : [])].map(line => `  ${line}`).join('\n')
}
