/** Whatever is changed in a table that is reported, or in the ledger, an audit finds it. */
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
  order_closings: ['cycle'],
  order_instructions: ['seq'],
  order_site_checks: ['seq'],
  staff: ['name', 'subject'],
  staff_factors: ['id'],
  staff_recovery: ['mark'],
  staff_factor_removals: ['member'],
  programs: ['name', 'token'],
  trail: ['id', 'place'],
  ledger_events: ['place'],
  ledger_links: ['seq', 'place'],
  ledger_heads: ['room'],
  ledger_seals: ['n'],
  order_returns: ['seq'],
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
  integer: column => `coalesce("${column}", 0) + 1000`,
  bigint: column => `coalesce("${column}", 0) + 1000`,
  boolean: column => `not coalesce("${column}", false)`,
  'timestamp with time zone': column => `coalesce("${column}", now()) + interval '1 second'`,
  jsonb: column => `jsonb_build_array("${column}")`,
}

/** One change of the tables: which statement makes it. */
async function changeOf(table: string, how: 'change' | 'insert' | 'delete', column: string, row: number) {
  const columns = await columnsOf(house.database, table)
  const one = `ctid = (select ctid from ${table} order by ctid offset ${row} % (select greatest(count(*), 1) from ${table}) limit 1)`
  const changed = (name: string) =>
    another[columns.find(known => known.name === name)?.type ?? '']?.(name) ?? `"${name}"`
  if (how === 'change') return `update ${table} set "${column}" = ${changed(column)} where ${one}`
  if (how === 'delete') return `delete from ${table} where ${one}`
  const values = columns.map(({ name }) => (fresh[table]?.includes(name) ? changed(name) : `"${name}"`))
  return `insert into ${table} select ${values.join(', ')} from ${table} where ${one}`
}

/** Whoever has the database takes its rules away first. */
const withoutRules = (table: string) => `do $$ declare rule record; begin
  for rule in select conrelid::regclass as of, conname as name from pg_constraint
    where contype in ('c', 'f') and (conrelid = '${table}'::regclass or confrelid = '${table}'::regclass)
  loop execute format('alter table %s drop constraint %I', rule.of, rule.name); end loop; end $$`

/** @returns how many rows it touched */
async function isFound(table: string, statement: string): Promise<number> {
  let touched = 0
  const found = await house.after(async tx => {
    await tx.execute(sql.raw(withoutRules(table)))
    touched = await tx.execute(sql.raw(statement))
  })
  if (touched === 0) return 0
  expect({ statement, found: found.length > 0 }).toEqual({ statement, found: true })
  expect(found.every(({ room, what }) => room !== '' && what.length > 0)).toBe(true)
  return touched
}

const tables = Object.keys(apart)
const shownOf = async (table: string) =>
  (await columnsOf(house.database, table)).filter(({ name }) => !apart[table]?.includes(name))

it.each(tables)(
  'finds each column of %s changed, a row put in and a row taken away',
  async table => {
    const columns = await shownOf(table)
    expect(columns.length).toBeGreaterThan(0)
    const trying = async (how: 'change' | 'insert' | 'delete', column: string, row: number) =>
      expect([how, column, await isFound(table, await changeOf(table, how, column, row))]).toEqual([
        how,
        column,
        1,
      ])
    for (const [at, { name }] of columns.entries()) await trying('change', name, at)
    await trying('insert', '', 0)
    await trying('delete', '', 0)
  },
  60_000,
)

it('finds any one change, insertion or deletion of any row of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tables),
      fc.constantFrom('change' as const, 'change' as const, 'insert' as const, 'delete' as const),
      fc.nat(1000),
      fc.nat(1000),
      async (table, how, row, at) => {
        const columns = await shownOf(table)
        const column = columns[at % columns.length]?.name ?? ''
        expect(await isFound(table, await changeOf(table, how, column, row))).toBe(1)
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)

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

it('runs once for all who ask before it begins, and once more for all who ask while it runs', async () => {
  const { auditing } = house
  const made = () =>
    Number(auditing.figures.find(({ name }) => name === 'jieting_ledger_audits_total')?.read())
  const before = made()
  const first = Array.from({ length: 5 }, () => auditing.audit())
  await new Promise(resolve => setImmediate(resolve))
  const meanwhile = Array.from({ length: 20 }, () => auditing.audit())
  for (const { breaks } of await Promise.all([...first, ...meanwhile])) expect(breaks).toEqual([])
  expect(made() - before).toBe(2)
})
