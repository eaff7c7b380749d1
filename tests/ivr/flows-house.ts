/** Flows with their history in a database in memory, a folder that people save into, and a clock moved by hand. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createManualClock, Fault, silentLog, systemClock } from '../../src/foundation/index.ts'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { type Flows, flowMigrations, openFlows, type Prove, prove } from '../../src/ivr/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { shippedSources } from './shipped.ts'

export const openTables = async (): Promise<Database> => {
  const database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, flowMigrations)
  return database
}

export const emptyTables = (database: Database) =>
  database.execute(sql`delete from flow_uses; delete from flow_files; delete from flow_versions`)

/** A proof takes half a second; the same files need it once a run. */
const proofs = new Map<string, ReturnType<Prove>>()
const proveOnce: Prove = (sources, lengths, needs) => {
  const key = JSON.stringify([sources, needs])
  const proof = proofs.get(key) ?? prove(sources, lengths, needs)
  proofs.set(key, proof)
  return proof
}

/** The hotline's file with other words in it. */
export const saying = (words: string) => textOf('hotline.yaml').replaceAll('感谢您的来电', words)
export const textOf = (name: string) =>
  shippedSources().find(({ path }) => basename(path) === name)?.text ?? ''
export const broken = textOf('hotline.yaml').replace('start: ', 'star: ')

/** A folder of the shipped flows, on a node, or several nodes, on one database. */
export async function openFolder(database: Database) {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-flows-'))
  for (const { path, text } of shippedSources()) await writeFile(join(directory, basename(path)), text)
  const opened: Flows[] = []
  return {
    directory,
    /** A start of the product; `passes` lets its clock go on. */
    async start(on: Database = database, { needs = flowNeeds, log = silentLog } = {}) {
      const clock = createManualClock()
      const options = {
        directory,
        database: on,
        clock,
        log,
        prove: proveOnce,
        needs,
        prepare: async () => ({}),
      }
      const flows = await openFlows(options)
      opened.push(flows)
      const passes = () => clock.advance(5_000)
      const texts = async () => {
        const use = await flows.use()
        const files = use ? await flows.files(use.standing.number) : []
        return files.map(({ text }) => text).join('')
      }
      /** The words that a call would hear which begins now. */
      const says = (words: string) =>
        JSON.stringify([...flows.current().flows.get('hotline')!.utterances.keys()]).includes(words)
      return { ...flows, passes, texts, says }
    },
    /** As editors do: written elsewhere, then renamed over it. */
    async save(name: string, text: string) {
      await writeFile(join(directory, `.${name}.swp`), text)
      await rename(join(directory, `.${name}.swp`), join(directory, name))
    },
    async close() {
      for (const flows of opened.splice(0)) await flows.close()
      await rm(directory, { recursive: true })
    },
  }
}

/** A database that is away until it is back. */
export function switchable(database: Database) {
  let isAway = false
  const away = () =>
    Promise.reject(new Fault({ code: 'database-away', place: 'database', found: 'nothing', expected: 'one' }))
  const gated: Database = {
    query: (...given) => (isAway ? away() : database.query(...given)),
    execute: (...given) => (isAway ? away() : database.execute(...given)),
    notify: (...given) => (isAway ? away() : database.notify(...given)),
    transaction: (...given) => (isAway ? away() : database.transaction(...given)),
    listen: (...given) => (isAway ? away() : database.listen(...given)),
    ping: () => (isAway ? away() : database.ping()),
    close: async () => undefined,
  }
  return {
    database: gated,
    goes: () => {
      isAway = true
    },
    returns: () => {
      isAway = false
    },
  }
}
