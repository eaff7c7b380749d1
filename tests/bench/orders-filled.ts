/**
 * Orders by the million: rows from generate_series in the product's own tables, with the catalogue's kinds, what citizens
 * say of them and the city's streets; a fifth of them run.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { readCatalogue } from '../../src/catalogue/index.ts'
import { systemClock } from '../../src/foundation/index.ts'
import { kindMark, pairsIn, runsIn } from '../../src/orders/word-store.ts'
import { type Database, listed, type Queries, sql } from '../../src/storage/index.ts'

/** So many days of orders. */
export const days = 120

/** What orders may be about, and where: some of each, joined at random. */
export async function fillOrders(database: Database, count: number, units: readonly string[]): Promise<void> {
  const catalogue = await readCatalogue(join(import.meta.dirname, '..', '..', 'catalogue'))
  const told = [...catalogue.objects.values()].flatMap(({ kinds, says, category }) =>
    kinds.map((kind, at) => {
      const matter = `市民来电反映小区${kind.object}${kind.name}，${says[at % Math.max(1, says.length)] ?? ''}，希望尽快处理并回复`
      return { kind: kind.code, category, matter, pairs: [kindMark(kind.code), ...pairsOf(matter)] }
    }),
  )
  const districts = ['朝阳区', '海淀区', '丰台区', '东城区', '西城区', '通州区', '昌平区', '大兴区']
  const streets = [
    '望京街道',
    '上地街道',
    '卢沟桥街道',
    '和平里街道',
    '展览路街道',
    '梨园镇',
    '回龙观街道',
    '黄村镇',
  ]
  const sited = Array.from({ length: 800 }, (_, at) => {
    const district = districts[at % 8] ?? ''
    const street = streets[at % 8] ?? ''
    const place = `幸福里${at % 90}号院${(at % 7) + 1}号楼`
    return { district, street, place, pairs: pairsOf(`${place} ${street} ${district}`) }
  })
  const long = 3_600_000
  const nowMs = systemClock.now()
  const at = new Date(nowMs).toISOString()
  await database.transaction(async tx => {
    const run = (text: ReturnType<typeof sql>) => tx.execute(text)
    await run(sql`create temp table told on commit drop as select row_number() over () - 1 as id, t.* from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
      as t (kind text, category text, matter text, pairs int4[])`)
    await run(sql`create temp table sited on commit drop as select row_number() over () - 1 as id, s.* from jsonb_to_recordset(${JSON.stringify(sited)}::jsonb)
      as s (district text, street text, place text, pairs int4[])`)
    await run(
      sql`create temp table whose on commit drop as select ordinality - 1 as id, value as unit from jsonb_array_elements_text(${JSON.stringify(units)}::jsonb) with ordinality`,
    )
    await run(
      sql.raw(
        `create unique index on told (id); create unique index on sited (id); create unique index on whose (id); analyze told; analyze sited; analyze whose`,
      ),
    )
    const indexes = await dropIndexes(tx, ['orders', 'order_words'])
    // The newest fifth runs; what is asked of the wheel is what a random would be, the same each time.
    await run(
      sql.raw(`
      create temp table wheel on commit drop as
      select n, to_char(rang, 'YYMMDD') || lpad(n::text, 7, '0') as number, rang, at,
        case when n > ${count} * 0.8 or n % 50 = 0 then case when n % 12 = 0 then 'waiting' else 'handling' end else 'closed' end as stage,
        (power(abs(hashint4(n))::float8 / 2147483648, 2) * ${told.length})::int8 % ${told.length} as told,
        abs(hashint4(n + 7)) % ${sited.length} as sited,
        (power(abs(hashint4(n + 13))::float8 / 2147483648, 2) * ${units.length})::int8 % ${units.length} as whose
      from (select n, date_trunc('milliseconds', '${at}'::timestamptz - make_interval(secs => (${count} - n)::float8 * ${days * 86_400} / ${count})) as rang, '${at}'::timestamptz as at
        from generate_series(1, ${count}) n) made`),
    )
    await run(
      sql.raw(`
      insert into orders (number, seq, stage, cycle, unit, category, kind, type, district, street, urgency, elder, caller, contact, matter, place,
          rang_at, made_at, changed_at, yellow_at, red_at, returns, helpers, copies, assignee, task_at, like_open, merged_into)
        select number, 1, case when lead is null then stage else 'merged' end, 1, unit, category, kind, 'complaint', district, street, 'general', n % 9 = 0,
          '1380000' || 1000 + n % 9000, case when n % 20 = 0 then '1390000' else '1380000' end || 1000 + n % 9000, matter, place, rang, rang,
          case when stage = 'closed' then rang + interval '2 days' else rang end,
          case when stage <> 'closed' then red - interval '4 days' end, case when stage <> 'closed' then red end,
          case when n % 30 = 0 then 1 else 0 end, case when n % 40 = 0 then jsonb_build_array(helper) else '[]' end,
          case when n % 25 = 0 then jsonb_build_array(helper) else '[]' end, case when n % 3 > 0 then 'p' || n % 7 end,
          case when n % 40 = 0 and stage <> 'closed' then red end, case when n % 90 = 1 and stage <> 'closed' then 1 else 0 end, lead
        from (select wheel.*, rang + make_interval(days => 5 + abs(hashint4(n + 3)) % 20) as red, leads.number as lead
            from wheel left join (select n + 7 as member, number from wheel where n % 50 = 0) leads on leads.member = n) w
          join told on told.id = w.told join sited on sited.id = w.sited join whose on whose.id = w.whose
          join (select id, unit as helper from whose) helping on helping.id = (w.whose + 1) % ${units.length}`),
    )
    await run(
      sql.raw(`
      insert into order_words (number, pairs)
        select number, -left(number, 6)::int4 || told.pairs || sited.pairs from wheel w join told on told.id = w.told join sited on sited.id = w.sited
        order by number`),
    )
    await makeIndexes(tx, indexes)
  }, long)
  // Outside of a transaction, and longer than a statement may take.
  await database.transaction(tx => tx.execute(sql.raw('analyze orders; analyze order_words')), long)
}

const pairsOf = (text: string) => runsIn(text).flatMap(pairsIn)

type Index = z.output<typeof indexRow>
const indexRow = z.object({ name: z.string(), made: z.string() })

/** Indexes are made once all is there, as an upgrade or a copy makes them. */
export async function dropIndexes(tx: Queries, tables: readonly string[]): Promise<readonly Index[]> {
  const indexes = await tx.query(
    sql`select indexname as name, indexdef as made from pg_indexes
      where tablename in ${listed(tables)} and not indexname ~ '_p?key$'`,
    indexRow,
  )
  for (const { name } of indexes) await tx.execute(sql.raw(`drop index ${name}`))
  return indexes
}

export async function makeIndexes(tx: Queries, indexes: readonly Index[]): Promise<void> {
  await tx.execute(sql.raw(`set local maintenance_work_mem = '1GB'`))
  for (const { made } of indexes) await tx.execute(sql.raw(made))
}
