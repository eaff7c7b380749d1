import { join } from 'node:path'
import type { Failure, FlowVerdict, tellPath } from '../../ivr/index.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { directoryOf, filesIn } from '../flow-folder.ts'
import { addFlowPlay } from './flow-play.ts'

export const addFlowCommands: AddCommands = (program, cli) => {
  const words = cli.words.flow
  const flow = program.command('flow').description(words.about)
  flow
    .command('verify')
    .description(words.verifyAbout)
    .argument('[dir]', words.directory)
    .action(async (given?: string) => {
      const { readFlows, tellPath, verify } = await import('../../ivr/index.ts')
      const verdict = verify(readFlows(await filesIn(await directoryOf(cli, given), '.yaml')))
      cli.answer(verdict, verdict.flows.map(one => tellVerdict(one, cli, tellPath)).join('\n\n'))
      if (verdict.flows.some(({ failures }) => failures.length > 0)) cli.exitWith(exit.refused)
    })
  flow
    .command('test')
    .description(words.testAbout)
    .argument('[dir]', words.directory)
    .action(async (given?: string) => {
      const { readCallFile, readFlows, rehearse } = await import('../../ivr/index.ts')
      const directory = await directoryOf(cli, given)
      const set = readFlows(await filesIn(directory, '.yaml'))
      const calls = (await filesIn(join(directory, 'calls'), '.call.yaml')).map(readCallFile)
      const differing = calls.flatMap(file => {
        const fault = rehearse(set, file)
        return fault ? [{ call: file.call, fault }] : []
      })
      for (const { call, fault } of differing) {
        cli.complain(words.differs(call))
        cli.explain(fault)
      }
      const text =
        differing.length > 0 ? words.broken(calls.length, differing.length) : words.kept(calls.length)
      cli.answer({ calls: calls.length, differing: differing.map(({ call }) => call) }, text)
      if (differing.length > 0) cli.exitWith(exit.refused)
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
