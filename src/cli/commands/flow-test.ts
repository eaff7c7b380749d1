import { join } from 'node:path'
import type { Command } from 'commander'
import type { City } from '../../city/index.ts'
import { Fault } from '../../foundation/index.ts'
import type { CallFile, FlowSet } from '../../ivr/index.ts'
import { type Cli, exit } from '../cli.ts'
import { cityOf, directoryOf, filesIn, flowsIn } from '../flow-folder.ts'

type Given = { readonly wire?: boolean; readonly filter?: string; readonly atOnce: string }
type Differing = { readonly call: string; readonly fault: Fault }

export function addFlowTest(flow: Command, cli: Cli): void {
  const words = cli.words.flow
  flow
    .command('test')
    .description(words.testAbout)
    .argument('[dir]', words.directory)
    .option('--wire', words.wire)
    .option('--filter <text>', words.filter)
    .option('--at-once <calls>', words.atOnce, '24')
    .action(async (dir: string | undefined, { wire = false, filter = '', atOnce }: Given) => {
      const { readCallFile } = await import('../../ivr/index.ts')
      const set = await flowsIn(cli, dir)
      const sources = await filesIn(join(await directoryOf(cli, dir), 'calls'), '.call.yaml')
      const chosen = sources.filter(({ path, text }) => `${path}\n${text.split('\n')[1]}`.includes(filter))
      const city = await cityOf(cli)
      const read = chosen.map(source => readCallFile(source, city))
      for (const { place, found, expected } of read.flatMap(({ hints }) => hints))
        cli.complain(words.hint(cli.words.fault(place, found, expected)))
      if (read.length === 0) throw nothingChosen(filter)
      const skipped = wire ? read.filter(speaks) : []
      const calls = read.filter(file => !skipped.includes(file))
      for (const { call } of skipped) cli.complain(words.skipped(call))
      const differing =
        wire && calls.length > 0
          ? await overTheWire(set, city, calls, Math.max(1, Math.floor(Number(atOnce)) || 1))
          : await inTheSimulator(set, calls)
      for (const { call, fault } of differing) {
        cli.complain(words.differs(call))
        cli.explain(fault)
      }
      const text =
        differing.length > 0 ? words.broken(calls.length, differing.length) : words.kept(calls.length)
      const left = skipped.length > 0 ? `\n${words.left(skipped.length)}` : ''
      const names = { differing: differing.map(namesIt), skipped: skipped.map(namesIt) }
      cli.answer({ calls: calls.length, ...names }, text + left)
      if (differing.length > 0) cli.exitWith(exit.refused)
    })
}

const namesIt = ({ call }: { readonly call: string }) => call

/** On a line nobody tells a flow that its caller speaks: keys and silence are all that it hears there. */
const speaks = ({ steps }: CallFile) => steps.some(step => step.speaks)

async function inTheSimulator(set: FlowSet, calls: readonly CallFile[]): Promise<readonly Differing[]> {
  const { rehearse } = await import('../../ivr/index.ts')
  return calls.flatMap(file => differing(file, rehearse(set, file)))
}

/** In their own time, some beside each other; each held against the simulator, too. */
async function overTheWire(
  set: FlowSet,
  city: City,
  calls: readonly CallFile[],
  atOnce: number,
): Promise<readonly Differing[]> {
  const [{ default: pLimit }, { openRehearsal }, { compareEvents }] = await Promise.all([
    import('p-limit'),
    import('../rehearsal.ts'),
    import('../../ivr/index.ts'),
  ])
  const rehearsal = await openRehearsal(set, city)
  try {
    const found = await pLimit(atOnce).map(calls, async file => {
      const { fault, happenings } = await rehearsal.rehearse(file)
      return differing(file, fault ?? compareEvents(set, file, happenings))
    })
    return found.flat().sort((one, other) => (one.fault.place < other.fault.place ? -1 : 1))
  } finally {
    await rehearsal.close()
  }
}

const differing = ({ call }: CallFile, fault: Fault | undefined): readonly Differing[] =>
  fault ? [{ call, fault }] : []

const nothingChosen = (filter: string) =>
  new Fault({
    code: 'request-invalid',
    place: '--filter',
    found: JSON.stringify(filter),
    expected: 'a part of the name of a call',
  })
