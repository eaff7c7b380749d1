import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Ledger, StoredEvent } from '../ledger/index.ts'
import {
  anyRow,
  type Database,
  type Forgetter,
  filesIn,
  type Holding,
  listed,
  type Somebody,
  type Stayed,
  sql,
} from '../storage/index.ts'
import type { OrderActions } from './actions.ts'
import { orderEvent, orderRoom } from './event-store.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { readOrderNumber } from './number.ts'

export const orderHoldings: readonly Holding[] = [
  {
    name: 'orders',
    title: { 'zh-CN': '工单', en: 'Orders' },
    what: 'whose an order is, what it is about, and where',
    kept: { until: 'it is erased, or its person forgotten' },
  },
  { name: 'order_days', nobody: 'how many orders a day had' },
  {
    name: 'order_returns',
    nobody: 'which unit returned which order, to whom, and what became of it; it goes with the order',
  },
  {
    name: 'order_closings',
    nobody:
      'what the rules found lacking in a closing, and what the centre made of that; it goes with the order',
  },
  {
    name: 'order_instructions',
    nobody: 'which unit had to answer at which level, and when it did; it goes with the order',
  },
  {
    name: 'order_site_checks',
    nobody: 'when a place was to be looked at, and what that showed; it goes with the order',
  },
  {
    name: 'order_texts_waiting',
    nobody: 'of which orders units are to be told, at which telephone of theirs; it goes once they are told',
  },
  { name: 'order_text_windows', nobody: 'at which telephone of a unit what waited was told; for a week' },
  { name: 'order_words', nobody: 'by which pairs of characters an order is found; they go with it' },
  { name: 'order_erasures', nobody: 'which orders are to be erased or were, why, and by which members' },
  {
    name: '/evidence',
    title: { 'zh-CN': '办理佐证', en: 'Evidence' },
    what: 'photos and recordings that show what was done',
    kept: 'evidence',
  },
]

const numberRow = z.object({ number: z.string() })
const longMs = 60_000

type Parts = {
  readonly database: Database
  readonly ledger: Ledger
  readonly actions: Pick<OrderActions, 'forget'>
  readonly store: EvidenceStore
  readonly evidenceFolder: string
}

/** Why an order cannot be erased yet, by fault code. */
const inHand: Readonly<Record<string, Stayed['because']>> = {
  'order-stage': 'in-hand',
  'survey-open': 'later',
}

export function forgetsOrders({
  database,
  ledger,
  actions,
  store,
  evidenceFolder,
}: Parts): readonly Forgetter[] {
  const foldersIn = () => readdir(evidenceFolder).catch((): string[] => [])
  return [
    {
      name: 'orders',
      // Without a calling number, the contact tells whose the order is; somebody else's order that mentions them is
      // not theirs.
      find: ({ forms }) =>
        database.transaction(async tx => {
          const rows = await tx.query(
            sql`select number from orders where caller in ${listed(forms)}
              union select stream from ledger_events where room = ${orderRoom} and kind = 'made'
                and body::jsonb->'data'->>'caller' = '' and body::jsonb->'data'->'contact'->>'number' in ${listed(forms)}`,
            numberRow,
          )
          return { orders: rows.map(({ number }) => number) }
        }, longMs),
      export: ({ orders }) =>
        database.query(sql`select * from orders where number in ${listed(orders)} order by number`, anyRow),
      async forget({ orders }, held) {
        const there = await database.query(
          sql`select number from orders where number in ${listed(orders)} order by number`,
          numberRow,
        )
        let count = 0
        const stayed: Stayed[] = []
        for (const { number } of there) {
          if (held.orders.includes(number)) stayed.push({ about: number, because: 'held' })
          else {
            const because = await erase(actions, number)
            if (because === undefined) count++
            else stayed.push({ about: number, because })
          }
        }
        return { count, stayed }
      },
    },
    {
      name: 'ledger_events',
      async callsOf(orders) {
        const events = await ledger.events(database, orderRoom, orders)
        return [...events.values()].flat().flatMap(event => {
          if (event.kind === 'erased') return []
          const { call } = { call: undefined, ...orderEvent(event) }
          return call === undefined ? [] : [call]
        })
      },
      async export({ orders }) {
        const events = await ledger.events(database, orderRoom, orders)
        return [...events].flatMap(([order, all]) => all.map(event => shown(order, event)))
      },
      // The events go with their order. Chained events of other people's orders cannot be changed, so those orders
      // are listed.
      forget: person =>
        database.transaction(async tx => {
          const rows = await tx.query(
            sql`select distinct stream as number from ledger_events
              where ${mentions(person)} and room = ${orderRoom} and stream not in ${listed(person.orders)}`,
            numberRow,
          )
          return {
            count: 0,
            stayed: rows.map(({ number }) => ({ about: number, because: 'of-another' as const })),
          }
        }, longMs),
    },
    {
      name: '/evidence',
      async export({ orders }) {
        const found = await Promise.all(
          orders.map(async order =>
            (await filesIn(join(evidenceFolder, order))).map(({ name, bytes }) => ({
              order,
              hash: name,
              bytes,
            })),
          ),
        )
        return found.flat()
      },
      async forget({ orders }) {
        const there = (await foldersIn()).filter(name => orders.includes(name))
        const left = await database.query(
          sql`select number from orders where number in ${listed(there)}`,
          numberRow,
        )
        const gone = there.filter(order => !left.some(({ number }) => number === order))
        for (const order of gone) await store.erase(order)
        return { count: gone.length }
      },
      sweeps: [
        {
          kind: 'evidence',
          async sweep({ beforeMs, limit, held }) {
            const old = await database.query(
              sql`select number from orders where number in ${listed(await foldersIn())} and stage = 'closed'
                and changed_at < ${new Date(beforeMs)} and number not in ${listed(held.orders)} limit ${limit}`,
              numberRow,
            )
            for (const { number } of old) await store.erase(number)
            return old.length
          },
        },
      ],
    },
  ]
}

/** Mentions of a number, also with spaces or hyphens in it. */
const mentions = ({ digits }: Somebody) =>
  digits === '' ? sql`false` : sql`regexp_replace(body, '[ -]', '', 'g') like ${`%${digits}%`}`

const shown = (order: string, { atMs, kind, data }: StoredEvent) => ({
  order,
  at: new Date(atMs).toISOString(),
  kind,
  data,
})

/** @returns why it stays */
async function erase(
  actions: Pick<OrderActions, 'forget'>,
  number: string,
): Promise<Stayed['because'] | undefined> {
  try {
    await actions.forget(readOrderNumber(number))
    return undefined
  } catch (error) {
    const because = error instanceof Fault ? inHand[error.code] : undefined
    // Somebody else has erased it meanwhile.
    if (error instanceof Fault && error.code === 'order-unknown') return undefined
    if (because === undefined) throw error
    return because
  }
}
