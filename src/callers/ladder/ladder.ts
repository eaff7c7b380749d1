import { Fault } from '../../foundation/index.ts'
import { type LadderStep, ladderSteps, type StepGiven, type StepShown } from './api.ts'

const dayMs = 86_400_000
/** After this time without a step, the ladder starts anew. DESIGN: no text says when steps are forgotten. */
const rememberedMs = 180 * dayMs

/** Whether a restriction is in force: two agreed, it has not expired, and no appeal is pending. */
export const isInForce = ({ step, state, untilMs = 0 }: StepShown, nowMs: number): boolean =>
  step === 'restrict' && (state === 'holds' || state === 'upheld') && nowMs < untilMs

/** The restriction in force. */
export const restrictionIn = (steps: readonly StepShown[], nowMs: number): StepShown | undefined =>
  steps.find(one => isInForce(one, nowMs))

/** Whether it blocks further steps until it is decided or over. */
const isOpen = (one: StepShown, nowMs: number) =>
  isInForce(one, nowMs) ||
  one.state === 'proposed' ||
  (one.state === 'appealed' && nowMs < (one.untilMs ?? 0))

const counts = ({ state }: StepShown) => state !== 'refused' && state !== 'lifted'

/**
 * The next possible step; none may be left out. After an expired restriction, the caller is warned again before
 * there is another.
 */
export function nextStep(steps: readonly StepShown[], nowMs: number): LadderStep | undefined {
  if (steps.some(one => isOpen(one, nowMs))) return undefined
  const last = steps.findLast(one => counts(one) && nowMs - one.atMs < rememberedMs)
  if (last === undefined) return 'dissuade'
  return last.step === 'restrict' ? 'warn' : ladderSteps[ladderSteps.indexOf(last.step) + 1]
}

/** @throws Fault `ladder-step`, `ladder-facts`, `ladder-days` */
export function checkStep(
  steps: readonly StepShown[],
  { step, facts, days }: StepGiven,
  nowMs: number,
): void {
  const next = nextStep(steps, nowMs)
  if (step !== next)
    throw ladderFault(
      'ladder-step',
      'body.step',
      step,
      next ?? 'none, until the restriction is decided or over',
    )
  const known = new Set(steps.flatMap(one => one.facts))
  if (facts.every(one => known.has(one)))
    throw ladderFault(
      'ladder-facts',
      'body.facts',
      'what earlier steps rest on',
      'something that happened since',
    )
  if ((days === undefined) === (step === 'restrict'))
    throw ladderFault(
      'ladder-days',
      'body.days',
      days === undefined ? 'nothing' : String(days),
      step === 'restrict' ? 'how long it holds' : 'nothing: only restrictions end',
    )
}

/**
 * The outcome of a decision: by a second person on a proposal, by a third on an appeal. @throws Fault
 * `ladder-alone`, `ladder-decided`
 */
export function decided(one: StepShown, agreed: boolean, by: string, nowMs: number): Partial<StepShown> {
  if (one.state === 'proposed') {
    if (by === one.by) throw ladderFault('ladder-alone', 'by', 'who proposed it', 'a second person')
    return agreed
      ? { state: 'holds', secondBy: by, untilMs: nowMs + (one.days ?? 1) * dayMs }
      : { state: 'refused', secondBy: by }
  }
  if (one.state === 'appealed') {
    if ([one.by, one.secondBy, one.appealedBy].includes(by))
      throw ladderFault('ladder-alone', 'by', 'who restricted it, or wrote the appeal', 'another person')
    return { state: agreed ? 'lifted' : 'upheld', closedBy: by }
  }
  throw decidedFault(one)
}

/** Allowed once, while the restriction holds. @throws Fault `ladder-decided` */
export function appealed(one: StepShown, by: string, nowMs: number): Partial<StepShown> {
  if (one.state !== 'holds' || !isInForce(one, nowMs)) throw decidedFault(one)
  return { state: 'appealed', appealedBy: by }
}

const decidedFault = ({ state }: StepShown) =>
  ladderFault('ladder-decided', 'id', `a step that is ${state}`, 'one that waits')

export const ladderFault = (
  code: 'ladder-alone' | 'ladder-days' | 'ladder-decided' | 'ladder-facts' | 'ladder-step' | 'ladder-unknown',
  place: string,
  found: string,
  expected: string,
) => new Fault({ code, place, found, expected })
