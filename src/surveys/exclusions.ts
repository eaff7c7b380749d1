import { Fault } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'
import type { ExclusionShown } from './api.ts'
import type { SurveyFaultCode } from './faults.ts'
import type { InHand } from './hand.ts'
import type { SurveyRules } from './rules.ts'
import { surveyOfOrder } from './store.ts'
import type { SurveyEvent } from './survey.ts'

/**
 * A request to exclude an order from the rates: one person asks, another decides. Units ask through the centre
 * only.
 */
export type ExclusionOrder = {
  readonly order: string
  readonly cycle: number
  readonly by: string
}

/** A request or decision about a survey. */
export type ExclusionEvent = {
  readonly order: string
  readonly cycle: number
  readonly unit: string
  readonly atMs: number
  readonly event: Extract<SurveyEvent, { readonly kind: 'exclusion-asked' | 'exclusion-decided' }>
}

/** Each request with its outcome; pending ones first, then the latest. */
export function exclusionsIn(events: readonly ExclusionEvent[]): readonly ExclusionShown[] {
  const all: ExclusionShown[] = []
  const open = new Map<string, number>()
  for (const { order, cycle, unit, atMs, event } of events) {
    const key = `${order} ${cycle}`
    if (event.kind === 'exclusion-asked') {
      open.set(key, all.length)
      all.push({ order, cycle, unit, because: event.because, askedBy: event.by, askedAtMs: atMs })
      continue
    }
    const asked = all[open.get(key) ?? -1]
    if (!asked) continue
    all[open.get(key) ?? -1] = { ...asked, decided: { by: event.by, agreed: event.agreed, atMs } }
    open.delete(key)
  }
  const latest = all.toReversed()
  return [...latest.filter(({ decided }) => !decided), ...latest.filter(({ decided }) => decided)]
}

export function createExclusions(
  database: Database,
  rules: SurveyRules,
  actions: Pick<SurveyActions, 'onSurvey' | 'note' | 'put' | 'withDate'>,
) {
  const change = async (
    { order, cycle }: ExclusionOrder,
    happens: (hand: InHand) => Parameters<SurveyActions['note']>[1],
  ) => {
    const id = await surveyOfOrder(database, order, cycle)
    if (id === undefined)
      throw fault(
        'survey-unknown',
        'order',
        `no survey of order ${order}, closing ${cycle}`,
        'one that is owed',
      )
    await actions.onSurvey(id, async (tx, hand) => {
      actions.note(hand, happens(hand))
      await actions.put(tx, [actions.withDate(hand)])
    })
  }
  return {
    /** @throws Fault `survey-unknown`, `exclusion-reason`, `exclusion-asked` */
    ask: (wanted: ExclusionOrder & { readonly because: string }) =>
      change(wanted, ({ survey }) => {
        if (!rules.rates.exclusions.includes(wanted.because))
          throw fault(
            'exclusion-reason',
            'because',
            wanted.because,
            `one of ${rules.rates.exclusions.join(', ')}`,
          )
        if (survey.exclusion && survey.exclusion.agreed !== false)
          throw fault('exclusion-asked', 'order', 'an exclusion that was asked for already', 'none')
        return { kind: 'exclusion-asked', because: wanted.because, by: wanted.by }
      }),
    /** @throws Fault `survey-unknown`, `exclusion-missing`, `exclusion-alone` where it is the same person */
    decide: (decided: ExclusionOrder & { readonly agreed: boolean }) =>
      change(decided, ({ survey: { exclusion } }) => {
        if (!exclusion || exclusion.decidedBy !== undefined)
          throw fault(
            'exclusion-missing',
            'order',
            'no exclusion to decide on',
            'one that somebody asked for',
          )
        if (exclusion.askedBy === decided.by)
          throw fault('exclusion-alone', 'by', 'who asked for it', 'a second person')
        return { kind: 'exclusion-decided', agreed: decided.agreed, by: decided.by }
      }),
  }
}

const fault = (code: SurveyFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
