import { Fault } from '../foundation/index.ts'
import type { Key } from '../media/index.ts'
import type { CallFile, Expectation } from './call-file.ts'
import type { FlowSet } from './flow.ts'
import { type SimulatedEvent, type Simulation, simulate } from './simulate.ts'

/** Something that a caller does or waits for. */
export type Deed =
  | { readonly kind: 'press'; readonly key: Key }
  | { readonly kind: 'speak' }
  | { readonly kind: 'hangup' }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Waits until something more is said, or nothing will be said any more. */
  | { readonly kind: 'listen' }
  /** Lets the product finish what it is doing, which takes a moment on a real line. */
  | { readonly kind: 'settle' }

/** Where a written call is performed: in the simulator or on a line. */
export type RehearsalStage = {
  /** The events so far; grows while the call goes on. */
  readonly happenings: readonly SimulatedEvent[]
  act(deed: Deed): Promise<void>
}

/**
 * Performs a written call in the simulator. The file must hear all that is said, in order, and expect all that the product
 * does. Anything it leaves out is a fault, so that a flow cannot change without its calls noticing.
 * @returns the first difference from what is written
 */
export function rehearse(set: FlowSet, file: CallFile): Fault | undefined {
  if (!set.flows.has(file.flow))
    return faultAt(file, 0, `no flow "${file.flow}"`, `one of ${[...set.flows.keys()].join(', ')}`)
  const { language } = file.world
  if (!set.languages.has(language))
    return faultAt(file, 0, `no language "${language}"`, `one of ${[...set.languages.keys()].join(', ')}`)
  const simulation = simulate(set, file.flow, file.world)
  const course = courseOf(file, simulation.happenings)
  for (let turn = course.next(); ; turn = course.next()) {
    if (turn.done) return turn.value
    perform(simulation, turn.value)
  }
}

/** Performs a written call on another stage. */
export async function rehearseOn(stage: RehearsalStage, file: CallFile): Promise<Fault | undefined> {
  const course = courseOf(file, stage.happenings)
  for (let turn = course.next(); ; turn = course.next()) {
    if (turn.done) return turn.value
    await stage.act(turn.value)
  }
}

/** How much later than the simulator a real line may be. */
const lateMs = 3_000

/**
 * Compares the events on a line with the simulator's: the same things heard and the same things done, each in order. The
 * two are compared separately, because on a line words and deeds of the same instant may swap.
 * @returns the first difference
 */
export function compareEvents(
  set: FlowSet,
  file: CallFile,
  happenings: readonly SimulatedEvent[],
): Fault | undefined {
  const simulation = simulate(set, file.flow, file.world)
  const course = courseOf(file, simulation.happenings)
  for (let turn = course.next(); !turn.done; turn = course.next()) perform(simulation, turn.value)
  const due = simulation.happenings.length
  simulation.advance(lateMs)
  for (const isOfStream of [isHeard, isDone]) {
    const least = simulation.happenings.slice(0, due).filter(isOfStream).length
    const wanted = simulation.happenings.filter(isOfStream).map(told)
    const seen = happenings.filter(isOfStream).map(told)
    const at = Array.from({ length: Math.max(least, seen.length) }, (_, index) => index).find(
      index => seen[index] !== wanted[index],
    )
    if (at !== undefined)
      return faultAt(
        file,
        0,
        `${seen[at] ?? 'nothing'} as number ${at + 1} on the line`,
        `${wanted[at] ?? 'nothing'}, as in the simulator`,
      )
  }
  return undefined
}

/** The longest that a caller listens for something to be said. */
const longestMs = 600_000

function perform(simulation: Simulation, deed: Deed): void {
  if (deed.kind === 'press') simulation.press(deed.key)
  if (deed.kind === 'speak') simulation.speak()
  if (deed.kind === 'hangup') simulation.hangup()
  if (deed.kind === 'wait') simulation.advance(deed.ms)
  if (deed.kind === 'listen') listen(simulation)
}

function listen(simulation: Simulation): void {
  const heard = () => simulation.happenings.filter(isHeard).length
  const before = heard()
  const untilMs = simulation.nowMs() + longestMs
  let next = simulation.nextMs()
  while (heard() === before && next !== undefined && next <= untilMs) {
    simulation.advance(next - simulation.nowMs())
    next = simulation.nextMs()
  }
}

const isHeard = (happening: SimulatedEvent) => happening.kind === 'heard'
const isDone = (happening: SimulatedEvent) => !['heard', 'pressed', 'spoke'].includes(happening.kind)

/** Yields the caller's deeds one by one, and ticks off what was heard and what was done, each in its own order. */
function* courseOf(
  file: CallFile,
  happenings: readonly SimulatedEvent[],
): Generator<Deed, Fault | undefined, void> {
  let heardUpTo = 0
  let doneUpTo = 0
  const heard = () => happenings.filter(isHeard)
  const done = () => happenings.filter(isDone)
  for (const [index, step] of file.steps.entries()) {
    if (step.hears !== undefined) {
      if (heard().length <= heardUpTo) yield { kind: 'listen' }
      const next = heard()[heardUpTo++]
      if (next?.kind !== 'heard') return faultAt(file, index, 'nothing said', `to hear "${step.hears}"`)
      if (!next.text.includes(step.hears)) return faultAt(file, index, told(next), `to hear "${step.hears}"`)
    }
    for (const key of step.presses ?? '') yield { kind: 'press', key: key as Key }
    if (step.speaks) yield { kind: 'speak' }
    if (step.waits !== undefined) yield { kind: 'wait', ms: step.waits }
    if (step['hangs-up']) yield { kind: 'hangup' }
    if (step.expects) {
      if (done().length <= doneUpTo) yield { kind: 'settle' }
      const next = done()[doneUpTo++]
      if (next === undefined || !fits(next, step.expects))
        return faultAt(file, index, next ? told(next) : 'nothing done', JSON.stringify(step.expects))
    }
  }
  const rest = heard()[heardUpTo] ?? done()[doneUpTo]
  return rest && faultAt(file, file.steps.length - 1, `after that ${told(rest)}`, 'nothing more')
}

function faultAt(file: CallFile, step: number, found: string, expected: string): Fault {
  return new Fault({ code: 'call-differs', place: file.place(step), found, expected })
}

function fits(done: SimulatedEvent, wanted: Expectation): boolean {
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

/** An event in the terms of a call file. */
function expectationOf(done: SimulatedEvent): Expectation {
  switch (done.kind) {
    case 'queue':
      return { queue: done.reason, priority: done.priority }
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

function told(happening: SimulatedEvent): string {
  return happening.kind === 'heard' ? `"${happening.text}"` : JSON.stringify(expectationOf(happening))
}
