import { type Clock, Fault, newId } from '../../foundation/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import { type Order, type OrderEvent, readOrderNumber } from '../../orders/index.ts'
import type { Database, Queries } from '../../storage/index.ts'
import type { ScoreRules } from '../rules.ts'
import {
  type Deduction,
  type DeductionDecision,
  type DeductionProposal,
  type DeductionQuery,
  type DeductionState,
  deductionStates,
  waitingStates,
} from './api.ts'
import {
  byRules,
  checkAppeal,
  checkDecision,
  type DeductionEvent,
  type DeductionStanding,
  deductionEvent,
  foldDeduction,
  unknownDeduction,
} from './deduction.ts'
import { findings } from './finding.ts'
import {
  dropDeductionWords,
  lockDeduction,
  pointsIn,
  putDeduction,
  selectConfirmedIn,
  selectDeductions,
} from './store.ts'

/** The ledger's room for deductions; each deduction is a stream. */
export const deductionRoom = 'deductions'

export type Deductions = {
  /** @param unit of the reader, who sees only its own deductions, once confirmed; absent at the centre */
  list(query: DeductionQuery, unit: string | undefined): Promise<readonly Deduction[]>
  /**
   * A person proposes what no rule can see, and counts as the first of two. @throws Fault `order-number-wrong`,
   * `deduction-unit`
   */
  propose(proposal: DeductionProposal, by: string): Promise<void>
  /** Decides a proposal or an appeal. @throws Fault `deduction-unknown`, `deduction-decided`, `deduction-alone` */
  decide(id: string, decision: DeductionDecision, by: string): Promise<void>
  /** @throws Fault `deduction-unknown`, `deduction-decided` */
  appeal(
    id: string,
    words: string,
    by: { readonly name: string; readonly unit: string | undefined },
  ): Promise<void>
  /** Called in the transaction of an order's events. */
  happened(tx: Queries, order: Order, events: readonly OrderEvent[]): Promise<void>
  /** Called in the transaction that erases an order. */
  forget(tx: Queries, order: string): Promise<void>
  pointsIn(period: {
    readonly fromMs: number
    readonly untilMs: number
  }): Promise<ReadonlyMap<string, number>>
  /** Those for what happened in a period that hold, and that nobody appeals against. */
  confirmedIn(period: { readonly fromMs: number; readonly untilMs: number }): Promise<readonly Deduction[]>
}

type Dependencies = {
  readonly database: Database
  readonly ledger: Ledger
  readonly rules: ScoreRules
  readonly units: { has(unit: string): boolean }
  readonly clock: Clock
}

const mostListed = 200
/** The states that a reader may see, and those that await their action. */
type Reading = { readonly known: readonly DeductionState[]; readonly first: readonly DeductionState[] }
const atCentre: Reading = { known: deductionStates, first: waitingStates }
const inUnits: Reading = { known: ['confirmed', 'appealed', 'upheld', 'lifted'], first: ['confirmed'] }

/**
 * Points that units may lose: proposed by rules from events or by a person, confirmed by two persons, and open to
 * one appeal.
 */
export function createDeductions({ database, ledger, rules, units, clock }: Dependencies): Deductions {
  /** Appends an event, and updates the row. */
  async function put(
    tx: Queries,
    id: string,
    before: readonly DeductionEvent[],
    event: DeductionEvent,
    words: string,
  ): Promise<void> {
    const { kind, atMs, ...data } = event
    await ledger.append(tx, deductionRoom, [{ stream: id, place: before.length + 1, atMs, kind, data }])
    await putDeduction(tx, foldDeduction(id, [...before, event]), words)
  }

  const change = (id: string, words: string, happens: (standing: DeductionStanding) => DeductionEvent) =>
    database.transaction(async tx => {
      if (!(await lockDeduction(tx, id))) throw unknownDeduction(id)
      const before = ((await ledger.events(tx, deductionRoom, [id])).get(id) ?? []).map(deductionEvent)
      await put(tx, id, before, happens(foldDeduction(id, before)), words)
    })

  return {
    async list({ state, unit }, own) {
      const { known, first } = own === undefined ? atCentre : inUnits
      const select = (states: readonly DeductionState[]) =>
        selectDeductions(database, states, own ?? unit, mostListed)
      if (state !== undefined) return known.includes(state) ? select([state]) : []
      return [...(await select(first)), ...(await select(known.filter(one => !first.includes(one))))]
    },
    async propose({ order, unit, reason, words }, by) {
      if (!units.has(unit))
        throw new Fault({ code: 'deduction-unit', place: 'body.unit', found: unit, expected: 'a unit' })
      const atMs = clock.now()
      const fact = {
        order: readOrderNumber(order),
        unit,
        reason,
        ...rules.deductions[reason],
        factAtMs: atMs,
        seq: 0,
      }
      await database.transaction(tx =>
        put(tx, newId('deduction', atMs), [], { kind: 'proposed', atMs, ...fact, by }, words),
      )
    },
    decide: (id, { agreed, words }, by) =>
      change(id, words, standing => ({ kind: checkDecision(standing, by), atMs: clock.now(), by, agreed })),
    appeal: (id, words, { name, unit }) =>
      change(id, words, standing => {
        checkAppeal(standing, { unit })
        return { kind: 'appealed', atMs: clock.now(), by: name }
      }),
    async happened(tx, order, events) {
      for (const { reason, unit, seq, atMs } of findings(order, events)) {
        const fact = { order: order.number, unit, reason, ...rules.deductions[reason], factAtMs: atMs, seq }
        // Each event is unique, and so is the deduction that it shows.
        await put(tx, `${order.number}.${seq}`, [], { kind: 'proposed', atMs, ...fact, by: byRules }, '')
      }
    },
    forget: dropDeductionWords,
    pointsIn: period => pointsIn(database, period),
    confirmedIn: period => selectConfirmedIn(database, period),
  }
}
