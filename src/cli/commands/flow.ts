import { writeFile } from 'node:fs/promises'
import { Fault, systemClock } from '../../foundation/index.ts'
import type { Failure, FlowVerdict, tellPath } from '../../ivr/index.ts'
import { type AddCommands, type Cli, exit } from '../cli.ts'
import { flowIn, flowsIn, mustSpeak } from '../flow-folder.ts'
import { type HeardLengths, hearPrompts } from '../prompt-lengths.ts'
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
    .option('--estimate', words.estimate)
    .action(async (given: string | undefined, { estimate = false }: { readonly estimate?: boolean }) => {
      const [{ tellPath, verify }, { flowNeeds }] = await Promise.all([
        import('../../ivr/index.ts'),
        import('../../hall/rooms.ts'),
      ])
      const set = await flowsIn(cli, given)
      const beganMs = systemClock.monotonicMs()
      const heard = estimate ? words.asked : await hearPrompts(set, given, cli).catch(whyNot)
      const heardMs = systemClock.monotonicMs() - beganMs
      const { flows, situations, moves } = verify(
        set,
        typeof heard === 'string' ? {} : heard.lengths,
        flowNeeds,
      )
      const provedMs = systemClock.monotonicMs() - beganMs - heardMs
      const told = [
        ...flows.map(one => tellVerdict(one, cli, tellPath)),
        ...(set.hints.length > 0 ? [set.hints.map(one => tellHint(one, cli)).join('\n')] : []),
        tellCost(heard, heardMs, provedMs, cli),
      ]
      const prompts =
        typeof heard === 'string'
          ? { estimated: heard }
          : { measured: heard.prompts - heard.unspoken.length, unspoken: heard.unspoken, voice: heard.voice }
      const hints = set.hints.map(({ code, place, found, expected }) => ({ code, place, found, expected }))
      cli.answer({ flows, situations, moves, hints, prompts, heardMs, provedMs }, told.join('\n\n'))
      if (flows.some(({ failures }) => failures.length > 0)) cli.exitWith(exit.refused)
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
  const likeliest = Object.entries(timeToPerson.likeliest)
    .map(([language, seconds]) => `${seconds.toFixed(1)} s (${language})`)
    .join(words.comma)
  const time = timeToPerson.byItself ? words.time : words.timeByZero
  return [
    failures.length > 0
      ? words.refused(flow, whom, failures.length)
      : words.proved(flow, whom, nodes, situations),
    `  ${time(likeliest, timeToPerson.longest.toFixed(1))}`,
    ...failures.map(failure => tellFailure(failure, cli, tell)),
  ].join('\n')
}

/** Nothing keeps the flow from answering; its author may want to know. */
const tellHint = ({ place, found, expected }: Fault, { words }: Cli) =>
  words.flow.hint(words.fault(place, found, expected))

/** What lengths were taken for the prompts, and how long all of it took. */
function tellCost(
  heard: HeardLengths | string,
  heardMs: number,
  provedMs: number,
  { words: { flow: words } }: Cli,
) {
  const inSeconds = (ms: number) => (ms / 1000).toFixed(1)
  if (typeof heard === 'string') return `${words.estimated(heard)}\n${words.took(inSeconds(provedMs))}`
  const { prompts, unspoken, voice } = heard
  return [
    words.heard(prompts - unspoken.length, voice, inSeconds(heardMs)),
    ...(unspoken.length > 0 ? [words.unspoken(unspoken.length, unspoken.join(words.comma))] : []),
    words.took(inSeconds(provedMs)),
  ].join('\n')
}

/** Settings that are wrong must be mended; a voice that is not there is no reason not to prove. */
function whyNot(error: unknown): string {
  if (error instanceof Fault) return error.message
  throw error
}

/** Where it is, which rule it breaks, and the way there as a caller lives it. */
function tellFailure({ rule, place, found, expected, path }: Failure, cli: Cli, tell: typeof tellPath) {
  const words = cli.words.flow
  const lines = [cli.words.fault(place, found, expected), cli.words.titles[rule]]
  return [...lines, ...(path.length > 0 ? [tell(path, words.path)] : [])].map(line => `  ${line}`).join('\n')
}
