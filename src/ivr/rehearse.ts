import { Fault } from '../foundation/index.ts'
import type { Key } from '../media/index.ts'
import type { CallFile, Expectation } from './call-file.ts'
import type { FlowSet } from './flow.ts'
import { type Happening, type Simulation, simulate } from './simulate.ts'

export type Rehearsal = {
  /** The first thing that went otherwise than written; undefined when none did. */
  readonly fault: Fault | undefined
  readonly happenings: readonly Happening[]
}

/** Longest that a caller listens for something to be said. */
const longestMs = 600_000

/**
 * Lives through a written call. All that is said must be heard, in order, and all that the house does expected: what a
 * file leaves out is a fault, so that a flow cannot change without its calls noticing.
 */
export function rehearse(set: FlowSet, file: CallFile): Rehearsal {
  if (!set.flows.has(file.flow))
    return { fault: faultAt(file, 0, `no flow "${file.flow}"`, 'a flow that there is'), happenings: [] }
  const simulation = simulate(set, file.flow, file.world)
  const ledger = createLedger(simulation)
  for (const [index, step] of file.steps.entries()) {
    const fault = (found: string, expected: string) => ({
      fault: faultAt(file, index, found, expected),
      happenings: simulation.happenings,
    })
    if (step.hears !== undefined) {
      const heard = ledger.nextHeard()
      if (heard === undefined || !heard.includes(step.hears))
        return fault(heard === undefined ? 'nothing said' : `"${heard}"`, `to hear "${step.hears}"`)
    }
    for (const key of step.presses ?? '') simulation.press(key as Key)
    if (step.speaks) simulation.speak()
    if (step.waits !== undefined) simulation.advance(step.waits)
    if (step['hangs-up']) simulation.hangup()
    if (step.expects) {
      const done = ledger.nextDone()
      if (done === undefined || !fits(done, step.expects))
        return fault(done === undefined ? 'nothing done' : told(done), JSON.stringify(step.expects))
    }
  }
  const rest = ledger.rest()
  const fault = rest && faultAt(file, file.steps.length - 1, `after that ${told(rest)}`, 'nothing more')
  return { fault, happenings: simulation.happenings }
}

function faultAt(file: CallFile, step: number, found: string, expected: string): Fault {
  return new Fault({ code: 'call-differs', place: file.place(step), found, expected })
}

/** Ticks off what happened: what was heard and what was done, each in its own order. */
function createLedger(simulation: Simulation) {
  let heardUpTo = 0
  let doneUpTo = 0
  const heard = () => simulation.happenings.filter(one => one.kind === 'heard')
  const done = () => simulation.happenings.filter(one => !['heard', 'pressed', 'spoke'].includes(one.kind))
  return {
    nextHeard(): string | undefined {
      const untilMs = simulation.nowMs() + longestMs
      for (let next = simulation.nextMs(); heard().length <= heardUpTo; next = simulation.nextMs()) {
        if (next === undefined || next > untilMs) return undefined
        simulation.advance(next - simulation.nowMs())
      }
      return heard()[heardUpTo++]?.text
    },
    nextDone: (): Happening | undefined => done()[doneUpTo++],
    rest: (): Happening | undefined => heard()[heardUpTo] ?? done()[doneUpTo],
  }
}

function fits(done: Happening, wanted: Expectation): boolean {
  const seen: Record<string, unknown> = expectationOf(done)
  return Object.entries(wanted).every(([name, value]) =>
    typeof value === 'object' ? contains(seen[name], value) : seen[name] === value,
  )
}

function contains(seen: unknown, wanted: object): boolean {
  return (
    typeof seen === 'object' &&
    seen !== null &&
    Object.entries(wanted).every(([name, value]) => (seen as Record<string, unknown>)[name] === value)
  )
}

/** A happening in the words of a call file. */
function expectationOf(done: Happening): Expectation {
  switch (done.kind) {
    case 'line':
      return { line: done.reason, priority: done.priority }
    case 'left':
      return { left: true }
    case 'served':
      return { served: true }
    case 'transfer':
      return { transfer: done.number }
    case 'action':
      return { action: done.name, with: { ...done.values } }
    case 'recording':
      return { recording: done.name, with: { ...done.values } }
    case 'collected':
      return { collected: { [done.name]: done.value } }
    case 'ended':
      return { ended: done.by }
    default:
      return {}
  }
}

function told(happening: Happening): string {
  return happening.kind === 'heard' ? `"${happening.text}"` : JSON.stringify(expectationOf(happening))
}
