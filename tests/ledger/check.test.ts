/** An export of the ledger, checked by a program that has no code of ours: whole as it is, and wrong wherever it was touched. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerKeys } from '../../src/ledger/index.ts'
import { handOver, hashOfSeal, makeSeal, type SealText } from '../../src/ledger/seal.ts'
import { insertSeal, selectSeals } from '../../src/ledger/seal-store.ts'
import { type Queries, sql } from '../../src/storage/index.ts'
import { testKeys } from '../support/ledger.ts'
import { type LedgerHouse, openLedgerHouse } from '../support/ledger-house.ts'

let house: LedgerHouse
let folder: string
let whole: readonly string[]
beforeAll(async () => {
  house = await openLedgerHouse()
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  whole = await exported(house.database)
  await writeFile(
    join(folder, 'seals.jsonl'),
    (await house.auditing.seals()).map(seal => `${JSON.stringify(seal)}\n`).join(''),
  )
}, 120_000)
afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true })
})

async function exported(queries: Queries): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const text of house.exportOf(queries)) lines.push(...text.split('\n').filter(Boolean))
  return lines
}

async function check(lines: readonly string[]): Promise<string> {
  const file = join(folder, 'ledger.jsonl')
  await writeFile(file, `${lines.join('\n')}\n`)
  const { stdout } = await promisify(execFile)('node', [
    'examples/check-ledger.mjs',
    file,
    join(folder, 'seals.jsonl'),
  ]).catch((error: { readonly stdout: string }) => error)
  return stdout
}

it('has nothing of ours in it', async () => {
  const text = await readFile('examples/check-ledger.mjs', 'utf8')
  const imported = [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map(
    ([, one, other]) => one ?? other,
  )
  expect(imported.every(name => name?.startsWith('node:'))).toBe(true)
  expect(text).not.toContain('require(')
})

it('finds nothing where nothing was touched, in each room and each row of it', async () => {
  const said = await check(whole)
  expect(said).toMatch(/events in 5 rooms \(\d+ erased, 0 .*\), \d+ rows, 1 seals\n.*nothing was changed/)
  const shown = whole.flatMap(line => (line.startsWith('{"rows"') ? [JSON.parse(line).rows] : []))
  const tables = new Map<string, number>()
  for (const { tables: some } of shown)
    for (const [table, rows] of Object.entries<unknown[]>(some))
      tables.set(table, (tables.get(table) ?? 0) + rows.length)
  expect([...tables].filter(([, rows]) => rows === 0)).toEqual([])
  const sum = [...tables.values()].reduce((one, other) => one + other, 0)
  expect(said).toContain(`, ${sum} rows,`)
})

describe('whoever has the database', () => {
  it.each<[string, string, RegExp]>([
    [
      'moves a bad rating',
      `update surveys set unit = '热力' where rating = 5`,
      /surveys .* unit: .*than happened/,
    ],
    [
      'closes an order in time',
      `update orders set changed_at = changed_at - interval '2 days'`,
      /orders .* changed_at: .*than happened/,
    ],
    [
      'answers an instruction in time',
      `update order_instructions set outcome = 'answered', done_at = issued_at where done_at is null`,
      /order_instructions .* outcome: .*than happened/,
    ],
    [
      'sees at a place what nobody saw',
      `update order_site_checks set verdict = 'refuted'`,
      /order_site_checks .* verdict: .*than happened/,
    ],
    [
      'rewrites what a citizen said',
      `update ledger_events set body = replace(body, '漏水', '很好') where body like '%漏水%'`,
      /orders \d+ .*what happened was changed/,
    ],
    [
      'takes an order away with all that happened to it',
      `delete from ledger_events where room = 'orders' and body like '%不热%'; delete from orders where matter = '不热'`,
      /orders \d+ .*was not erased/,
    ],
    [
      'makes an administrator',
      `update staff set role = 'admin' where name = 'li'`,
      /staff li role: .*than happened/,
    ],
    [
      'lets somebody in',
      `insert into staff (name, display, role) values ('eve', 'Eve', 'admin')`,
      /staff eve: .*nothing of what happened made/,
    ],
    ['lets a program do more', `update programs set scopes = '["staff:write"]'`, /programs gateway scopes/],
    ['excludes an order alone', `update surveys set excluded = true`, /surveys .* excluded: .*than happened/],
    ['removes what was read from the trail', `delete from trail where place = 1`, /trail .*a row is missing/],
    [
      'removes what was read before somebody erased something',
      `delete from trail where place = 1; delete from ledger_events where room = 'trail' and place = 1`,
      /trail 1 .*was not erased/,
    ],
    [
      'cuts off the end, with its rows',
      `delete from trail where place = 3; delete from ledger_events where room = 'trail' and place = 3;
       delete from ledger_links where room = 'trail' and place = 3;
       update ledger_heads h set seq = l.seq, hash = l.hash from ledger_links l
         where l.room = 'trail' and h.room = 'trail' and l.place = 2`,
      /seal 1, trail 3: .*not what was sealed/,
    ],
    ['takes the seal away', `delete from ledger_seals`, /seal 1: .*was sent out, and is no longer there/],
    ['gives a device to another', `update staff_factors set label = '别的手机'`, /staff_factors li label/],
  ])('%s', async (_what, statement, named) => {
    let lines: readonly string[] = []
    await house.after(async tx => {
      await tx.execute(sql.raw(statement))
      lines = await exported(tx)
    })
    expect(await check(lines)).toMatch(named)
  })
})

describe('once its key was changed', () => {
  const keys = ledgerKeys(Buffer.alloc(32, 9), [Buffer.alloc(32, 7)])
  let lines: readonly string[] = []
  beforeAll(async () => {
    await house.after(async tx => {
      const [last] = (await selectSeals(tx)).slice(-1)
      const text = JSON.parse(last!.text)
      const previous = hashOfSeal(last!)
      await insertSeal(
        tx,
        makeSeal(keys.seal, { ...text, n: 2, previous, handover: handOver(keys, 1, previous) }),
      )
      for await (const part of house.exportOf(tx, keys))
        lines = [...lines, ...part.split('\n').filter(Boolean)]
    })
  })
  /** The seal at the end as somebody changed it. */
  const sealed = (change: (text: SealText) => SealText, by = keys.seal) =>
    lines.map(line => {
      const { seal } = JSON.parse(line)
      return seal?.n === 2 ? JSON.stringify({ seal: makeSeal(by, change(JSON.parse(seal.text))) }) : line
    })

  it('finds nothing either, by seals of both keys', async () => {
    expect(JSON.parse(lines[0]!).older).toHaveLength(1)
    expect(await check(lines)).toMatch(/2 seals\n.*nothing was changed/)
  })

  it.each<[string, () => readonly string[], RegExp]>([
    [
      'the key before says nothing of',
      () => sealed(text => ({ ...text, handover: undefined })),
      /seal 2: .*hand over/,
    ],
    [
      'somebody else says it of',
      () =>
        sealed(text => ({
          ...text,
          handover: { ...text.handover!, signature: Buffer.alloc(64).toString('base64url') },
        })),
      /seal 2: .*hand over/,
    ],
    [
      'nobody knows',
      () => sealed(text => text, ledgerKeys(Buffer.alloc(32, 8)).seal),
      /seal 2: .*not signed/,
    ],
    [
      'was given up',
      () => {
        const { seal } = JSON.parse(lines.find(line => line.startsWith('{"seal":{"n":2'))!)
        const text: SealText = {
          ...JSON.parse(seal.text),
          n: 3,
          previous: hashOfSeal(seal),
          handover: undefined,
        }
        const third = JSON.stringify({ seal: makeSeal(testKeys.seal, text) })
        return [...lines.slice(0, -1), third, JSON.stringify({ end: lines.length })]
      },
      /seal 3: .*hand over/,
    ],
  ])('finds a seal by a key that %s', async (_what, changed, named) => {
    expect(await check(changed())).toMatch(named)
  })
  it('finds an event of before that was changed', async () => {
    const at = lines.findIndex(line => line.includes('"kind":"password-set"'))
    expect(
      await check(
        lines.map((line, index) =>
          index === at ? line.replace('"kind":"password-set"', '"kind":"password-changed"') : line,
        ),
      ),
    ).toMatch(/staff \d+ \(wang\): .*what happened was changed/)
  })
})

describe('whoever has the file', () => {
  const lineWith = (text: string) => whole.findIndex(line => line.includes(text))
  const without = (at: number) => whole.filter((_, index) => index !== at)
  it.each<[string, () => readonly string[], RegExp]>([
    [
      'changes a line',
      () =>
        whole.map((line, at) =>
          at === lineWith('"kind":"answered"') ? line.replace('answered', 'opted-out') : line,
        ),
      /surveys \d+ .*what happened was changed/,
    ],
    ['takes out a line', () => without(lineWith('"kind":"answered"')), /surveys \d+ .*a gap in the chain/],
    [
      'takes out a row',
      () => without(lineWith('"rows":{"room":"staff","stream":"li"')),
      /staff \d+ \(li\): .*not in the export/,
    ],
    ['cuts off the end', () => whole.slice(0, -3), /the file is not whole/],
    [
      'calls it erased',
      () =>
        whole.map((line, at) => {
          if (at !== lineWith('"kind":"password-set"')) return line
          const { atMs: _, kind: __, body: ___, salt: ____, ...link } = JSON.parse(line)
          return JSON.stringify({ ...link, erased: true })
        }),
      /staff \d+ \(wang\): .*was not erased/,
    ],
  ])('%s', async (_what, changed, named) => {
    expect(await check(changed())).toMatch(named)
  })
})
