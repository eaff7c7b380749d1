import type { Catalogue } from '../catalogue/index.ts'
import { placeTime } from '../city/index.ts'
import { type Clock, Fault, FaultList, type Figure, type Log, reasonOf } from '../foundation/index.ts'
import type { Handler, Jobs } from '../jobs/index.ts'
import type { Database, Forgetter, Queries } from '../storage/index.ts'
import { createActions, unknownEntry } from './actions.ts'
import type {
  KnowledgeContent,
  KnowledgeDetail,
  KnowledgeDiff,
  KnowledgeFormat,
  KnowledgeFound,
  KnowledgeImported,
  KnowledgeInbox,
  KnowledgeListQuery,
  KnowledgeReview,
  KnowledgeReviewed,
  KnowledgeRow,
  KnowledgeSearch,
  KnowledgeUse,
  KnowledgeUsed,
} from './api.ts'
import type { KnowledgeFigures } from './counted/api.ts'
import { createEnding } from './ending.ts'
import { diffOf, type KnowledgeGround } from './entry.ts'
import { standingOf } from './entry-state.ts'
import { layExamples, withdrawExamples } from './examples.ts'
import { type KnowledgeCounts, knowledgeFigures } from './figures.ts'
import { forgetsSearches, keptWords } from './holdings.ts'
import { likenessIn, likenessReady } from './likeness.ts'
import { figuresSince, inboxOf, listEntries } from './lists.ts'
import { type KnowledgeActor, mayOf } from './permit.ts'
import { createSearcher } from './search.ts'
import { createExchange, type ReadTable } from './sheets/exchange.ts'
import {
  countSearch,
  countUse,
  countUses,
  selectEntry,
  selectKnowledgeEvents,
  selectVersion,
  selectVersions,
} from './store.ts'
import type { Synonyms } from './synonyms.ts'
import { citationPattern } from './telling/api.ts'
import { createLexicon } from './terms.ts'

export type Knowledge = {
  /** Entries that answer now and fit, best first. A longer text costs no more. */
  search(asked: KnowledgeSearch): Promise<KnowledgeFound>
  list(
    query: KnowledgeListQuery,
  ): Promise<{ readonly entries: readonly KnowledgeRow[]; readonly next?: string }>
  /** @throws Fault `knowledge-unknown` */
  show(id: string, actor: KnowledgeActor): Promise<KnowledgeDetail>
  /** @throws Fault `knowledge-unknown` */
  diff(id: string, from: number, to: number): Promise<KnowledgeDiff>
  /** @throws Fault `knowledge-unclear`, `knowledge-of-another`, `knowledge-duplicate` */
  draft(content: KnowledgeContent, actor: KnowledgeActor): Promise<KnowledgeDetail>
  /** @throws Fault those of `draft`, `knowledge-revision`, `knowledge-unknown` */
  change(
    id: string,
    seen: SeenVersion,
    content: KnowledgeContent,
    actor: KnowledgeActor,
  ): Promise<KnowledgeDetail>
  /** @throws Fault `knowledge-stage`, `knowledge-revision`, `knowledge-of-another`, `knowledge-unclear` */
  submit(id: string, version: number, actor: KnowledgeActor, note?: string): Promise<KnowledgeDetail>
  /** Reviews each entry by itself: one that is refused does not hold up the others. */
  review(review: KnowledgeReview, actor: KnowledgeActor): Promise<KnowledgeReviewed>
  /** @throws Fault `knowledge-stage`, `knowledge-of-another` */
  withdraw(id: string, version: number, actor: KnowledgeActor, note?: string): Promise<KnowledgeDetail>
  /**
   * Returns the words of an entry and counts the use.
   * @param act says or sends them; when it fails, no use is counted
   * @throws Fault `knowledge-not-current`, `knowledge-unknown`; what `act` throws
   */
  use(
    id: string,
    version: number,
    how: KnowledgeUse,
    act?: (words: string) => Promise<void>,
  ): Promise<KnowledgeUsed>
  /**
   * Counts that an order cites an entry, in the transaction that makes the order.
   * @param order its article, as know_…@3; undefined when nothing is cited
   * @throws Fault `knowledge-not-current`, `knowledge-unknown`
   */
  cited(queries: Queries, order: { readonly article: string | undefined }): Promise<void>
  /** Withdraws all examples. @returns how many there were. @throws Fault `knowledge-of-another` */
  withdrawExamples(actor: KnowledgeActor): Promise<number>
  inbox(actor: KnowledgeActor): Promise<KnowledgeInbox>
  counted(days: number, actor: KnowledgeActor): Promise<KnowledgeFigures>
  /**
   * Takes in a table; faults in its rows are returned. @throws Fault `knowledge-file`, `knowledge-file-big` when it
   * is no such table
   */
  import(file: ReadTable, submits: boolean, actor: KnowledgeActor): Promise<KnowledgeImported>
  export(format: KnowledgeFormat, actor: KnowledgeActor): Promise<Uint8Array>
  readonly handlers: readonly Handler[]
  readonly figures: readonly Figure[]
  readonly forgetters: readonly Forgetter[]
  close(): void
}

type SeenVersion = { readonly version: number; readonly revision: number }

type Options = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly orderRules: { readonly units: ReadonlyMap<string, unknown> }
  readonly city: { readonly districts: readonly { readonly name: string }[]; readonly timeZone: string }
  readonly synonyms?: Synonyms
  /** Folder of the examples that answer from the first start on; none do when absent. */
  readonly examples?: string
  /** Tells what two texts without a common word have in common. */
  readonly catalogue: Pick<Catalogue, 'objects'>
  readonly clock: Clock
  readonly log: Log
}

const dayMs = 24 * 3_600_000

export function openKnowledge({
  database,
  jobs,
  orderRules,
  city,
  synonyms = [],
  examples,
  catalogue,
  clock,
  log,
}: Options): Knowledge {
  const ground: KnowledgeGround = {
    units: orderRules.units,
    districts: city.districts.map(({ name }) => name),
    timeZone: city.timeZone,
  }
  const searcher = createSearcher(createLexicon(synonyms), likenessIn(catalogue), () =>
    likenessReady(catalogue),
  )
  const counts: KnowledgeCounts = {
    searches: 0,
    unanswered: 0,
    told: 0,
    uses: { 'read-out': 0, sms: 0, cite: 0 },
  }
  const actions = createActions({ database, ground, clock })
  const exchange = createExchange({ database, actions, ground, clock })
  const ending = createEnding({
    database,
    jobs,
    clock,
    log,
    told: count => {
      counts.told += count
    },
  })
  ending.begin()
  const laying =
    examples === undefined
      ? undefined
      : layExamples({ database, actions, folder: examples, ground, clock, log })
  // Loads the shelf now, so that the first search need not wait; with the database away, the first search loads it.
  searcher
    .warm(database)
    .catch((error: unknown) => log.debug({ reason: reasonOf(error) }, 'no knowledge yet'))
  const today = (atMs = clock.now()) => placeTime(atMs, city.timeZone).date

  async function show(id: string, actor: KnowledgeActor): Promise<KnowledgeDetail> {
    const entry = await selectEntry(database, id)
    if (!entry) throw unknownEntry(id)
    const nowMs = clock.now()
    const versions = (await selectVersions(database, id)).map(one => ({
      ...one,
      standing: standingOf(one, entry.published, nowMs),
    }))
    const [newest] = versions
    return {
      id,
      unit: entry.unit,
      versions,
      events: await selectKnowledgeEvents(database, id),
      uses: await countUses(database, id),
      may: mayOf(actor, {
        unit: entry.unit,
        newest: newest?.standing ?? 'draft',
        authors: newest?.authors ?? [],
        isPublished: entry.published !== undefined,
        isCurrent: versions.some(({ standing }) => standing === 'current'),
      }),
    }
  }

  async function counted(queries: Queries, entry: string, version: number, how: KnowledgeUse): Promise<void> {
    await countUse(queries, { entry, version, how, day: today() }, new Date(clock.now()))
    counts.uses[how]++
  }

  /** @throws Fault `knowledge-not-current`, `knowledge-unknown` */
  async function currentContent(queries: Queries, id: string, version: number): Promise<KnowledgeContent> {
    const entry = await selectEntry(queries, id)
    const kept = entry && (await selectVersion(queries, id, version))
    if (!entry || !kept) throw unknownEntry(`${id}@${version}`)
    const standing = standingOf(kept, entry.published, clock.now())
    if (standing !== 'current')
      throw new Fault({
        code: 'knowledge-not-current',
        place: `${id}@${version}`,
        found: standing,
        expected: 'a version that holds now',
      })
    return kept.content
  }

  return {
    async search({ text, district, limit = 8, final = false }) {
      const atMs = clock.now()
      const found = await searcher.search(database, text, { atMs, district, limit })
      if (final && found.looked > 1) {
        counts.searches++
        const isUnanswered = found.hits.length === 0
        if (isUnanswered) counts.unanswered++
        await countSearch(
          database,
          { day: today(), words: isUnanswered ? keptWords(text) : undefined },
          new Date(atMs),
        )
      }
      const hits = found.hits.map(({ entry: id, version, matched, score, untilMs, content }) => {
        const { question, text: words, unit } = content
        const example = content.example !== undefined
        return {
          id,
          version,
          question,
          text: words,
          unit,
          example,
          matched,
          score: Math.min(1, score),
          untilMs,
        }
      })
      return { hits, unsure: found.isUnsure, looked: found.looked, cut: found.cut }
    },
    list: query => listEntries(database, query, clock.now()),
    show,
    async diff(id, from, to) {
      const [before, after] = await Promise.all([
        selectVersion(database, id, from),
        selectVersion(database, id, to),
      ])
      if (!before || !after) throw unknownEntry(`${id}@${before ? to : from}`)
      return diffOf(before.content, after.content)
    },
    async draft(content, actor) {
      const id = await actions.transaction(tx => actions.draft(tx, content, actor))
      log.info({ entry: id, by: actor.name }, 'an entry of knowledge was drafted')
      return show(id, actor)
    },
    async change(id, seen, content, actor) {
      await actions.transaction(tx => actions.change(tx, { id, ...seen }, content, actor))
      return show(id, actor)
    },
    async submit(id, version, actor, note) {
      await actions.transaction(tx => actions.submit(tx, { id, version }, actor, note))
      return show(id, actor)
    },
    async review({ entries, verdict, note }, actor) {
      const done: string[] = []
      const refused: KnowledgeReviewed['refused'][number][] = []
      for (const seen of entries)
        try {
          const act = verdict === 'publish' ? actions.publish : actions.sendBack
          await actions.transaction(tx => act(tx, seen, actor, note))
          done.push(seen.id)
        } catch (error) {
          const [fault] = error instanceof FaultList ? error.faults : [error]
          if (!(fault instanceof Fault) || !fault.code.startsWith('knowledge-')) throw error
          const { code, found, expected } = fault
          refused.push({ id: seen.id, code, found, expected })
        }
      log.info({ done: done.length, verdict, by: actor.name }, 'entries of knowledge were reviewed')
      return { done, refused }
    },
    async withdraw(id, version, actor, note) {
      await actions.transaction(tx => actions.withdraw(tx, { id, version }, actor, note))
      log.info({ entry: id, by: actor.name }, 'an entry of knowledge was withdrawn')
      return show(id, actor)
    },
    async use(id, version, how, act) {
      const words = usedWords(await currentContent(database, id, version), how)
      await act?.(words)
      await database.transaction(tx => counted(tx, id, version, how))
      return { id, version, how, words, citation: `${id}@${version}` }
    },
    async cited(queries, { article }) {
      if (article === undefined) return
      const [, id = '', version = ''] = citationPattern.exec(article) ?? []
      await currentContent(queries, id, Number(version))
      await counted(queries, id, Number(version), 'cite')
    },
    async withdrawExamples(actor) {
      const withdrawn = await withdrawExamples(actions, actor)
      log.info({ withdrawn, by: actor.name }, 'examples of knowledge were withdrawn')
      return withdrawn
    },
    inbox: actor => inboxOf(database, actor, clock.now()),
    counted: (days, { role, unit }) =>
      figuresSince(
        database,
        { since: today(clock.now() - (days - 1) * dayMs), days, unit: role === 'unit' ? unit : undefined },
        clock.now(),
      ),
    import: exchange.import,
    export: exchange.export,
    handlers: ending.handlers,
    figures: knowledgeFigures(counts),
    forgetters: forgetsSearches(database),
    close() {
      laying?.close()
      ending.close()
    },
  }
}

/** The answer word for word; a text message also states the question. */
const usedWords = ({ question, text, example }: KnowledgeContent, how: KnowledgeUse) =>
  how === 'sms' ? `${example === undefined ? '' : '（示例）'}${question}\n${text}` : text
