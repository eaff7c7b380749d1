import { expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import { type FlowSource, readFlows, rehearse } from '../../src/ivr/index.ts'
import { shippedCalls, shippedFlows, shippedSources } from './shipped.ts'

type Mutant = { readonly name: string; readonly sources: readonly FlowSource[] }

/**
 * Each line of a shipped flow that leads somewhere, bent to lead elsewhere: to the person of that flow, and away from
 * there to its first state.
 */
function bent(source: FlowSource, all: readonly FlowSource[]): readonly Mutant[] {
  const person = /^person: (.+)$/m.exec(source.text)?.[1] ?? ''
  const start = /^start: (.+)$/m.exec(source.text)?.[1] ?? ''
  const states = [...source.text.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name]) => name)
  const lines = source.text.split('\n')
  return lines.flatMap((line, index) => {
    if (!/^\s+(- )?(next|else|silence|wrong|go|full|failed|unknown|keys)\b/.test(line)) return []
    return [...line.matchAll(/: ([a-z-]+)(?=[,} ]|$)/g)]
      .filter(([, to]) => states.includes(to))
      .map(found => {
        const to = found[1] === person ? start : person
        const at = found.index + 2
        const changed = `${line.slice(0, at)}${to}${line.slice(at + (found[1]?.length ?? 0))}`
        const text = lines.with(index, changed).join('\n')
        return {
          name: `${source.path}:${index + 1}: ${line.trim()} -> ${to}`,
          sources: all.map(one => (one.path === source.path ? { path: one.path, text } : one)),
        }
      })
  })
}

function isNoticed({ sources }: Mutant): boolean {
  try {
    const set = readFlows(sources)
    return shippedCalls.some(call => rehearse(set, call) !== undefined)
  } catch (error) {
    if (error instanceof FaultList) return true
    throw error
  }
}

it('notices every edge of a shipped flow that leads elsewhere than written', { timeout: 120_000 }, () => {
  const all = shippedSources()
  const mutants = shippedFlows().flatMap(source => bent(source, all))
  expect(mutants.length).toBeGreaterThan(100)
  expect(mutants.filter(mutant => !isNoticed(mutant)).map(mutant => mutant.name)).toEqual([])
})
