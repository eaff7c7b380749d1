import { z } from 'zod'
import type { Clock } from '../../foundation/index.ts'
import { type Database, type Queries, type SQL, sql } from '../../storage/index.ts'
import type { ReturnFigures, ReturnPage, ReturnPeriod, ReturnQuery, ReturnShown } from './api.ts'
import { returnOutcomeSchema } from './api.ts'
import { lostMs } from './returning.ts'

/** The ledger of returns (退单台账), with one row per return. */
export type ReturnLedger = {
  list(query: ReturnQuery): Promise<ReturnPage>
  figures(period: ReturnPeriod): Promise<ReturnFigures>
  /** All returns of a period, page by page, as they stand while they are read. */
  pages(period: ReturnPeriod): AsyncIterable<readonly ReturnShown[]>
}

const dayMs = 86_400_000
const pageOfFile = 500

const row = z.object({
  number: z.string(),
  seq: z.number(),
  from: z.string(),
  target: z.string(),
  ground: z.string(),
  since: z.date(),
  asked: z.date(),
  site: z.date().nullable(),
  outcome: returnOutcomeSchema.nullable(),
  decided: z.date().nullable(),
  to: z.string().nullable(),
  unit: z.string().nullable(),
  went: z.array(z.string().nullable()),
  first: z.string(),
})

export function createReturnLedger({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): ReturnLedger {
  async function page(
    { days, unit }: ReturnPeriod,
    after: string | undefined,
    limit: number,
  ): Promise<ReturnPage> {
    const nowMs = clock.now()
    const rows = await database.query(
      sql`select r.number, r.seq, r.from_unit as "from", r.target, r.ground, r.since_at as since, r.asked_at as asked,
          r.site_at as site, r.outcome, r.decided_at as decided, r.to_unit as "to", o.unit,
          (select array_agg(w.to_unit order by w.seq) from order_returns w where w.number = r.number) as went,
          (select w.from_unit from order_returns w where w.number = r.number order by w.seq limit 1) as first
        from order_returns r left join orders o on o.number = r.number
        where ${within(days, unit, nowMs)} and ${beyond(after)}
        order by r.asked_at desc, r.number desc, r.seq desc limit ${limit + 1}`,
      row,
    )
    const returns = rows.slice(0, limit).map(one => shown(one, nowMs))
    const last = returns.at(-1)
    const next = rows.length > limit && last ? `${last.askedAtMs}-${last.number}-${last.seq}` : undefined
    return { returns, next }
  }
  return {
    list: ({ after, limit, ...period }) => page(period, after, limit),
    figures: period => figuresOf(database, period, clock.now()),
    async *pages(period) {
      let after: string | undefined
      do {
        const { returns, next }: ReturnPage = await page(period, after, pageOfFile)
        if (returns.length > 0) yield returns
        after = next
      } while (after !== undefined)
    },
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

const within = (days: number, unit: string | undefined, nowMs: number): SQL =>
  sql.join(
    [
      sql`r.asked_at > ${iso(nowMs - days * dayMs)}`,
      ...(unit === undefined ? [] : [sql`${unit} in (r.from_unit, r.target, r.to_unit)`]),
    ],
    sql` and `,
  )

function beyond(after: string | undefined): SQL {
  if (after === undefined) return sql`true`
  const [at = '', number = '', seq = ''] = after.split('-')
  return sql`(r.asked_at, r.number, r.seq) < (${iso(Number(at))}, ${number}, ${Number(seq)})`
}

function shown(one: z.output<typeof row>, nowMs: number): ReturnShown {
  const { number, seq, from, target, ground, outcome, to } = one
  const sinceMs = one.since.getTime()
  const decidedAtMs = one.decided?.getTime()
  const decided = outcome && to && decidedAtMs !== undefined ? { outcome, to, atMs: decidedAtMs } : undefined
  const askedAtMs = one.asked.getTime()
  return {
    number,
    seq,
    from,
    target,
    ground,
    sinceMs,
    askedAtMs,
    siteAtMs: one.site?.getTime(),
    outcome: outcome ?? undefined,
    decidedAtMs,
    to: to ?? undefined,
    lostMs: lostMs({ seq, from, target, ground, sinceMs, askedAtMs, decided }, nowMs),
    way: wayOf([one.first, ...one.went, one.unit]),
  }
}

/** The units in order; one that stays is not repeated. */
const wayOf = (units: readonly (string | null)[]): readonly string[] =>
  units.filter(unit => unit !== null).filter((unit, at, all) => unit !== all[at - 1])

const counted = z.coerce.number()
const allRow = z.object({ count: counted, decided: counted, upheld: counted, open: counted, lostMs: counted })
const pairRow = z.object({
  from: z.string(),
  other: z.string(),
  count: counted,
  decided: counted,
  upheld: counted,
  lostMs: counted,
})
const groundRow = z.object({ ground: z.string(), count: counted, decided: counted, upheld: counted })

async function figuresOf(
  queries: Queries,
  { days, unit }: ReturnPeriod,
  nowMs: number,
): Promise<ReturnFigures> {
  const where = within(days, unit, nowMs)
  const lost = sql`round(sum(extract(epoch from coalesce(r.decided_at, ${iso(nowMs)}::timestamptz) - r.since_at) * 1000))`
  const decided = sql`count(*) filter (where r.outcome in ('upheld', 'refused'))`
  const upheld = sql`count(*) filter (where r.outcome = 'upheld')`
  const [[all], pairs, grounds] = await Promise.all([
    queries.query(
      sql`select count(*), ${decided} as decided, ${upheld} as upheld,
          count(*) filter (where r.outcome is null) as open, coalesce(${lost}, 0) as "lostMs"
        from order_returns r where ${where}`,
      allRow,
    ),
    queries.query(
      sql`select r.from_unit as "from", case when r.outcome in ('upheld', 'direct') then r.to_unit else r.target end as other,
          count(*), ${decided} as decided, ${upheld} as upheld, ${lost} as "lostMs"
        from order_returns r where ${where} group by 1, 2 order by 6 desc, 1, 2`,
      pairRow,
    ),
    queries.query(
      sql`select r.ground, count(*), ${decided} as decided, ${upheld} as upheld
        from order_returns r where ${where} group by 1 order by 2 desc, 1`,
      groundRow,
    ),
  ])
  return { all: all ?? { count: 0, decided: 0, upheld: 0, open: 0, lostMs: 0 }, pairs, grounds }
}
