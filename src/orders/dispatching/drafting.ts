import {
  type Catalogue,
  type DispatchRules,
  kindName,
  readDispatch,
  writeDispatch,
} from '../../catalogue/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { Rulebook } from '../../rulebook/index.ts'
import type { Database } from '../../storage/index.ts'
import { fault } from '../faults.ts'
import type { OrderRules } from '../rules.ts'
import type { DispatchDraftShown, DispatchImport, DispatchTrial } from './api.ts'
import type { DispatchPlaces } from './dispatch-subject.ts'
import { movesBetween } from './month.ts'
import { dispatchCells, dispatchHead, readDispatchTable, type SheetLanguage } from './sheet.ts'
import { countCombinations, selectOfCombinations } from './store.ts'

/** Editing of the dispatch catalogue: exported and imported as a table, and tried on recent orders. */
export type DispatchDrafting = {
  /** @throws FaultList `dispatch-table` with every row and column that is wrong; Fault `rule-draft-changed` */
  import(sent: DispatchImport, author: string): Promise<DispatchDraftShown>
  /** The published table, or the draft. */
  table(
    of: 'holds' | 'draft',
    language: SheetLanguage,
  ): Promise<{
    readonly head: ReturnType<typeof dispatchHead>
    readonly rows: ReturnType<typeof dispatchCells>
  }>
  /**
   * Where the orders of the last `days` days would go by the draft. @throws Fault `rule-draft-missing`,
   * `rule-invalid`
   */
  trial(days: number, on: string | undefined): Promise<DispatchTrial>
}

type Dependencies = {
  readonly database: Database
  readonly catalogue: Catalogue
  readonly rules: OrderRules
  readonly clock: Clock
  readonly places: DispatchPlaces['places']
  /** The date in the city, for example 2026-01-05. */
  today(atMs?: number): string
}

const subject = 'dispatch'
const mostOrders = 200
const mostGroups = 500
const dayMs = 86_400_000

export const createDispatchDrafting =
  ({ database, catalogue, rules, clock, places, today }: Dependencies) =>
  (rulebook: Pick<Rulebook, 'draft' | 'edit'>): DispatchDrafting => {
    /** The current draft; undefined if it cannot be read. */
    async function written(): Promise<DispatchRules | undefined> {
      const { value } = await rulebook.draft(subject)
      return value === undefined ? undefined : readDispatch(JSON.stringify(value), 'dispatch.json', invalid)
    }
    const nameOf = (unit: string | undefined) => unit && (rules.units.get(unit)?.name ?? unit)

    return {
      async import({ revision, name, data }, author) {
        const bytes = Buffer.from(data, 'base64')
        const { automatic } = (await written()) ?? rules.dispatch
        const next = readDispatchTable({ name, bytes }, automatic, { rules, catalogue, places }, today())
        const text = `${JSON.stringify(writeDispatch(next), null, 2)}\n`
        const { changes, ...draft } = await rulebook.edit(subject, { revision, text }, author)
        return { revision: draft.revision, rows: next.rows.length, changes: changes.length }
      },
      async table(of, language) {
        const { rows } = (of === 'draft' ? await written() : undefined) ?? rules.dispatch
        return { head: dispatchHead(language), rows: dispatchCells(rows, { rules, catalogue }, language) }
      },
      async trial(days, on = today()) {
        const next = await written()
        if (!next)
          throw fault('rule-invalid', 'draft', 'a draft that cannot be read', 'one that can be published')
        const since = today(clock.now() - (days - 1) * dayMs)
          .slice(2)
          .replaceAll('-', '')
        const combinations = await countCombinations(database, since)
        const moves = movesBetween(combinations, next, { catalogue, rules }, on)
        const found = moves.length === 0 ? [] : await selectOfCombinations(database, since, moves, mostOrders)
        const byPlace = new Map(moves.map(one => [`${one.kind}|${one.district}|${one.street}`, one]))
        const named = (code: string) => {
          const kind = catalogue.kinds.get(code)
          return kind ? kindName(kind) : code
        }
        return {
          days,
          on,
          tried: sum(combinations),
          elsewhere: sum(moves),
          groups: moves.slice(0, mostGroups).map(({ from, to, ...one }) => ({
            ...one,
            kindName: named(one.kind),
            from: nameOf(from),
            to: nameOf(to),
          })),
          orders: found.map(({ number, kind, district, street }) => {
            const move = byPlace.get(`${kind}|${district}|${street}`)
            return { number, kindName: named(kind), from: nameOf(move?.from), to: nameOf(move?.to) }
          }),
        }
      },
    }
  }

const invalid = { code: 'rule-invalid' } as const
const sum = (all: readonly { readonly count: number }[]) => all.reduce((count, one) => count + one.count, 0)
