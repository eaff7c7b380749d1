import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { City } from '../city/index.ts'
import { Fault, reasonOf } from '../foundation/index.ts'
import type { Flow, FlowSet, FlowSource } from '../ivr/index.ts'
import type { Cli } from './cli.ts'

/** The folder named on the command line, else the one that the hotline takes its flows from. */
export async function directoryOf(cli: Cli, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const { readSettings } = await import('../settings/index.ts')
  return readSettings(cli.env).FLOWS_DIR
}

/** The city in which the calls are made. @throws FaultList with everything that is wrong in its file */
export async function cityOf(cli: Cli): Promise<City> {
  const [{ readSettings }, { readCity }] = await Promise.all([
    import('../settings/index.ts'),
    import('../city/index.ts'),
  ])
  return readCity(readSettings(cli.env).CITY_FILE)
}

/** Files by their ending, in order of their names. @throws Fault `flows-missing` */
export async function filesIn(directory: string, ending: string): Promise<readonly FlowSource[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    const found = `${directory} (${reasonOf(cause)})`
    throw new Fault({ code: 'flows-missing', place: directory, found, expected: 'a folder of flows', cause })
  })
  return Promise.all(
    names
      .filter(name => name.endsWith(ending))
      .sort()
      .map(async name => ({
        path: join(directory, name),
        text: await readFile(join(directory, name), 'utf8'),
      })),
  )
}

/** The flows of a folder, read and checked. @throws FaultList with everything that is wrong */
export async function flowsIn(cli: Cli, given: string | undefined): Promise<FlowSet> {
  const { readFlows } = await import('../ivr/index.ts')
  return readFlows(await filesIn(await directoryOf(cli, given), '.yaml'))
}

/** @throws Fault `language-unknown` */
export function mustSpeak({ languages }: FlowSet, language: string): void {
  if (languages.has(language)) return
  const expected = `one of ${[...languages.keys()].join(', ')}`
  throw new Fault({
    code: 'language-unknown',
    place: '--language',
    found: JSON.stringify(language),
    expected,
  })
}

/** @throws Fault `flow-unknown` */
export function flowIn({ flows }: FlowSet, name: string): Flow {
  const flow = flows.get(name)
  if (flow) return flow
  const expected = `one of ${[...flows.keys()].join(', ')}`
  throw new Fault({ code: 'flow-unknown', place: 'flow', found: JSON.stringify(name), expected })
}
