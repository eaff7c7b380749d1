/** Seals leave the house: into a file, to somebody else's server, to a time-stamping authority; what does not arrive is sent again. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createManualClock, silentLog, systemClock } from '../../src/foundation/index.ts'
import {
  audit,
  createLedger,
  fileWay,
  type Ledger,
  ledgerKeys,
  ledgerMigrations,
  openAuditing,
  type Seal,
  type SealWay,
  signerOf,
  timeStampWay,
  webhookWay,
} from '../../src/ledger/index.ts'
import { digestOf, genesis, hashOf, macOf } from '../../src/ledger/link.ts'
import { makeSeal } from '../../src/ledger/seal.ts'
import { linksAfter } from '../../src/ledger/walk.ts'
import { type Database, migrate, openDatabase, type Queries, type SQL, sql } from '../../src/storage/index.ts'
import { testKeys, testLedger } from '../support/ledger.ts'

const run = promisify(execFile)
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
)
const day = 86_400_000

let folder: string
let database: Database
const servers: Server[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, ledgerMigrations)
  await database.transaction(tx =>
    testLedger.append(tx, 'orders', [{ stream: '1', place: 1, atMs: 1, kind: 'made', data: { by: 'li' } }]),
  )
}, 120_000)
afterAll(async () => {
  for (const server of servers) server.close()
  await database.close()
  await rm(folder, { recursive: true })
})

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
async function serve(answer: (body: Buffer) => Promise<{ status: number; body: Buffer }>): Promise<string> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(await bodyOf(request)).catch(() => ({
      status: 500,
      body: Buffer.alloc(0),
    }))
    response.writeHead(status).end(body)
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const open = (ways: readonly SealWay[], keys = testKeys, atMs = Date.UTC(2026, 0, 5, 2)) => {
  const clock = createManualClock(atMs)
  const shared = { database, keys, reported: [], ways, timeZone: 'Asia/Shanghai', clock, log: silentLog }
  return { clock, ...openAuditing(shared) }
}

it('are made once a day, go to a file and a server, and again where that was away', async () => {
  await database.execute(sql`delete from ledger_seals`)
  const told: Seal[] = []
  let isAway = true
  const url = await serve(async body => {
    if (!isAway) told.push(JSON.parse(body.toString()))
    return { status: isAway ? 503 : 204, body: Buffer.alloc(0) }
  })
  const file = join(folder, 'seals.jsonl')
  const ways = [fileWay(file), webhookWay(url, seal => signerOf(testKeys, seal))]
  const house = open(ways)
  await house.look()
  expect(house.health()[0]).toMatchObject({ up: false, reason: 'webhook: seal-not-sent' })
  isAway = false
  await house.look()
  await house.look()
  expect(house.health()[0]).toMatchObject({ up: true })
  await house.close()
  const later = open(ways, testKeys, house.clock.now() + day)
  await later.look()
  expect(told.map(({ n }) => n)).toEqual([1, 2])
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2)

  // Whoever has the database takes a seal back: the file has it still.
  expect((await later.audit()).breaks).toEqual([])
  await database.execute(sql`delete from ledger_seals where n = 2`)
  expect((await later.audit()).breaks).toEqual([{ room: 'seals', seq: 2, what: 'seal' }])
  await later.close()
})

it('are not made with another key than the ones before', async () => {
  await database.execute(sql`delete from ledger_seals`)
  const house = open([])
  await house.seal()
  await house.close()
  const other = open([], ledgerKeys(Buffer.alloc(32, 8)))
  await expect(other.look()).rejects.toMatchObject({ code: 'ledger-key-wrong' })
  await other.close()
})

it('go on by a new key, which the one before hands over to, and nothing more is believed of that one', async () => {
  await database.execute(sql`delete from ledger_seals`)
  const [first, second] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9)]
  const keys = ledgerKeys(second, [first])
  expect(keys.mark, 'numbers are found by the mark that they have').toEqual(testKeys.mark)
  const happens = (ledger: Ledger, place: number, stream = '2') =>
    database.transaction(tx =>
      ledger.append(tx, 'orders', [{ stream, place, atMs: place, kind: 'made', data: { by: 'li' } }]),
    )
  const sentOut = fileWay(join(folder, 'rotated.jsonl'))
  const before = open([sentOut])
  await happens(testLedger, 1)
  await before.look()
  await happens(testLedger, 2)
  await before.close()

  const house = open([sentOut], keys)
  // A moment before the first seal of the new key both write.
  await happens(createLedger(keys.mac), 3)
  await house.look()
  await happens(createLedger(keys.mac), 4)
  await house.look()
  const seals = await house.seals()
  expect(seals.map(({ text }) => JSON.parse(text).handover?.to)).toEqual([undefined, house.publicKey])
  expect(house.olderPublicKeys).toEqual([before.publicKey])
  expect(seals.map(seal => signerOf(keys, seal))).toEqual([before.publicKey, house.publicKey])
  expect((await house.audit()).breaks).toEqual([])

  const found = async (...acts: readonly (SQL | ((tx: Queries) => Promise<void>))[]) => {
    const undo = new Error('undo')
    let breaks: readonly object[] = []
    await database
      .transaction(async tx => {
        for (const act of acts) await (typeof act === 'function' ? act(tx) : tx.execute(act))
        const sent = (await sentOut.read?.()) ?? []
        breaks = (await audit(tx, { keys, reported: [], sentOut: sent })).breaks
        throw undo
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error
      })
    return breaks
  }
  /** By whoever has the database and the key that was given up: the event, its MAC, and every hash from there on. */
  const rewritten = (place: number) => async (tx: Queries) => {
    const content = { salt: 's', atMs: place, kind: 'made', body: '{"by":"eve"}' }
    const digest = digestOf(content)
    const mac = macOf(testKeys.mac, { room: 'orders', stream: '2', place }, digest)
    await tx.execute(
      sql`update ledger_events set body = ${content.body}, salt = 's', mac = ${mac} where stream = '2' and place = ${place}`,
    )
    await tx.execute(sql`update ledger_links set digest = ${digest} where stream = '2' and place = ${place}`)
    let previous = genesis
    const last = new Map<string, string>()
    for (const { before: _, ...link } of await linksAfter(tx, 'orders', 0, 100)) {
      const at = { room: 'orders', seq: link.seq, stream: link.stream, place: link.place }
      const hash = hashOf(previous, last.get(link.stream) ?? '', at, link.digest)
      await tx.execute(
        sql`update ledger_links set hash = ${hash} where room = 'orders' and seq = ${link.seq}`,
      )
      last.set(link.stream, hash)
      previous = hash
    }
    await tx.execute(sql`update ledger_heads set hash = ${previous} where room = 'orders'`)
  }
  expect(await found(sql`update ledger_events set body = '{}' where stream = '2' and place = 1`)).toEqual([
    { room: 'orders', seq: 2, stream: '2', what: 'changed' },
  ])
  // Before the handover a head is another than was sealed, and after it the event is by nobody who may.
  expect(await found(rewritten(2))).toEqual([{ room: 'orders', seq: 4, stream: '2', what: 'anchor' }])
  expect(await found(rewritten(4))).toEqual([{ room: 'orders', seq: 5, stream: '2', what: 'forged' }])

  const [, handed] = seals
  const { handover: _, ...unsaid } = JSON.parse(handed?.text ?? '')
  for (const key of [testKeys.seal, keys.seal]) {
    const { text, signature } = makeSeal(key, unsaid)
    expect(
      await found(sql`update ledger_seals set text = ${text}, signature = ${signature} where n = 2`),
      'a seal by the key before, or by one to which it did not hand over',
    ).toContainEqual({ room: 'seals', seq: 2, what: 'seal' })
  }

  // Set back to before the handover, it is not made again as if it had never been.
  await database.execute(sql`delete from ledger_seals where n = 2`)
  await expect(house.look()).rejects.toMatchObject({ code: 'ledger-set-back' })
  await house.close()
})

it.skipIf(!hasOpenssl)('are stamped by an authority (RFC 3161), whose stamp OpenSSL verifies', async () => {
  await database.execute(sql`delete from ledger_seals`)
  const at = (name: string) => join(folder, name)
  await writeFile(at('serial'), '01\n')
  await writeFile(
    at('tsa.cnf'),
    `[req]\ndistinguished_name = dn\nx509_extensions = ext\nprompt = no\n[dn]\nCN = Test authority\n[ext]\nextendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature
[tsa]\ndefault_tsa = own\n[own]\nserial = ${at('serial')}\nsigner_cert = ${at('tsa.pem')}\nsigner_key = ${at('tsa.key')}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\n`,
  )
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3', '-config', at('tsa.cnf')],
    ...['-keyout', at('tsa.key'), '-out', at('tsa.pem')],
  ])
  const url = await serve(async body => {
    await writeFile(at('query'), body)
    await run('openssl', [
      'ts',
      '-reply',
      '-config',
      at('tsa.cnf'),
      '-queryfile',
      at('query'),
      '-out',
      at('reply'),
    ])
    return { status: 200, body: await readFile(at('reply')) }
  })
  const house = open([timeStampWay(url)])
  await house.seal()
  const [seal] = await house.seals()
  expect((await house.audit()).seals).toMatchObject({ checked: 1, stamped: 1 })
  await writeFile(at('text'), seal?.text ?? '')
  await writeFile(at('stamp'), Buffer.from(seal?.stamp ?? '', 'base64'))
  const verify = () =>
    run('openssl', ['ts', '-verify', '-data', at('text'), '-in', at('stamp'), '-CAfile', at('tsa.pem')])
  expect((await verify()).stdout).toContain('Verification: OK')
  await writeFile(at('text'), 'another')
  await expect(verify()).rejects.toThrow()
  await house.close()
})
