import { z } from 'zod'
import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Somebody,
  sql,
} from '../../storage/index.ts'
import type { StoredJournal } from './writer.ts'

export const callHoldings: readonly Holding[] = [
  {
    name: 'calls',
    title: { 'zh-CN': '通话的号码', en: 'Numbers of calls' },
    what: 'numbers that rang or were rung, and when',
    kept: 'journal',
  },
  {
    name: 'call_facts',
    title: { 'zh-CN': '通话经过', en: 'What happened in calls' },
    what: 'what happened in a call: numbers, what was said and keyed, where a recording lies',
    kept: 'journal',
  },
  { name: 'asked_calls', nobody: 'how long a call waited, by its id' },
  { name: 'call_minutes', nobody: 'counts' },
  { name: 'call_waits', nobody: 'counts' },
  { name: 'lives', nobody: 'processes of the house' },
  { name: 'leases', nobody: 'processes of the house' },
  { name: 'twilio_dials', nobody: 'jobs, and ids of calls at Twilio; gone after 30 days' },
]

/** Long scans over facts, for one person and not for a caller. */
const longMs = 60_000

const idRow = z.object({ id: z.string() })

/** A fact without whom it was about: its kind and time stay, so that timelines and figures do. */
const blankOf = (forms: readonly string[]) => sql`(fact - 'name' - 'message') || case fact->>'kind'
  when 'invited' then jsonb_build_object(
    'caller', case when fact->>'direction' = 'in' or fact->>'caller' in ${listed(forms)} then '' else fact->>'caller' end,
    'called', case when fact->>'called' in ${listed(forms)} then '' else fact->>'called' end)
  when 'prompt' then '{"text": ""}'
  when 'promised' then '{"number": ""}'
  when 'gave-number' then '{"number": ""}'
  when 'recording' then '{"path": ""}'
  when 'key' then '{"key": "•"}'
  else '{}' end::jsonb`
const personal = sql`fact->>'kind' in ('invited', 'prompt', 'promised', 'gave-number', 'recording', 'key')`

const numbersOf = ({ forms }: Pick<Somebody, 'forms'>) =>
  sql`(caller in ${listed(forms)} or (direction = 'out' and called in ${listed(forms)}))`

export function forgetsCalls(
  database: Database,
  journal: Pick<StoredJournal, 'flush' | 'figures'>,
): readonly Forgetter[] {
  return [
    {
      name: 'calls',
      async find(person) {
        await journal.flush()
        const rows = await database.query(
          sql`select id from calls where ${numbersOf(person)}
            union select call_id from call_facts
              where fact->>'kind' = 'promised' and fact->>'number' in ${listed(person.forms)}
            union select call_id from call_facts
              where fact->>'kind' = 'gave-number' and fact->>'number' in ${listed(person.forms)}`,
          idRow,
        )
        return { calls: rows.map(({ id }) => id) }
      },
      export: ({ calls }) =>
        database.query(sql`select * from calls where id in ${listed(calls)} order by id`, anyRow),
      async forget({ forms, calls }) {
        const count = await database.execute(sql`
          update calls set caller = case when direction = 'in' or caller in ${listed(forms)} then '' else caller end,
            called = case when direction = 'out' and called in ${listed(forms)} then '' else called end
          where id in ${listed(calls)} and ended_at is not null
            and ((direction = 'in' and caller <> '') or ${numbersOf({ forms })})`)
        const up = await database.query(
          sql`select id from calls where id in ${listed(calls)} and ended_at is null`,
          idRow,
        )
        return { count, stayed: up.map(({ id }) => ({ about: id, because: 'in-hand' as const })) }
      },
      sweeps: [
        {
          kind: 'journal',
          sweep: ({ beforeMs, limit, held }) =>
            database.transaction(async tx => {
              const old = await tx.query(
                sql`select id from calls where invited_at < ${new Date(beforeMs)} and ended_at is not null
                  and id not in ${listed(held.calls)} order by invited_at limit ${limit}`,
                idRow,
              )
              const ids = listed(old.map(({ id }) => id))
              await tx.execute(sql`delete from call_facts where call_id in ${ids}`)
              return tx.execute(sql`delete from calls where id in ${ids}`)
            }, longMs),
        },
      ],
    },
    {
      name: 'call_facts',
      export: ({ calls }) =>
        database.query(
          sql`select call_id, to_timestamp(at_us / 1e6) as at, fact from call_facts
            where call_id in ${listed(calls)} order by call_id, at_us`,
          anyRow,
        ),
      forget: ({ calls, forms }) =>
        database.transaction(async tx => {
          const blank = blankOf(forms)
          const count = await tx.execute(sql`
            update call_facts set fact = ${blank}
            where call_id in (select id from calls where id in ${listed(calls)} and ended_at is not null)
              and ${personal} and fact <> ${blank}`)
          return { count }
        }, longMs),
      sweeps: [
        {
          kind: 'keys',
          sweep: ({ beforeMs, limit, held }) =>
            database.execute(sql`
              delete from call_facts where (call_id, at_us) in (
                select call_id, at_us from call_facts
                where fact->>'kind' = 'key' and at_us < ${beforeMs * 1000}::bigint and call_id not in ${listed(held.calls)}
                order by at_us limit ${limit})`),
        },
      ],
    },
  ]
}
