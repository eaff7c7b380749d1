import { type Clock, type Log, newId, reasonOf, withDeadline } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { CallerLadder, LadderList, StepDecision, StepGiven, StepShown } from './api.ts'
import { appealed, checkStep, decided, ladderFault, nextStep, restrictionIn } from './ladder.ts'
import {
  insertStep,
  isRestrictedAt,
  lockStep,
  selectNumbers,
  selectSteps,
  selectStepsOf,
  updateStep,
} from './store.ts'

/** Steps taken one after the other with malicious or unreasonable callers. */
export type Ladder = {
  /**
   * Whether callers from this number wait longer. Never throws and never delays anybody: an unknown or late answer
   * means no.
   */
  isRestricted(number: string): Promise<boolean>
  of(number: string): Promise<CallerLadder>
  list(): Promise<LadderList>
  /** @throws Fault `ladder-step`, `ladder-facts`, `ladder-days` */
  take(number: string, given: StepGiven, by: string): Promise<CallerLadder>
  /**
   * Decides a proposal, or an appeal, where agreeing lifts the restriction. @throws Fault `ladder-unknown`,
   * `ladder-decided`, `ladder-alone`
   */
  decide(id: string, decision: StepDecision, by: string): Promise<CallerLadder>
  /**
   * Records the caller's appeal; the restriction is suspended until somebody else has decided. @throws Fault
   * `ladder-unknown`, `ladder-decided`
   */
  appeal(id: string, words: string, by: string): Promise<CallerLadder>
}

/** A caller asking for a person must not wait for the look-up. */
const findMs = 200
const mostListed = 100

export function createLadder({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}): Ladder {
  const late = () => ladderFault('ladder-unknown', 'ladder', 'no answer', `one in ${findMs} ms`)
  const shown = (steps: readonly StepShown[]): CallerLadder => {
    const nowMs = clock.now()
    return {
      steps,
      next: nextStep(steps, nowMs),
      restrictedUntilMs: restrictionIn(steps, nowMs)?.untilMs,
    }
  }
  const of = async (number: string) => shown(await selectSteps(database, number))

  const change = (id: string, words: string, happens: (one: StepShown) => Partial<StepShown>) =>
    database.transaction(async tx => {
      const one = await lockStep(tx, id)
      if (!one) throw ladderFault('ladder-unknown', 'params.id', id, 'the id of a step')
      await updateStep(tx, { ...one, ...happens(one), laterWords: [...one.laterWords, words] })
      return shown(await selectSteps(tx, one.number))
    })

  return {
    async isRestricted(number) {
      if (number === '') return false
      try {
        return await withDeadline(clock, findMs, isRestrictedAt(database, number, clock.now()), late)
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'caller taken as unrestricted')
        return false
      }
    },
    of,
    async list() {
      const steps = await selectStepsOf(database, await selectNumbers(database, mostListed))
      return { callers: [...steps].map(([number, own]) => ({ number, ...shown(own) })) }
    },
    take: (number, given, by) =>
      database.transaction(async tx => {
        const steps = await selectSteps(tx, number)
        const atMs = clock.now()
        checkStep(steps, given, atMs)
        const one: StepShown = {
          ...given,
          id: newId('step', atMs),
          number,
          state: given.step === 'restrict' ? 'proposed' : 'taken',
          by,
          atMs,
          laterWords: [],
        }
        if (!(await insertStep(tx, steps.length + 1, one)))
          throw ladderFault(
            'ladder-step',
            'body.step',
            given.step,
            'a look at what somebody else took just now',
          )
        return shown([...steps, one])
      }),
    decide: (id, { agreed, words }, by) => change(id, words, one => decided(one, agreed, by, clock.now())),
    appeal: (id, words, by) => change(id, words, one => appealed(one, by, clock.now())),
  }
}
