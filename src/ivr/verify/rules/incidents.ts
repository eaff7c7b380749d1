import type { Flow } from '../../flow.ts'
import { samplesOf } from '../lengths.ts'
import type { Rule } from '../rule.ts'

/** Time for two incidents of the greatest length; for elder callers, all that they may have to wait. */
const mostSeconds: Readonly<Record<Flow['audience'], number>> = { general: 60, elder: 20 }

const incidentNodes = (flow: Flow) => [...flow.nodes.values()].filter(({ verb }) => verb === 'incidents')

export const incidentsLeadToTheQueue: Rule = {
  name: 'incidents-lead-to-the-queue',
  says: 'After known incidents comes the queue for a person, and nothing else.',
  *check({ set, visits }) {
    for (const flow of set.flows.values())
      for (const { name, options, place } of incidentNodes(flow)) {
        const { next } = options as { readonly next: string }
        if (next === flow.person) continue
        const visit = visits.find(({ state }) => state.flow === flow.name && state.node === name)
        yield { flow: flow.name, place, visit, found: `"${next}" after them`, expected: `"${flow.person}"` }
      }
  },
}

export const incidentsAreShort: Rule = {
  name: 'incidents-are-short',
  says: 'Known incidents keep a caller who presses nothing from the queue for at most a minute; an elder one for 20 s.',
  *check({ set, visits }, durations) {
    const samples = samplesOf(set)
    for (const flow of set.flows.values())
      for (const { name, options, place } of incidentNodes(flow)) {
        const most = mostSeconds[flow.audience]
        const { prompt } = options as { readonly prompt: Readonly<Record<string, string>> }
        for (const language of Object.keys(prompt)) {
          const said = samples.find(one => one.language === language && one.prompt === `${flow.name}-${name}`)
          // The two newest incidents, each of the greatest length.
          const seconds = said ? 2 * durations(said) : 0
          if (seconds <= most) continue
          const visit = visits.find(({ state }) => state.flow === flow.name && state.node === name)
          const found = `${seconds.toFixed(1)} s in ${language}`
          yield { flow: flow.name, place, visit, found, expected: `at most ${most} s` }
        }
      }
  },
}
