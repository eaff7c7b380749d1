import { expect, it } from 'vitest'
import { FaultList } from '../../src/foundation/index.ts'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { type FlowSet, type FlowSource, proveFlows, readFlows, rehearse } from '../../src/ivr/index.ts'
import { verbNamed } from '../../src/ivr/verbs.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { shippedCalls, shippedFlows, shippedSources } from './shipped.ts'

const longer = 'recordings may be longer than was said: nobody is cut off'
const comfort = 'a word of comfort while waiting comes sooner or later; the place in the queue is the same'
const odd = 'a number that cannot be is read back or looked up instead of asked for again at once'

/** Changes that neither the proof nor a written call sees, each with the reason why nobody is harmed. */
const survivorsKnown: Readonly<Record<string, string>> = {
  'after-hours demand.message.atMost: "2min" -> "4min"': longer,
  'after-hours duty.queue.every: "20s" -> "10s"': comfort,
  'after-hours duty.queue.every: "20s" -> "40s"': comfort,
  'after-hours other-phone.ask.begins: "1" -> left out': odd,
  'after-hours patience: "5s" -> "10s"': 'more time to think; who wants the person on duty presses 0',
  'after-hours patience: "5s" -> "2.5s"': 'silence is a message, from which 0 is a person as before',
  'after-hours phone.ask.begins: "1" -> left out': odd,
  'after-hours syllablesPerMinute: 200 -> 230': 'spoken faster, and as well as other hotlines do',
  'elder demand.message.atMost: "3min" -> "6min"': longer,
  'elder queue.queue.every: "15s" -> "30s"': comfort,
  'elder queue.queue.every: "15s" -> "7.5s"': comfort,
  'elder other-phone.ask.begins: "1" -> left out': odd,
  'hotline demand.message.atMost: "2min" -> "4min"': longer,
  'hotline goodbye.hangup.because: "chosen" -> "done"':
    'both are true there: an order was told, and they chose',
  'hotline queue.queue.every: "20s" -> "10s"': comfort,
  'hotline queue.queue.every: "20s" -> "40s"': comfort,
  'hotline order.ask.begins: "2" -> left out': odd,
  'hotline other-phone.ask.begins: "1" -> left out': odd,
  'hotline turn-phone.ask.begins: "1" -> left out': odd,
  'hotline patience: "5s" -> "2.5s"': 'silence three times is a person, sooner than before',
  'survey demand.message.atMost: "2min" -> "4min"': longer,
  'survey queue.queue.every: "20s" -> "10s"': comfort,
  'survey queue.queue.every: "20s" -> "40s"': comfort,
  'survey reason.message.atMost: "60s" -> "120s"': longer,
}

const leastShare = 0.95

const fateNames = ['refused by the reader', 'seen by a call', 'seen by the proof', 'survived'] as const
type Fate = (typeof fateNames)[number]

const sources = shippedSources()

function fateOf({ flow, source }: Mutant): Fate {
  let set: FlowSet
  try {
    set = readFlows(sources.map(one => (one.path === source.path ? source : one)))
  } catch (error) {
    if (error instanceof FaultList) return 'refused by the reader'
    throw error
  }
  // The calls of this flow first: most changes are seen there.
  const calls = [...shippedCalls].sort(
    (one, other) => Number(other.flow === flow) - Number(one.flow === flow),
  )
  if (calls.some(call => rehearse(set, call) !== undefined)) return 'seen by a call'
  return proveFlows(leadingOn(set, flow), {}, flowNeeds).length > 0 ? 'seen by the proof' : 'survived'
}

/** The flow with those that it goes on in: what was not changed is proved already, and takes most of the time. */
function leadingOn(set: FlowSet, start: string): FlowSet {
  const names = new Set([start])
  for (const name of names)
    for (const { verb, options } of set.flows.get(name)?.nodes.values() ?? [])
      for (const edge of verbNamed(verb)?.edges(options) ?? []) if ('flow' in edge) names.add(edge.flow)
  return { ...set, flows: new Map([...set.flows].filter(([name]) => names.has(name))) }
}

it('sees every change of an edge, a guard or a default that would harm a caller', {
  timeout: 300_000,
}, () => {
  const mutants = shippedFlows().flatMap(mutantsOf)
  const fates = mutants.map(mutant => ({ name: mutant.name, fate: fateOf(mutant) }))
  const survivors = fates.filter(({ fate }) => fate === 'survived').map(({ name }) => name)
  const figures = fateNames.map(name => `${fates.filter(({ fate }) => fate === name).length} ${name}`)
  const share = 1 - survivors.length / mutants.length
  console.log(`${mutants.length} mutants: ${figures.join(', ')}; score ${(share * 100).toFixed(1)} %`)
  for (const name of survivors) console.log(`survived: ${name} (${survivorsKnown[name] ?? 'not justified'})`)

  expect(mutants.length).toBeGreaterThan(300)
  expect(share).toBeGreaterThanOrEqual(leastShare)
  expect(survivors.sort()).toEqual(Object.keys(survivorsKnown).sort())
})

/** A name, or a value, by which whoever rings for answers would not know them. */
const losesAnAnswer = /keeps\.as\.|keeps\.name|keeps: |rate\.name|reason\.message\.name|text\.template/

it('refuses by the proof alone every survey that loses an answer, whatever calls were written', {
  timeout: 300_000,
}, () => {
  const losing = shippedFlows()
    .filter(({ path }) => path.endsWith('survey.yaml'))
    .flatMap(mutantsOf)
    .filter(({ name }) => losesAnAnswer.test(name))
  const codes = losing.map(({ name, source }) => ({ name, codes: codesOf([source]) }))
  const missed = codes.filter(one => !one.codes.includes('what-is-needed-is-collected'))
  const byOthers = codes.filter(one => new Set(one.codes).size > 1)
  console.log(
    `${losing.length} surveys lose an answer; ${byOthers.length} of them break another rule as well`,
  )
  expect(losing.length).toBeGreaterThan(20)
  expect(missed.map(({ name }) => name)).toEqual([])
})

function codesOf(files: readonly FlowSource[]): readonly string[] {
  try {
    return proveFlows(readFlows(files), {}, flowNeeds).map(({ code }) => code)
  } catch (error) {
    if (error instanceof FaultList) return error.faults.map(({ code }) => code)
    throw error
  }
}
