import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CallFile, type FlowSet, type FlowSource, readCallFile, readFlows } from '../../src/ivr/index.ts'

export const flowsDirectory = join(import.meta.dirname, '..', '..', 'ivr-flows')

export function shippedSources(): readonly FlowSource[] {
  return readdirSync(flowsDirectory)
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({ path: `ivr-flows/${name}`, text: readFileSync(join(flowsDirectory, name), 'utf8') }))
}

/** The flows alone, without the languages beside them. */
export const shippedFlows = () => shippedSources().filter(({ path }) => !path.endsWith('.language.yaml'))

export const shipped: FlowSet = readFlows(shippedSources())

export const shippedCalls: readonly CallFile[] = readdirSync(join(flowsDirectory, 'calls'))
  .filter(name => name.endsWith('.call.yaml'))
  .map(name => {
    const text = readFileSync(join(flowsDirectory, 'calls', name), 'utf8')
    return readCallFile({ path: `ivr-flows/calls/${name}`, text })
  })

/** Those that a line can live through: nobody tells a flow there that its caller speaks. */
export const callsByKeys = shippedCalls.filter(({ steps }) => !steps.some(step => step.speaks))
