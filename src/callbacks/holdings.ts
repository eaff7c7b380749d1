import { basename } from 'node:path'
import { z } from 'zod'
import {
  anyRow,
  type Database,
  type Forgetter,
  filesIn,
  type Holding,
  listed,
  removeFiles,
  sql,
} from '../storage/index.ts'
import type { CallbackActions } from './actions.ts'
import { houseActor } from './decide.ts'

export const callbackHoldings: readonly Holding[] = [
  {
    name: 'callbacks',
    title: { 'zh-CN': '回拨的号码', en: 'Numbers of callbacks' },
    what: 'numbers that are owed a call',
    kept: 'callbacks',
  },
  {
    name: 'callback_losses',
    title: { 'zh-CN': '回拨的来电', en: 'Calls of callbacks' },
    what: 'in which call somebody was not served, where their message lies, and what they say in it',
    kept: 'callbacks',
  },
  { name: 'callback_events', nobody: 'what members did to a callback, without a number' },
  {
    name: '/recordings',
    title: { 'zh-CN': '录音和留言', en: 'Recordings and messages' },
    what: 'messages, and answers of survey calls, by the id of the call',
    kept: 'recordings',
  },
]

const owedRow = z.object({ id: z.string(), state: z.string() })
const callRow = z.object({ call: z.string() })
const messageRow = z.object({ message: z.string() })

/** The call's id, from a recording's file name. */
const callOf = (name: string) => /^(call_[0-9a-z]+)-/.exec(name)?.[1] ?? ''

export function forgetsCallbacks(
  database: Database,
  actions: Pick<CallbackActions, 'erase'>,
  recordings: string,
): readonly Forgetter[] {
  /** Blanks closed callbacks; their number and outcomes stay as counted. */
  const blank = (ids: readonly string[]) =>
    database.transaction(async tx => {
      await tx.execute(
        sql`update callback_losses set message = null, words = null where callback_id in ${listed(ids)}`,
      )
      return tx.execute(sql`
        update callbacks set number = '', proof = 'withheld' where id in ${listed(ids)} and number <> ''`)
    })
  return [
    {
      name: 'callbacks',
      find: async ({ forms }) => ({
        calls: (
          await database.query(
            sql`select call_id as call from callback_losses
              where callback_id in (select id from callbacks where number in ${listed(forms)})`,
            callRow,
          )
        ).map(({ call }) => call),
      }),
      export: ({ forms, calls }) =>
        database.query(
          sql`select id, state, "end", number, invited_at, owed_at, language, elder, tries, order_number, ended_at
            from callbacks where number in ${listed(forms)}
              or id in (select callback_id from callback_losses where call_id in ${listed(calls)}) order by id`,
          anyRow,
        ),
      async forget({ forms, calls }, { orders }) {
        const rows = await database.query(
          sql`select id, state from callbacks where (number <> '' or state <> 'closed') and (number in ${listed(forms)}
              or id in (select callback_id from callback_losses where call_id in ${listed(calls)}))
              and (order_number is null or order_number not in ${listed(orders)}) order by id`,
          owedRow,
        )
        const open = rows.filter(({ state }) => state !== 'closed')
        for (const { id } of open) await actions.erase(id, houseActor.person)
        const closed = rows.filter(({ state }) => state === 'closed').map(({ id }) => id)
        return { count: open.length + (await blank(closed)) }
      },
      sweeps: [
        {
          kind: 'callbacks',
          async sweep({ beforeMs, limit, held }) {
            const old = await database.query(
              sql`select id, state from callbacks where state = 'closed' and number <> ''
                and ended_at < ${new Date(beforeMs)} and number not in ${listed(held.forms)} limit ${limit}`,
              owedRow,
            )
            return blank(old.map(({ id }) => id))
          },
        },
      ],
    },
    {
      name: 'callback_losses',
      export: ({ calls }) =>
        database.query(
          sql`select call_id, reason, at, message, words from callback_losses where call_id in ${listed(calls)} order by at`,
          anyRow,
        ),
      forget: async ({ calls }) => ({
        count: await database.execute(sql`
          update callback_losses set message = null, words = null where call_id in ${listed(calls)} and message is not null`),
      }),
    },
    {
      name: '/recordings',
      export: async ({ calls }) =>
        (await filesIn(recordings, name => calls.includes(callOf(name)))).map(
          ({ name, bytes, writtenMs }) => ({
            file: name,
            bytes,
            at: new Date(writtenMs).toISOString(),
          }),
        ),
      forget: async ({ calls }) => ({
        count: await removeFiles(recordings, await filesIn(recordings, name => calls.includes(callOf(name)))),
      }),
      sweeps: [
        {
          kind: 'recordings',
          async sweep({ beforeMs, limit, held }) {
            // A message is kept while its callback is open, and for its retention period after that.
            const rows = await database.query(
              sql`select message from callback_losses l join callbacks c on c.id = l.callback_id
                where message is not null and (state <> 'closed' or ended_at >= ${new Date(beforeMs)})`,
              messageRow,
            )
            const wanted = new Set(rows.map(({ message }) => basename(message)))
            const old = (await filesIn(recordings)).filter(
              ({ name, writtenMs }) =>
                writtenMs < beforeMs && !wanted.has(name) && !held.calls.includes(callOf(name)),
            )
            const gone = old.slice(0, limit)
            await database.execute(sql`
              update callback_losses set message = null
              where regexp_replace(message, '^.*/', '') in ${listed(gone.map(({ name }) => name))}`)
            return removeFiles(recordings, gone)
          },
        },
      ],
    },
  ]
}
