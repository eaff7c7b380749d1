/** However many events one transaction has, and whether it read them itself: each is linked as `link.ts` says. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { genesis, hashOf } from '../../src/ledger/link.ts'
import { ledgerMigrations } from '../../src/ledger/migrations.ts'
import { type Database, migrate, sql } from '../../src/storage/index.ts'
import { openEmpty } from '../support/empty-database.ts'
import { testLedger } from '../support/ledger.ts'

let database: Database
beforeAll(async () => {
  database = await openEmpty()
  await migrate(database, ledgerMigrations)
})
afterAll(() => database.close())

const linkRow = z.object({
  room: z.string(),
  seq: z.number(),
  stream: z.string(),
  place: z.number(),
  digest: z.string(),
  hash: z.string(),
})
const last = new Map<string, number>()
const entriesOf = (stream: string, count: number) =>
  Array.from({ length: count }, () => {
    const place = (last.get(stream) ?? 0) + 1
    last.set(stream, place)
    return {
      stream,
      place,
      atMs: 1_700_000_000_000 + place,
      kind: 'said',
      data: { words: `it's "${place}" \\ 好` },
    }
  })

it.each([1, 2, 4, 5, 40])('links %i of a transaction, of two rooms and several streams', async count => {
  await database.transaction(async tx => {
    await testLedger.append(tx, 'rooms', entriesOf(`s${count}`, Math.ceil(count / 2)))
    await testLedger.append(tx, 'attic', entriesOf('a', Math.floor(count / 2)))
  })
  // Whoever reads in the transaction finds what was appended in it.
  await database.transaction(async tx => {
    const [entry] = entriesOf(`s${count}`, 1)
    if (!entry) throw new Error('no entry')
    await testLedger.append(tx, 'rooms', [entry])
    const read = (await testLedger.events(tx, 'rooms', [entry.stream])).get(entry.stream)
    expect(read?.at(-1)).toMatchObject({ place: entry.place, data: entry.data })
    await testLedger.append(tx, 'rooms', entriesOf('others', count))
  })
  const links = await database.query(sql`select * from ledger_links order by room, seq`, linkRow)
  const heads = new Map<string, { seq: number; hash: string }>()
  const streams = new Map<string, string>()
  for (const { room, seq, stream, place, digest, hash } of links) {
    const before = heads.get(room) ?? { seq: 0, hash: genesis }
    expect(seq).toBe(before.seq + 1)
    const key = `${room} ${stream}`
    expect(hash).toBe(hashOf(before.hash, streams.get(key) ?? '', { room, seq, stream, place }, digest))
    heads.set(room, { seq, hash })
    streams.set(key, hash)
  }
  const kept = await database.query(
    sql`select room, seq, hash from ledger_heads`,
    z.object({ room: z.string(), seq: z.number(), hash: z.string() }),
  )
  expect(new Map(kept.map(({ room, seq, hash }) => [room, { seq, hash }]))).toEqual(heads)
  const [events] = await database.query(
    sql`select count(*)::int as n from ledger_events`,
    z.object({ n: z.number() }),
  )
  expect(events?.n).toBe(links.length)
})

it('keeps the places of many who append to one room at once', async () => {
  const before = await database.query(sql`select * from ledger_links where room = 'rooms'`, linkRow)
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      database.transaction(tx => testLedger.append(tx, 'rooms', entriesOf(`crowd${at}`, 1 + (at % 3)))),
    ),
  )
  const links = await database.query(
    sql`select * from ledger_links where room = 'rooms' order by seq`,
    linkRow,
  )
  expect(links.map(({ seq }) => seq)).toEqual(links.map((_, index) => index + 1))
  expect(links.length).toBe(
    before.length + Array.from({ length: 20 }, (_, at) => 1 + (at % 3)).reduce((a, b) => a + b),
  )
})
