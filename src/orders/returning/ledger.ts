import { z } from 'zod'
import { type Clock, keptFigures } from '../../foundation/index.ts'
import { type Database, type Queries, type SQL, sql } from '../../storage/index.ts'
import { mostCounted } from '../listing/api.ts'
import type { ReturnFigures, ReturnPage, ReturnPeriod, ReturnQuery, ReturnShown } from './api.ts'
import { mostPairs, returnOutcomeSchema } from './api.ts'
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
  const kept = keptFigures<ReturnFigures>(clock, ({ all }) => all.count >= mostCounted)
  return {
    list: ({ after, limit, ...period }) => page(period, after, limit),
    figures: period =>
      kept(`${period.days} ${period.unit ?? ''}`, () => figuresOf(database, period, clock.now())),
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
const countedRow = z.object({
  of: z.enum(['all', 'ground', 'pair']),
  from: z.string().nullable(),
  other: z.string().nullable(),
  ground: z.string().nullable(),
  count: counted,
  decided: counted,
  upheld: counted,
  open: counted,
  lostMs: counted,
})

/** One walk over the period, however it is summed up. */
async function figuresOf(
  queries: Queries,
  { days, unit }: ReturnPeriod,
  nowMs: number,
): Promise<ReturnFigures> {
  const rows = await queries.query(
    sql`with summed as (
        select case when grouping(ground) = 0 then 'ground' when grouping(from_unit) = 0 then 'pair' else 'all' end as of,
          from_unit as "from", other, ground, count(*), count(*) filter (where outcome in ('upheld', 'refused')) as decided,
          count(*) filter (where outcome = 'upheld') as upheld, count(*) filter (where outcome is null) as open,
          coalesce(round(sum(extract(epoch from coalesce(decided_at, ${iso(nowMs)}::timestamptz) - since_at) * 1000)), 0) as "lostMs"
        from (select r.*, case when r.outcome in ('upheld', 'direct') then r.to_unit else r.target end as other
          from order_returns r where ${within(days, unit, nowMs)}) whose
        group by grouping sets ((from_unit, other), (ground), ())
      )
      (select * from summed where of = 'pair' order by "lostMs" desc, "from", other limit ${mostPairs})
      union all (select * from summed where of <> 'pair' order by count desc, ground)`,
    countedRow,
  )
  const all = rows.find(({ of }) => of === 'all') ?? { count: 0, decided: 0, upheld: 0, open: 0, lostMs: 0 }
  return {
    all: { count: all.count, decided: all.decided, upheld: all.upheld, open: all.open, lostMs: all.lostMs },
    pairs: rows.flatMap(({ of, from, other, count, decided, upheld, lostMs }) =>
      of === 'pair' ? [{ from: from ?? '', other: other ?? '', count, decided, upheld, lostMs }] : [],
    ),
    grounds: rows.flatMap(({ of, ground, count, decided, upheld }) =>
      of === 'ground' ? [{ ground: ground ?? '', count, decided, upheld }] : [],
    ),
  }
}
