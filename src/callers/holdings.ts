import { anyRow, type Database, type Forgetter, type Holding, listed, sql } from '../storage/index.ts'

export const callerHoldings: readonly Holding[] = [
  {
    name: 'callers',
    title: { 'zh-CN': '来电人标记', en: 'Marks of callers' },
    what: 'that a number is an elder’s, and its language',
    kept: 'marks',
  },
  {
    name: 'number_checks',
    title: { 'zh-CN': '号码核实', en: 'Checks of numbers' },
    what: 'numbers that a code was sent to, and whether it was read back',
    kept: 'marks',
  },
  {
    name: 'caller_steps',
    title: { 'zh-CN': '不当来电的处理', en: 'Steps with misused calls' },
    what: 'what was said to a caller who misuses the hotline, on which calls and orders, and what came of it',
    kept: 'marks',
  },
]

export function forgetsCallers(database: Database): readonly Forgetter[] {
  const of = (
    table: 'callers' | 'number_checks' | 'caller_steps',
    columns: string,
    since: string,
  ): Forgetter => {
    const name = sql.raw(table)
    return {
      name: table,
      export: ({ forms }) =>
        database.query(
          sql`select ${sql.raw(columns)} from ${name} where number in ${listed(forms)} order by 1`,
          anyRow,
        ),
      forget: async ({ forms }) => ({
        count: await database.execute(sql`delete from ${name} where number in ${listed(forms)}`),
      }),
      sweeps: [
        {
          kind: 'marks',
          sweep: ({ beforeMs, limit, held }) =>
            database.execute(sql`
              delete from ${name} where ctid in (
                select ctid from ${name}
                where ${sql.raw(since)} < ${new Date(beforeMs)} and number not in ${listed(held.forms)} limit ${limit})`),
        },
      ],
    }
  }
  return [
    of('callers', '*', 'marked_at'),
    // The hash of a code is left out; it tells nobody anything.
    of(
      'number_checks',
      'id, number, about, sent_by, sent_at, until_at, tries, verified_at, verified_by, how',
      'sent_at',
    ),
    of('caller_steps', '*', 'at'),
  ]
}
