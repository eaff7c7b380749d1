import { anyRow, type Database, type Forgetter, type Holding, type Somebody, sql } from '../storage/index.ts'

export const jobHoldings: readonly Holding[] = [
  {
    name: 'pgboss.job',
    title: { 'zh-CN': '后台任务', en: 'Jobs' },
    what: 'ids and codes of what is to be done, and why a try failed',
    kept: 'jobs',
  },
  {
    name: 'pgboss.archive',
    title: { 'zh-CN': '已完成的后台任务', en: 'Jobs that are done' },
    what: 'the same of what is done',
    kept: 'jobs',
  },
  { name: 'pgboss.queue', nobody: 'kinds of jobs' },
  { name: 'pgboss.schedule', nobody: 'kinds of jobs' },
  { name: 'pgboss.subscription', nobody: 'kinds of jobs' },
  { name: 'pgboss.version', nobody: 'the version of these tables' },
]

const longMs = 60_000

/** No job carries a phone number. If one of another build did, it is found and erased. */
const speaksOf = ({ digits }: Somebody) =>
  digits === '' ? sql`false` : sql`concat(data::text, output::text, singleton_key) like ${`%${digits}%`}`

export function forgetsJobs(database: Database): readonly Forgetter[] {
  const of = (table: 'pgboss.job' | 'pgboss.archive'): Forgetter => {
    const name = sql.raw(table)
    return {
      name: table,
      export: person =>
        database.query(
          sql`select name, data, state, created_on from ${name} where ${speaksOf(person)} order by created_on`,
          anyRow,
        ),
      forget: person =>
        database.transaction(
          async tx => ({ count: await tx.execute(sql`delete from ${name} where ${speaksOf(person)}`) }),
          longMs,
        ),
      sweeps: [
        {
          kind: 'jobs',
          sweep: ({ beforeMs, limit }) =>
            database.execute(sql`
              delete from ${name} where id in (
                select id from ${name} where state in ('completed', 'cancelled', 'failed')
                  and completed_on < ${new Date(beforeMs)} limit ${limit})`),
        },
      ],
    }
  }
  return [of('pgboss.job'), of('pgboss.archive')]
}
