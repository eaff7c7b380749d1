import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Somebody,
  sql,
} from '../storage/index.ts'

export const draftHoldings: readonly Holding[] = [
  {
    name: 'drafts',
    title: { 'zh-CN': '工单草稿', en: 'Drafts of orders' },
    what: 'what an agent wrote down of a caller, until an order is made of it or it is given up',
    kept: 'drafts',
  },
]

/** Of their calls, or with their number in it; as it is written, with blanks or hyphens in between. */
const isOf = ({ calls, digits }: Somebody) => sql`(call_id in ${listed(calls)}
  or ${digits === '' ? sql`false` : sql`regexp_replace(written::text, '[ -]', '', 'g') like ${`%${digits}%`}`})`

export const forgetsDrafts = (database: Database): readonly Forgetter[] => [
  {
    name: 'drafts',
    export: person =>
      database.query(
        sql`select id, call_id, written, made_at, changed_at, ended_at, order_number from drafts
          where ${isOf(person)} order by id`,
        anyRow,
      ),
    // One that is being written goes, too: whoever writes it is told that it is gone.
    forget: async person => ({
      count: await database.execute(sql`delete from drafts where ${isOf(person)}`),
    }),
    sweeps: [
      {
        kind: 'drafts',
        sweep: ({ beforeMs, limit, held }) =>
          database.execute(sql`
            delete from drafts where id in (
              select id from drafts where changed_at < ${new Date(beforeMs)}
                and (call_id is null or call_id not in ${listed(held.calls)}) limit ${limit})`),
      },
    ],
  },
]
