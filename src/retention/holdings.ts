import { anyRow, type Database, type Forgetter, type Holding, listed, sql } from '../storage/index.ts'

export const retentionHoldings: readonly Holding[] = [
  {
    name: 'forgettings',
    title: { 'zh-CN': '删除申请', en: 'Requests to forget' },
    what: 'whose data is to go: a number until it has gone, then a mark',
    kept: { until: 'all of them is gone' },
  },
  {
    name: 'legal_holds',
    title: { 'zh-CN': '依法留存', en: 'Legal holds' },
    what: 'whose data is held, and why: a number until the hold is over, then a mark',
    kept: { until: 'the day of the hold, or until it is lifted' },
  },
  { name: 'retention_sweeps', nobody: 'counts' },
]

/** This room's own rows end together with the requests and holds that they describe. */
export function forgetsRetention(database: Database, mark: (number: string) => string): readonly Forgetter[] {
  return [
    {
      name: 'forgettings',
      export: ({ forms: [number = ''], calls }) =>
        database.query(
          sql`select id, state, because, asked_at, decided_at, ended_at from forgettings
            where mark in ${listed([mark(number), ...calls])}`,
          anyRow,
        ),
      forget: async () => ({ count: 0 }),
    },
    {
      name: 'legal_holds',
      export: ({ forms: [number = ''], orders }) =>
        database.query(
          sql`select id, order_number, reason, made_at, until_at, ended_at from legal_holds
            where mark = ${mark(number)} or order_number in ${listed(orders)}`,
          anyRow,
        ),
      forget: async () => ({ count: 0 }),
    },
  ]
}
