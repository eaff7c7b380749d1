import { type Clock, Fault, newId } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { KnowledgeContent, KnowledgeEventKind } from './api.ts'
import { askedOf, checkContent, contentFields, type KnowledgeGround, shownOf, timesOf } from './entry.ts'
import { knowledgeMoves } from './entry-state.ts'
import { deleteIndexed, endIndexed, insertIndexed } from './index-store.ts'
import { checkKeeps, checkReviews, type KnowledgeActor } from './permit.ts'
import {
  insertEntry,
  insertKnowledgeEvent,
  type KeptEntry,
  type KeptVersion,
  selectAsked,
  selectEntry,
  selectVersion,
  setPublished,
  updateEntry,
  writeVersion,
} from './store.ts'

/** The only code that writes entries: each action checks permission and content, then writes in one transaction. */

/** Name of the actor in events of entries that ship with the product. */
const shipper = 'jieting'

type Seen = { readonly id: string; readonly version: number; readonly revision?: number }

export function createActions({
  database,
  ground,
  clock,
}: {
  readonly database: Database
  readonly ground: KnowledgeGround
  readonly clock: Clock
}) {
  const happened = (
    queries: Queries,
    entry: string,
    kind: KnowledgeEventKind,
    version: number,
    by: string,
    note?: string,
  ) =>
    insertKnowledgeEvent(queries, entry, {
      atMs: clock.now(),
      kind,
      version,
      by,
      note: note === '' ? undefined : note,
    })

  const draftOf = (content: KnowledgeContent, version: number, authors: readonly string[]): KeptVersion => ({
    version,
    revision: 1,
    state: 'draft',
    content,
    authors,
    madeAtMs: clock.now(),
    untilMs: timesOf(content, ground.timeZone).untilMs,
  })

  async function draft(queries: Queries, content: KnowledgeContent, actor: KnowledgeActor): Promise<string> {
    checkContent(content, ground, clock.now())
    checkKeeps(actor, content.unit)
    const id = newId('know', clock.now())
    const asked = askedOf(content)
    if ((await insertEntry(queries, { id, unit: content.unit }, asked, clock.now())) === 0)
      throw await duplicate(queries, asked)
    await writeVersion(queries, id, draftOf(content, 1, [actor.name]))
    await happened(queries, id, 'drafted', 1, actor.name)
    return id
  }

  /**
   * Writes a new version where the newest is published, and a new revision where it is a draft or in review.
   * @returns whether anything changed
   */
  async function change(
    queries: Queries,
    seen: Seen,
    content: KnowledgeContent,
    actor: KnowledgeActor,
  ): Promise<boolean> {
    const { entry, version } = await lockedNewest(queries, seen)
    checkKeeps(actor, entry.unit)
    checkContent(content, ground, clock.now())
    checkKeeps(actor, content.unit)
    const [was, is] = [shownOf(version.content), shownOf(content)]
    if (contentFields.every(field => was[field] === is[field])) return false
    const isOpen = version.state === 'draft' || version.state === 'in-review'
    const next: KeptVersion = isOpen
      ? {
          ...version,
          state: moved(seen.id, version, 'changed'),
          revision: version.revision + 1,
          content,
          authors: [...new Set([...version.authors, actor.name])],
          untilMs: timesOf(content, ground.timeZone).untilMs,
        }
      : draftOf(content, version.version + 1, [actor.name])
    const asked = askedOf(content)
    // The published version stays under its own unit until the new one is published.
    const unit = entry.published === undefined ? content.unit : entry.unit
    if ((await updateEntry(queries, { ...entry, unit, newest: next.version }, asked)) === 0)
      throw await duplicate(queries, asked)
    await writeVersion(queries, seen.id, next)
    await happened(queries, seen.id, isOpen ? 'changed' : 'drafted', next.version, actor.name)
    return true
  }

  async function submit(queries: Queries, seen: Seen, actor: KnowledgeActor, note?: string): Promise<void> {
    const { entry, version } = await lockedNewest(queries, seen)
    checkKeeps(actor, entry.unit)
    const state = moved(seen.id, version, 'submitted')
    // It was right when it was written, but its last day may have passed or its unit may be gone.
    checkContent(version.content, ground, clock.now())
    await writeVersion(queries, seen.id, { ...version, state })
    await happened(queries, seen.id, 'submitted', version.version, actor.name, note)
  }

  async function sendBack(queries: Queries, seen: Seen, actor: KnowledgeActor, note?: string): Promise<void> {
    const { version } = await lockedNewest(queries, seen)
    checkReviews(actor, version.authors)
    const state = moved(seen.id, version, 'sent-back')
    await writeVersion(queries, seen.id, { ...version, state, revision: version.revision + 1 })
    await happened(queries, seen.id, 'sent-back', version.version, actor.name, note)
  }

  async function publish(queries: Queries, seen: Seen, actor: KnowledgeActor, note?: string): Promise<void> {
    const { entry, version } = await lockedNewest(queries, seen)
    checkReviews(actor, version.authors)
    const state = moved(seen.id, version, 'published')
    checkContent(version.content, ground, clock.now())
    const reviewed = { reviewer: actor.name, reviewedAtMs: clock.now() }
    await answers(queries, entry, { ...version, ...reviewed, state })
    await happened(queries, seen.id, 'published', version.version, actor.name, note)
  }

  /** Puts a version into the index: from its first day on it answers in place of the one before. */
  async function answers(queries: Queries, entry: KeptEntry, version: KeptVersion): Promise<void> {
    const { content } = version
    const { id } = entry
    const times = timesOf(content, ground.timeZone)
    const fromMs = Math.max(clock.now(), times.fromMs ?? 0)
    await endIndexed(queries, id, new Date(fromMs))
    await writeVersion(queries, id, { ...version, fromMs, untilMs: times.untilMs })
    await updateEntry(queries, { ...entry, unit: content.unit, published: version.version }, askedOf(content))
    await insertIndexed(queries, {
      entry: id,
      version: version.version,
      fromMs,
      untilMs: times.untilMs,
      districts: content.districts,
      asked: [content.question, ...content.wordings],
      text: content.text,
    })
  }

  /** Publishes an example that ships with the product, without a review. @returns whether it was new */
  async function ship(queries: Queries, content: KnowledgeContent): Promise<boolean> {
    const id = newId('know', clock.now())
    const entry = { id, unit: content.unit, newest: 1 }
    if ((await insertEntry(queries, entry, askedOf(content), clock.now())) === 0) return false
    const version = draftOf(content, 1, [])
    await answers(queries, entry, { ...version, state: moved(id, version, 'shipped') })
    await happened(queries, id, 'shipped', 1, shipper)
    return true
  }

  /** Withdraws the published version: the entry answers nothing from now on. */
  async function withdraw(queries: Queries, seen: Seen, actor: KnowledgeActor, note?: string): Promise<void> {
    const entry = await selectEntry(queries, seen.id, true)
    if (!entry) throw unknownEntry(seen.id)
    checkKeeps(actor, entry.unit)
    const version = await selectVersion(queries, seen.id, seen.version)
    if (!version) throw unknownEntry(`${seen.id}@${seen.version}`)
    const state = moved(seen.id, version, 'withdrawn')
    if (entry.published !== seen.version)
      throw stage(seen.id, 'another version that is published', 'the published one')
    await deleteIndexed(queries, seen.id)
    await writeVersion(queries, seen.id, { ...version, state })
    await endIndexed(queries, seen.id, new Date(clock.now()))
    await setPublished(queries, seen.id, undefined)
    await happened(queries, seen.id, 'withdrawn', version.version, actor.name, note)
  }

  return {
    draft,
    change,
    submit,
    sendBack,
    publish,
    ship,
    withdraw,
    transaction: <Done>(work: (queries: Queries) => Promise<Done>) => database.transaction(work),
  }
}

export type KnowledgeActions = ReturnType<typeof createActions>

/**
 * The newest version, with its entry locked for this transaction.
 * @throws Fault `knowledge-revision` when the actor has seen another version or revision
 */
async function lockedNewest(
  queries: Queries,
  { id, version: seen, revision }: Seen,
): Promise<{ readonly entry: KeptEntry; readonly version: KeptVersion }> {
  const entry = await selectEntry(queries, id, true)
  const version = entry && (await selectVersion(queries, id, entry.newest))
  if (!entry || !version) throw unknownEntry(id)
  if (version.version === seen && (revision === undefined || version.revision === revision))
    return { entry, version }
  throw new Fault({
    code: 'knowledge-revision',
    place: id,
    found: `version ${seen}${revision === undefined ? '' : `, revision ${revision}`}`,
    expected: `version ${version.version}, revision ${version.revision}, which somebody wrote meanwhile`,
  })
}

/** The state that an event leads to. @throws Fault `knowledge-stage` */
function moved(id: string, { version, state }: KeptVersion, kind: KnowledgeEventKind) {
  const to = knowledgeMoves[state][kind]
  if (to !== undefined) return to
  const from = Object.entries(knowledgeMoves).flatMap(([one, moves]) => (moves[kind] ? [one] : []))
  throw stage(id, `version ${version}, ${state}`, `one that is ${from.join(' or ')}`)
}

const stage = (id: string, found: string, expected: string) =>
  new Fault({ code: 'knowledge-stage', place: id, found, expected })

export const unknownEntry = (id: string) =>
  new Fault({ code: 'knowledge-unknown', place: 'params.id', found: id, expected: 'the id of an entry' })

async function duplicate(queries: Queries, asked: string): Promise<Fault> {
  return new Fault({
    code: 'knowledge-duplicate',
    place: 'body.question',
    found: 'a question that an entry has already',
    expected: `a new version of ${(await selectAsked(queries, asked)) ?? 'it'}, or another question`,
  })
}
