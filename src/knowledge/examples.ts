import { z } from 'zod'
import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, type Queries, sql } from '../storage/index.ts'
import type { KnowledgeActions } from './actions.ts'
import { readKnowledgeFiles } from './check.ts'
import type { KnowledgeGround } from './entry.ts'
import type { KnowledgeActor } from './permit.ts'

/** Examples laid in one transaction; a search waits no longer than for these. */
const batch = 20
/** A database that is away at the start is often back by then. */
const againMs = 30_000

/**
 * Lays the examples of a folder where nobody has written, imported or withdrawn anything yet, so that a search on
 * the first day finds something. Continues after a crash where it stopped.
 */
export function layExamples({
  database,
  actions,
  folder,
  ground,
  clock,
  log,
}: {
  readonly database: Database
  readonly actions: Pick<KnowledgeActions, 'ship' | 'transaction'>
  readonly folder: string
  readonly ground: KnowledgeGround
  readonly clock: Clock
  readonly log: Log
}): { close(): void } {
  let isClosed = false
  let stop: Cancel = () => undefined

  async function lay(): Promise<void> {
    if (isClosed || (await isTouched(database))) return
    const { entries, faults } = await readKnowledgeFiles(folder, ground, clock.now())
    const examples = entries.map(({ content }) => content).filter(({ example }) => example !== undefined)
    let laid = 0
    for (let at = 0; at < examples.length && !isClosed; at += batch)
      await actions.transaction(async tx => {
        for (const content of examples.slice(at, at + batch)) if (await actions.ship(tx, content)) laid++
      })
    if (laid > 0) log.info({ laid, refused: faults.length }, 'examples of knowledge answer')
  }
  const begin = () => {
    lay().catch((error: unknown) => {
      if (isClosed) return
      log.warn({ reason: reasonOf(error) }, 'examples of knowledge are not laid yet')
      stop = clock.after(againMs, begin)
    })
  }
  begin()
  return {
    close() {
      isClosed = true
      stop()
    },
  }
}

/** Whether anything but shipping examples has happened here. */
async function isTouched(queries: Queries): Promise<boolean> {
  const [found] = await queries.query(
    sql`select exists (select 1 from knowledge_events where kind <> 'shipped') as touched`,
    z.object({ touched: z.boolean() }),
  )
  return found?.touched ?? false
}

const exampleRow = z.object({ id: z.string(), version: z.number() })

/** All examples that are published. */
const selectExamples = (queries: Queries) =>
  queries.query(
    sql`select e.id, v.version from knowledge_entries e join knowledge_versions v on v.entry = e.id and v.version = e.published
      where v.content ? 'example' order by e.id`,
    exampleRow,
  )

/** Withdraws all published examples. @returns how many there were */
export const withdrawExamples = (
  actions: Pick<KnowledgeActions, 'withdraw' | 'transaction'>,
  actor: KnowledgeActor,
): Promise<number> =>
  actions.transaction(async tx => {
    const examples = await selectExamples(tx)
    for (const one of examples) await actions.withdraw(tx, one, actor)
    return examples.length
  })
