/** Whatever is changed in a table that is reported, or in the ledger, an audit finds it. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type Queries, sql } from '../../src/storage/index.ts'
import { type LedgerHouse, openLedgerHouse, reported } from '../support/ledger-house.ts'

let house: LedgerHouse
beforeAll(async () => {
  house = await openLedgerHouse()
}, 120_000)
afterAll(() => house.close())

/** What says nothing: columns that their rooms leave apart, and where a seal was sent. */
const apart: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    reported.flatMap(({ tables }) => tables.map(table => [table.name, Object.keys(table.apart)])),
  ),
  ledger_events: [],
  ledger_links: [],
  ledger_heads: [],
  ledger_seals: ['sent', 'stamp'],
}
/** What must be another in a row that is put in, so that the database takes it. */
const fresh: Readonly<Record<string, readonly string[]>> = {
  surveys: ['id', 'order_number'],
  survey_attempts: ['number'],
  survey_links: ['token_hash'],
  orders: ['number'],
  order_erasures: ['number'],
  staff: ['name', 'subject'],
  ledger_events: ['place'],
  ledger_links: ['seq', 'place'],
  ledger_heads: ['room'],
  ledger_seals: ['n'],
}

const columnRow = z.object({ name: z.string(), type: z.string() })
const columnsOf = (queries: Queries, table: string) =>
  queries.query(
    sql`select column_name as name, data_type as type from information_schema.columns
      where table_name = ${table} and table_schema = current_schema() order by ordinal_position`,
    columnRow,
  )

const another: Readonly<Record<string, (column: string) => string>> = {
  text: column => `coalesce("${column}", '') || 'x'`,
  integer: column => `coalesce("${column}", 0) + 1`,
  bigint: column => `coalesce("${column}", 0) + 1`,
  boolean: column => `not coalesce("${column}", false)`,
  'timestamp with time zone': column => `coalesce("${column}", now()) + interval '1 second'`,
  jsonb: column => `jsonb_build_array("${column}")`,
}

it('finds any one change, insertion or deletion in any of them', async () => {
  const refused: string[] = []
  let looked = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(apart)),
      fc.constantFrom('change', 'change', 'change', 'insert', 'delete'),
      fc.nat(1000),
      fc.nat(1000),
      async (table, how, row, at) => {
        const columns = await columnsOf(house.database, table)
        expect(columns.length).toBeGreaterThan(0)
        const shown = columns.filter(({ name }) => !apart[table]?.includes(name))
        const column = shown[at % shown.length] ?? { name: '', type: 'text' }
        const one = `ctid = (select ctid from ${table} order by ctid offset ${row} % (select greatest(count(*), 1) from ${table}) limit 1)`
        const changed = (name: string) =>
          another[columns.find(known => known.name === name)?.type ?? '']?.(name) ?? `"${name}"`
        const statement =
          how === 'change'
            ? `update ${table} set "${column.name}" = ${changed(column.name)} where ${one}`
            : how === 'delete'
              ? `delete from ${table} where ${one}`
              : `insert into ${table} select ${columns
                  .map(({ name }) => (fresh[table]?.includes(name) ? changed(name) : `"${name}"`))
                  .join(', ')} from ${table} where ${one}`
        let touched = 0
        const found = await house
          .after(async tx => {
            touched = await tx.execute(sql.raw(statement))
          })
          .catch((error: unknown) => {
            refused.push(`${table} ${how}: ${String(error)}`)
            return undefined
          })
        // A constraint of the database, or an empty table, leaves nothing to find.
        if (found === undefined || touched === 0) return
        looked++
        expect({ statement, found: found.length > 0 }).toEqual({ statement, found: true })
        expect(found.every(({ room, what }) => room !== '' && what.length > 0)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
  expect(looked).toBeGreaterThan(75)
}, 300_000)

it('rebuilds every column of every table that it reports, or says why not', async () => {
  for (const { tables } of reported)
    for (const { name, apart: left } of tables)
      for (const column of Object.keys(left))
        expect((await columnsOf(house.database, name)).map(one => one.name)).toContain(column)
  await house.database.execute(sql`alter table surveys add column weight int not null default 1`)
  expect(await house.look()).toContainEqual(
    expect.objectContaining({ table: 'surveys', column: 'weight', what: 'column-unknown' }),
  )
  await house.database.execute(sql`alter table surveys drop column weight`)
})

it('gives an export that a program without our code finds whole, and finds changed where it was changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const file = join(folder, 'ledger.jsonl')
  const lines: string[] = []
  for await (const text of house.auditing.export()) lines.push(...text.split('\n').filter(Boolean))
  const check = async (changed: readonly string[]) => {
    await writeFile(file, `${changed.join('\n')}\n`)
    const { stdout } = await promisify(execFile)('node', ['examples/check-ledger.mjs', file]).catch(
      (error: { readonly stdout: string }) => error,
    )
    return stdout
  }
  expect(await check(lines)).toMatch(/events in 3 rooms \(3 erased, 0 .*\), 1 seals\nnothing was changed/)
  const at = lines.findIndex(line => line.includes('rating'))
  const changes = [
    [
      lines.map((line, index) => (index === at ? line.replace('rating', 'solved') : line)),
      'what happened was changed',
    ],
    [lines.filter((_, index) => index !== at), 'a gap in the chain'],
    [
      lines.filter(line => !line.includes('"room":"staff"') || line.includes('seal')),
      'is not what was sealed',
    ],
  ] as const
  for (const [changed, found] of changes) expect(await check(changed)).toContain(found)
  await rm(folder, { recursive: true })
})
