import { type Clock, counter, type Figure, type Log, labelled } from '../foundation/index.ts'
import { type Handler, handle, type Jobs } from '../jobs/index.ts'
import {
  type Database,
  type Forgetter,
  type Holding,
  type KeptKind,
  keptKinds,
  type Queries,
} from '../storage/index.ts'
import type { Home } from '../telephony/index.ts'
import type {
  ForgetDecision,
  ForgetRequest,
  Forgetting,
  HoldView,
  NewHold,
  PersonExport,
  RetentionView,
} from './api.ts'
import { createForgetting } from './forgetting.ts'
import { forgetsRetention } from './holdings.ts'
import { createHolds } from './holds.ts'
import { forgetQueue, sweepQueue } from './jobs.ts'
import { personOf, readNumber } from './persons.ts'
import type { RetentionRules } from './rules.ts'
import { selectSweeps } from './store.ts'
import { createSweeping } from './sweeping.ts'

export type Retention = {
  /** The retention periods, the last sweep and the legal holds. */
  show(): Promise<RetentionView>
  /** Exports everything about one person. @throws Fault `person-number` */
  export(number: string): Promise<PersonExport>
  /** Requests to forget: open ones first, then the latest. */
  forgettings(): Promise<readonly Forgetting[]>
  /** @throws Fault `person-number`, `forget-asked` */
  ask(request: ForgetRequest, by: string): Promise<Forgetting>
  /** @throws Fault `person-number`, `forget-missing`, `forget-alone` */
  decide(decision: ForgetDecision, by: string): Promise<Forgetting>
  /** @throws Fault `person-number`, `hold-until` */
  hold(hold: NewHold, by: string): Promise<HoldView>
  /** @throws Fault `hold-unknown` */
  lift(id: string, by: string): Promise<void>
  /** Called in the transaction that erases an order. @throws Fault `order-held` */
  refuseErasure(queries: Queries, order: string, caller: string): Promise<void>
  /** Deletes what is over now. */
  sweep(): Promise<void>
  readonly handlers: readonly Handler[]
  readonly figures: readonly Figure[]
  close(): void
}

type Options = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: RetentionRules
  readonly holdings: readonly Holding[]
  /** The forgetters of all other rooms. */
  forgetters(): readonly Forgetter[]
  /** A keyed hash of a number, as used in the audit trail. */
  mark(number: string): string
  readonly home: Home
  readonly clock: Clock
  readonly log: Log
}

/** @throws Error if a table or folder holds personal data that no room can erase; the product does not start then */
export function openRetention(options: Options): Retention {
  const { database, rules, holdings, home, clock, mark } = options
  const own = forgetsRetention(database, mark)
  const forgetters = () => [...options.forgetters(), ...own]
  checkAll(holdings, forgetters())
  const shared = { ...options, forgetters }
  const holds = createHolds(shared)
  const forgetting = createForgetting({ ...shared, holds })
  const sweeping = createSweeping({ ...shared, holds, forget: forgetting.run })
  sweeping.begin()
  const titles = Object.fromEntries(holdings.flatMap(one => ('title' in one ? [[one.name, one.title]] : [])))
  const isSweptBy = (name: string, kind: KeptKind) =>
    forgetters().some(one => one.name === name && one.sweeps?.some(sweep => sweep.kind === kind))

  return {
    async show() {
      const sweeps = new Map((await selectSweeps(database)).map(one => [one.kind, one]))
      return {
        kinds: keptKinds.map(kind => ({
          kind,
          ...rules[kind],
          tables: holdings.flatMap(one =>
            ('kept' in one && one.kept === kind) || isSweptBy(one.name, kind) ? [one.name] : [],
          ),
          sweptAtMs: sweeps.get(kind)?.atMs,
          gone: sweeps.get(kind)?.gone ?? 0,
          total: sweeps.get(kind)?.total ?? 0,
        })),
        titles,
        seatTranscripts: rules.seatTranscripts,
        holds: await holds.list(),
      }
    },
    async export(written) {
      const number = readNumber(written, home)
      const all = forgetters()
      const person = await personOf(number, home, all)
      const found: PersonExport['holdings'][number][] = []
      for (const { name, export: rowsOf } of all) {
        const holding = holdings.find(one => one.name === name)
        const rows = (await rowsOf(person)) as readonly Record<string, unknown>[]
        if (holding && 'what' in holding)
          found.push({ name, what: holding.what, kept: keptText(holding.kept, rules), rows })
      }
      return { number, madeAtMs: clock.now(), holdings: found }
    },
    forgettings: forgetting.list,
    ask: forgetting.ask,
    decide: forgetting.decide,
    hold: holds.make,
    lift: holds.lift,
    refuseErasure: holds.refuseErasure,
    async sweep() {
      await sweeping.round()
    },
    handlers: [
      handle(sweepQueue, sweeping.work),
      handle(forgetQueue, ({ data }) => forgetting.run(data.forgetting)),
    ],
    figures: [
      counter(
        'jieting_retention_gone_total',
        'What was let go of since the start, as its time was over',
        () =>
          labelled('kind', Object.fromEntries(keptKinds.map(kind => [kind, sweeping.gone().get(kind) ?? 0]))),
      ),
      counter(
        'jieting_retention_failures_total',
        'Tables and folders that could not be swept, and people who could not be forgotten',
        sweeping.failed,
      ),
    ],
    close: sweeping.close,
  }
}

const keptText = (kept: Exclude<Holding, { nobody: string }>['kept'], rules: RetentionRules) =>
  typeof kept === 'string' ? `${rules[kept].days} days` : `until ${kept.until}`

function checkAll(holdings: readonly Holding[], forgetters: readonly Forgetter[]): void {
  const personal = holdings.flatMap(one => ('what' in one ? [one.name] : []))
  const known = forgetters.map(({ name }) => name)
  const missing = personal.filter(name => !known.includes(name))
  const unnamed = known.filter(name => !personal.includes(name))
  if (missing.length + unnamed.length > 0)
    throw new Error(
      `people are in ${missing.join(', ') || 'none'} that nobody takes them out of; not said: ${unnamed}`,
    )
}
