/** What units answer for, by the million: what hangs on the orders of `orders-filled.ts`, in the product's own tables. */
import { type Database, sql } from '../../src/storage/index.ts'
import { dropIndexes, makeIndexes } from './orders-filled.ts'

/** Each says what of an order it is made of; `n` counts orders, and what is asked of it is what a random would be. */
const fills: readonly string[] = [
  // One in fifteen has to be answered; of those that were answered some came too late, and some are problems.
  `insert into order_instructions (number, seq, level, because, unit, issued_at, yellow_at, due_at, done_at, outcome, answer_seq)
    select number, 2, (array['street', 'street', 'street', 'district', 'city'])[1 + n % 5],
      case when n % 600 = 0 then 'redone' when n % 600 = 300 then 'unled' else (array['person', 'late', 'unanswered'])[1 + n % 3] end, unit, issued,
      issued + interval '18 hours', issued + interval '24 hours', case when n % 10 > 0 then issued + make_interval(hours => n % 40) end,
      case when n % 10 > 0 then 'answered' end, case when n % 10 > 0 then 3 end
    from (select *, rang_at + interval '1 day' as issued from told) one where n % 15 = 0`,
  `insert into order_site_checks (number, seq, unit, asked_at, due_at, done_at, check_seq, visited_at, verdict)
    select number, 4, unit, rang_at, rang_at + interval '2 days', case when n % 200 > 0 then rang_at + interval '1 day' end,
      case when n % 200 > 0 then 5 end, case when n % 200 > 0 then rang_at + interval '20 hours' end,
      case when n % 200 > 0 then 'confirmed' end
    from told where n % 100 = 0`,
  `insert into order_returns (number, seq, from_unit, target, ground, since_at, asked_at, outcome, decided_at, to_unit)
    select number, 2, other, unit, (array['not-our-duty', 'other-district', 'facts-missing'])[1 + n % 3], rang_at,
      rang_at + make_interval(hours => n % 20), decided, case when decided is not null then rang_at + make_interval(hours => n % 20 + 3) end,
      case decided when 'upheld' then unit when 'refused' then other end
    from (select *, case when n % 300 = 0 then null when n % 4 = 0 then 'upheld' else 'refused' end as decided,
      lag(unit, 3, unit) over (order by number) as other from told) one where n % 10 = 0`,
  `insert into order_closings (number, cycle, unit, closed_at, result, lacks, told, sampled, verdict, judged_by)
    select number, 1, unit, changed_at, 'solved', case when n % 4 = 0 then '["empty"]' else '[]' end::jsonb, n % 8 = 0, n % 20 = 0,
      case when n % 40 = 0 then 'lacking' end, case when n % 40 = 0 then 'b' end
    from told where stage = 'closed'`,
  // What was written in those that somebody looks at.
  `insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
    select 'orders', number, 1, extract(epoch from changed_at) * 1000, 'closed',
      json_build_object('by', json_build_object('role', 'unit', 'person', 'w'), 'data', json_build_object('result', 'solved',
        'words', '已到现场处理，联系不上来电人', 'evidence', json_build_array('照片')))::text, 'salt'
    from told where stage = 'closed' and n % 20 = 0`,
  `insert into deductions (id, order_number, unit, reason, points, notice, state, fact_at, seq, proposed_by, changed_at, words)
    select number || '.2', number, unit, (array['overdue', 'false-close', 'push-away'])[1 + n % 3], 1 + n % 5, 'unit',
      (array['proposed', 'seconded', 'confirmed', 'confirmed', 'refused', 'appealed', 'upheld', 'lifted'])[1 + (n / 40) % 8],
      changed_at, 2, 'jieting', changed_at, ''
    from told where n % 40 = 0`,
  `insert into surveys (id, campaign, order_number, cycle, elder, language, unit, category, street, closed_at, state, reached,
      contacted, solved, rating, settled, settled_at, excluded)
    select 'survey_' || number, 'closed-orders', number, 1, elder, 'zh-CN', unit, category, street, changed_at, 'settled', n % 10 < 7,
      case when n % 10 < 7 then case when n % 13 > 0 then 'yes' else 'no' end end,
      case when n % 10 < 6 then (array['yes', 'yes', 'partly', 'no'])[1 + (n / 7) % 4] end,
      case when n % 10 < 5 then 1 + n % 5 end, 'answered', changed_at, n % 70 = 0
    from told where stage = 'closed'`,
  // Far more callers than any hotline has on its ladder.
  `insert into caller_steps (id, number, place, step, state, facts, words, taken_by, at, days, second_by, until_at, later_words)
    select 'step_' || n || '_' || place, '+8613' || 700000000 + n, place, (array['dissuade', 'explain', 'warn', 'restrict'])[place],
      case when place < 4 then 'taken' when n % 6000 = 0 then 'proposed' else 'holds' end, '[]', '多次辱骂', 'b', rang_at, 7, 'c',
      rang_at + interval '9 days', '[]'
    from told cross join generate_series(1, 4) as place where n % 60 = 0 and place <= 1 + (n / 60) % 4`,
]

const tables = [
  'order_instructions',
  'order_site_checks',
  'order_returns',
  'order_closings',
  'deductions',
  'surveys',
  'caller_steps',
]

export async function fillSupervised(database: Database): Promise<void> {
  const long = 3_600_000
  await database.transaction(async tx => {
    const run = (text: string) => tx.execute(sql.raw(text))
    await run(`create temp table told on commit drop as
      select right(number, 7)::int as n, number, unit, category, street, stage, elder, rang_at, changed_at from orders`)
    await run('analyze told')
    const indexes = await dropIndexes(tx, tables)
    for (const fill of fills) await run(fill)
    await makeIndexes(tx, indexes)
  }, long)
  await database.transaction(tx => tx.execute(sql.raw(`analyze ${tables.join(', ')}, ledger_events`)), long)
}
