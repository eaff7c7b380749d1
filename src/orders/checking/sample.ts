import { z } from 'zod'
import { type Clock, keptFigures } from '../../foundation/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import { type Database, type Queries, type SQL, sql } from '../../storage/index.ts'
import type { Actor } from '../event.ts'
import { orderEvent, orderRoom } from '../event-store.ts'
import { mostCounted } from '../listing/api.ts'
import type { History } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import {
  type CheckedClosing,
  type CheckedFigures,
  type CheckedPage,
  type CheckedPeriod,
  type CheckedQuery,
  type ClosingDraft,
  type Lack,
  verdictSchema,
} from './api.ts'
import { lacksIn } from './check.ts'

/** What the rules find in closings, the centre's review of a sample, and the figures by unit. */
export type ClosingChecks = {
  /** Checks a closing before it is sent; nothing is written. @throws Fault as when showing the order */
  foresee(number: string, draft: ClosingDraft, reader: Actor): Promise<readonly Lack[]>
  list(query: CheckedQuery): Promise<CheckedPage>
  figures(period: CheckedPeriod): Promise<CheckedFigures>
}

type Dependencies = {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'events'>
  readonly clock: Clock
  readonly rules: Pick<OrderRules, 'closings'>
  show(number: string, reader: Actor): Promise<Pick<History, 'order'>>
}

const dayMs = 86_400_000
const pageLength = 20

const row = z.object({
  number: z.string(),
  cycle: z.number(),
  unit: z.string(),
  closed: z.date(),
  result: z.string(),
  matter: z.string(),
  verdict: verdictSchema.nullable(),
  judged: z.string().nullable(),
})

export function createClosingChecks({ database, ledger, clock, rules, show }: Dependencies): ClosingChecks {
  const kept = keptFigures<CheckedFigures>(clock, ({ all }) => all.closed >= mostCounted)
  const since = (days: number) => new Date(clock.now() - days * dayMs)

  /** The closing events of each order, in order. */
  async function closingsOf(numbers: readonly string[]) {
    const streams = await ledger.events(database, orderRoom, numbers)
    return new Map(
      [...streams].map(([number, events]) => [
        number,
        // An erased order has no closings left.
        events
          .filter(({ kind }) => kind === 'closed')
          .flatMap(event => {
            const closed = orderEvent(event)
            return closed.kind === 'closed' ? [closed] : []
          }),
      ]),
    )
  }

  return {
    foresee: async (number, draft, reader) =>
      lacksIn((await show(number, reader)).order, draft, rules.closings),
    async list({ days, unit, judged, after }) {
      const rows = await database.query(
        sql`select c.number, c.cycle, c.unit, c.closed_at as closed, c.result, o.matter, c.verdict, c.judged_by as judged
          from order_closings c join orders o on o.number = c.number
          where c.closed_at > ${since(days)} and ${judged === 'yes' ? sql`c.verdict is not null` : sql`c.sampled and c.verdict is null`}
            and ${unit === undefined ? sql`true` : sql`c.unit = ${unit}`} and ${beyond(after)}
          order by c.closed_at desc, c.number desc, c.cycle desc limit ${pageLength + 1}`,
        row,
      )
      const shown = rows.slice(0, pageLength)
      const written = await closingsOf(shown.map(({ number }) => number))
      const closings = shown.map(({ closed, verdict, judged, ...one }): CheckedClosing => {
        const event = written.get(one.number)?.[one.cycle - 1]
        return {
          ...one,
          closedAtMs: closed.getTime(),
          words: event?.words ?? '',
          lacks: event?.check?.lacks ?? [],
          told: event?.check?.told,
          verdict: verdict ?? undefined,
          judgedBy: judged ?? undefined,
        }
      })
      const last = closings.at(-1)
      const next =
        rows.length > pageLength && last ? `${last.closedAtMs}-${last.number}-${last.cycle}` : undefined
      return { closings, next }
    },
    figures: ({ days }) => kept(String(days), () => figuresOf(database, since(days))),
  }
}

async function figuresOf(queries: Queries, since: Date): Promise<CheckedFigures> {
  const units = await queries.query(
    sql`select coalesce(unit, '') as unit, grouping(unit) = 1 as "isAll", count(*) as closed,
        count(*) filter (where ${lacking}) as lacking, count(*) filter (where told) as told,
        count(*) filter (where verdict is not null) as judged,
        count(*) filter (where ${lacking} and verdict is not null) as "judgedLacking",
        count(*) filter (where ${lacking} and verdict = 'lacking') as agreed,
        count(*) filter (where not ${lacking} and verdict = 'lacking') as missed
      from order_closings where closed_at > ${since} group by rollup (unit)
      order by count(*) filter (where ${lacking})::float8 / greatest(count(*), 1) desc, 1`,
    countsRow,
  )
  const { isAll: _, unit: __, ...all } = units.find(({ isAll }) => isAll) ?? none
  return {
    all,
    units: units.flatMap(({ isAll, ...one }) => (isAll ? [] : [one])),
  }
}

const lacking = sql`(lacks <> '[]')`
const counted = z.coerce.number()
const countsRow = z.object({
  unit: z.string(),
  isAll: z.boolean(),
  closed: counted,
  lacking: counted,
  told: counted,
  judged: counted,
  judgedLacking: counted,
  agreed: counted,
  missed: counted,
})
const none: z.output<typeof countsRow> = {
  unit: '',
  isAll: true,
  closed: 0,
  lacking: 0,
  told: 0,
  judged: 0,
  judgedLacking: 0,
  agreed: 0,
  missed: 0,
}

function beyond(after: string | undefined): SQL {
  if (after === undefined) return sql`true`
  const [at = '', number = '', cycle = ''] = after.split('-')
  return sql`(c.closed_at, c.number, c.cycle) < (${new Date(Number(at))}, ${number}, ${Number(cycle)})`
}
