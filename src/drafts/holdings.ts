import { z } from 'zod'
import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Somebody,
  sql,
} from '../storage/index.ts'
import type { DraftShelf } from './files.ts'

export const draftHoldings: readonly Holding[] = [
  {
    name: 'drafts',
    title: { 'zh-CN': '工单草稿', en: 'Drafts of orders' },
    what: 'what an agent wrote down of a caller, and files that they gave, until an order is made of it or it is given up',
    kept: 'drafts',
  },
  {
    name: 'kind_choices',
    title: { 'zh-CN': '诉求分类的选择', en: 'Kinds that agents chose' },
    what: 'words of a caller, and the kind that an agent took for them',
    kept: { until: 'its order is erased, or its person forgotten' },
  },
  {
    name: 'kind_models',
    nobody:
      'figures of models, and the numbers of orders by which a night knows which model it may keep no longer',
  },
  {
    name: 'kind_model_files',
    nobody:
      'runs of at most three characters that two texts share, without numbers; gone the night after one of their orders is erased',
  },
  { name: 'kind_model_uses', nobody: 'which model suggested when, and which member chose it' },
  { name: '/models', nobody: 'the same files as in kind_model_files, laid down' },
]

/** Of their calls, or with their number in it; as it is written, with blanks or hyphens in between. */
const isOf = ({ calls, digits }: Somebody) => sql`(call_id in ${listed(calls)}
  or ${digits === '' ? sql`false` : sql`regexp_replace(written::text, '[ -]', '', 'g') like ${`%${digits}%`}`})`

const isOfOrder = ({ orders, digits }: Somebody) => sql`(order_number in ${listed(orders)}
  or ${digits === '' ? sql`false` : sql`regexp_replace(heard, '[ -]', '', 'g') like ${`%${digits}%`}`})`

const gone = z.object({ id: z.string() })

export const forgetsDrafts = (database: Database, shelf: Pick<DraftShelf, 'erase'>): readonly Forgetter[] => [
  {
    name: 'drafts',
    export: person =>
      database.query(
        sql`select id, call_id, written, files, made_at, changed_at, ended_at, order_number from drafts
          where ${isOf(person)} order by id`,
        anyRow,
      ),
    // One that is being written goes, too: whoever writes it is told that it is gone.
    async forget(person) {
      const drafts = await database.query(sql`delete from drafts where ${isOf(person)} returning id`, gone)
      for (const { id } of drafts) await shelf.erase(id)
      return { count: drafts.length }
    },
    sweeps: [
      {
        kind: 'drafts',
        async sweep({ beforeMs, limit, held }) {
          const drafts = await database.query(
            sql`delete from drafts where id in (
              select id from drafts where changed_at < ${new Date(beforeMs)}
                and (call_id is null or call_id not in ${listed(held.calls)}) limit ${limit}) returning id`,
            gone,
          )
          for (const { id } of drafts) await shelf.erase(id)
          return drafts.length
        },
      },
    ],
  },
  {
    name: 'kind_choices',
    export: person =>
      database.query(
        sql`select * from kind_choices where ${isOfOrder(person)} order by order_number`,
        anyRow,
      ),
    forget: async (person, { orders }) => ({
      count: await database.execute(
        sql`delete from kind_choices where ${isOfOrder(person)} and order_number not in ${listed(orders)}`,
      ),
    }),
  },
]
