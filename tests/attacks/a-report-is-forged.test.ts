/** Whoever has the database changes what is reported: an audit finds it and says what and where. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Break } from '../../src/ledger/index.ts'
import { digestOf, genesis, hashOf } from '../../src/ledger/link.ts'
import { type Queries, sql } from '../../src/storage/index.ts'
import { type LedgerHouse, openLedgerHouse } from '../support/ledger-house.ts'

let house: LedgerHouse
beforeAll(async () => {
  house = await openLedgerHouse()
}, 120_000)
afterAll(() => house.close())

const run = (statement: string) => (tx: Queries) => tx.execute(sql.raw(statement))
const ofA1 = `(select id from surveys where order_number = 'A1')`

it('finds nothing where nothing was forged', async () => {
  expect(await house.look()).toEqual([])
})

describe('an audit names', () => {
  it.each<[string, string, string, Partial<Break>]>([
    [
      'a bad rating moved',
      'to another unit',
      `update surveys set unit = '热力' where order_number = 'A1'`,
      { table: 'surveys', column: 'unit' },
    ],
    [
      'a bad rating moved',
      'to another street',
      `update surveys set street = '别处' where rating = 5`,
      { table: 'surveys', column: 'street' },
    ],
    [
      'a bad rating moved',
      'to another order',
      `update surveys set order_number = 'B1' where order_number = 'A1'`,
      { table: 'surveys', column: 'order_number' },
    ],
    [
      'a closing moved',
      'out of the period',
      `update surveys set closed_at = closed_at - interval '40 days'`,
      { table: 'surveys', column: 'closed_at' },
    ],
    [
      'a closing moved',
      'by one second',
      `update surveys set closed_at = closed_at + interval '1 second'`,
      { table: 'surveys', column: 'closed_at' },
    ],
    [
      'a closing moved',
      'by when it was settled',
      `update surveys set settled_at = null where order_number = 'A1'`,
      { table: 'surveys', column: 'settled_at' },
    ],
    [
      'who was reached flipped',
      'in surveys',
      `update surveys set reached = not reached where order_number = 'A3'`,
      { table: 'surveys', column: 'reached' },
    ],
    [
      'who was reached flipped',
      'by leaving the rates',
      `update surveys set excluded = true where order_number = 'A1'`,
      { table: 'surveys', column: 'excluded' },
    ],
    [
      'who was reached flipped',
      'in attempts',
      `update survey_attempts set how = 'talked' where how = 'no-answer'`,
      { table: 'survey_attempts', column: 'how' },
    ],
    [
      'a survey deleted',
      'its attempts',
      `delete from survey_attempts where survey = ${ofA1}`,
      { table: 'survey_attempts', what: 'row-missing' },
    ],
    [
      'a survey deleted',
      'its link',
      `delete from survey_links`,
      { table: 'survey_links', what: 'row-missing' },
    ],
    [
      'a survey deleted',
      'with all that hangs on it',
      `delete from survey_attempts where survey = ${ofA1}; delete from survey_links where survey = ${ofA1};
       delete from surveys where order_number = 'A1'`,
      { table: 'surveys', what: 'row-missing' },
    ],
    [
      'a survey deleted',
      'with all that happened to it',
      `delete from ledger_events where room = 'surveys' and stream = ${ofA1} collate "C";
       delete from survey_attempts where survey = ${ofA1}; delete from survey_links where survey = ${ofA1};
       delete from surveys where order_number = 'A1'`,
      { room: 'surveys', what: 'event-missing' },
    ],
    [
      'an order',
      'closed in time',
      `update orders set changed_at = changed_at - interval '2 days', stage = 'closed'`,
      { table: 'orders', column: 'changed_at' },
    ],
    [
      'an order',
      'gone without an erasure',
      `delete from orders where number = (select min(number) from orders)`,
      { table: 'orders', what: 'row-missing' },
    ],
    [
      'an order',
      'put in',
      `insert into orders select (jsonb_populate_record(orders, '{"number": "2601050000999"}')).* from orders limit 1`,
      { table: 'orders', what: 'row-unexpected' },
    ],
    [
      'rights',
      'that nobody gave',
      `update staff set role = 'admin' where name = 'li'`,
      { table: 'staff', column: 'role' },
    ],
    [
      'rights',
      'of a password that nobody set',
      `update staff set password = 'x' where name = 'wang'`,
      { table: 'staff', column: 'password' },
    ],
    [
      'rights',
      'of somebody whom nobody added',
      `insert into staff (name, display, role) values ('eve', 'Eve', 'admin')`,
      { table: 'staff', what: 'row-unexpected' },
    ],
    ['the trail', 'with an entry taken out', `delete from trail where act = 'read'`, { table: 'trail' }],
    [
      'the trail',
      'with an entry under another name',
      `update trail set person = 'nobody' where act = 'read'`,
      { table: 'trail' },
    ],
    [
      'the trail',
      'with an entry put in',
      `insert into trail select hour, place + 9000, id || 'x', at, act, outcome, 'eve', role, address, way, about, whose from trail limit 1`,
      { table: 'trail' },
    ],
  ])('%s: %s', async (_kind, _variant, statement, named) => {
    expect(await house.after(run(statement))).toContainEqual(expect.objectContaining(named))
  })
})

describe('a rating changed in the events and hashed again with the product’s own function', () => {
  const softer = `update ledger_events set body = replace(body, '"value":5', '"value":1') where room = 'surveys' and body like '%rating%';
    update surveys set rating = 1 where rating = 5`

  it('is no event of this house', async () => {
    const found = await house.after(async tx => {
      await tx.execute(sql.raw(softer))
      await hashAgain(tx, 'surveys')
    })
    expect(found.map(({ what }) => what)).toContain('forged')
    expect(found.map(({ what }) => what)).toContain('anchor')
  })

  it('is no event of this house where its mark was taken off, too', async () => {
    const found = await house.after(async tx => {
      await tx.execute(sql.raw(softer))
      await tx.execute(
        sql.raw(`update ledger_events set mac = null; update ledger_heads set adopted_seq = seq`),
      )
      await hashAgain(tx, 'surveys')
    })
    expect(found.map(({ what }) => what)).toEqual(expect.arrayContaining(['anchor', 'head']))
  })

  it('is found by the seal where the last events were cut off', async () => {
    const found = await house.after(async tx => {
      await tx.execute(
        sql.raw(`delete from ledger_events where room = 'staff' and stream = 'wang';
          delete from ledger_links where room = 'staff' and stream = 'wang'; delete from staff where name = 'wang'`),
      )
      await hashAgain(tx, 'staff')
    })
    expect(found).toContainEqual(expect.objectContaining({ room: 'staff', what: 'anchor' }))
  })

  it('is found where an event was put at the end by the database’s own function', async () => {
    const found = await house.after(async tx => {
      const content = {
        salt: 's',
        atMs: 1,
        kind: 'changed',
        body: '{"by":"","display":"王主任","role":"unit","unit":"heating"}',
      }
      const digest = digestOf(content)
      const entry = { n: 0, room: 'staff', stream: 'wang', place: 3, digest, at_ms: 1, kind: 'changed' }
      const written = [{ ...entry, body: content.body, salt: 's' }]
      await tx.execute(sql`select ledger_write(${JSON.stringify(written)}::jsonb)`)
      await tx.execute(sql`update staff set display = '王主任' where name = 'wang'`)
    })
    expect(found).toEqual([expect.objectContaining({ room: 'staff', stream: 'wang', what: 'forged' })])
  })
})

/** All that somebody without the key can do: every digest, hash and head made anew, without a gap. */
async function hashAgain(tx: Queries, room: string): Promise<void> {
  const links = await tx.query(
    sql`select l.seq, l.stream, l.place, e.salt, e.at_ms as "atMs", e.kind, e.body
      from ledger_links l join ledger_events e using (room, stream, place) where room = ${room} order by seq`,
    z.object({
      seq: z.number(),
      stream: z.string(),
      place: z.number(),
      salt: z.string(),
      atMs: z.number(),
      kind: z.string(),
      body: z.string(),
    }),
  )
  await tx.execute(sql`delete from ledger_links where room = ${room}`)
  let previous = genesis
  const last = new Map<string, string>()
  for (const [index, { stream, place, ...content }] of links.entries()) {
    const digest = digestOf(content)
    const seq = index + 1
    previous = hashOf(previous, last.get(stream) ?? '', { room, seq, stream, place }, digest)
    last.set(stream, previous)
    await tx.execute(
      sql`insert into ledger_links (room, seq, stream, place, digest, hash) values (${room}, ${seq}, ${stream}, ${place}, ${digest}, ${previous})`,
    )
  }
  await tx.execute(
    sql`update ledger_heads set seq = ${links.length}, hash = ${previous} where room = ${room}`,
  )
}
