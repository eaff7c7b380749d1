import { FaultList } from '../../foundation/index.ts'
import { type Database, type Queries, sql } from '../../storage/index.ts'
import { codeNow } from '../catalogue.ts'
import { fault } from '../faults.ts'
import type { LiveCatalogue } from '../live.ts'
import { type CatalogueFile, readCatalogueFiles, type WrittenCatalogue } from '../read.ts'
import type { CatalogueDraftShown, CatalogueEdit, CatalogueWritten } from './api.ts'
import { changesBetween } from './diff.ts'
import { differing, edited, filesOf, standOfKind } from './edits.ts'
import type { ReadFiles } from './reading.ts'
import { deleteDraft, putDraft, selectDecided, selectDraft, selectFiles } from './store.ts'
import type { CatalogueDraft } from './version.ts'

/** An advisory lock key that nothing else uses; held while the version in force or the draft changes. */
const lockKey = 12345_021

type Options = {
  readonly live: LiveCatalogue
  readonly database: Database
  readonly now: () => Date
  readonly read: ReadFiles
  /** The catalogue in force if nothing was published. */
  readonly folder: WrittenCatalogue
}

export type CatalogueDrafting = ReturnType<typeof createDraft>

/** The single draft of the catalogue, based on the version decided last when it began. */
export function createDraft({ live, database, now, read, folder }: Options) {
  const change = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    database.transaction(async queries => {
      await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
      return work(queries)
    })

  const filesFrom = (queries: Queries, base: number | undefined): Promise<readonly CatalogueFile[]> =>
    base === undefined ? Promise.resolve(folder.files) : selectFiles(queries, base)

  async function shownOf(draft: CatalogueDraft): Promise<CatalogueDraftShown> {
    const base = await filesFrom(database, draft.base)
    const before = await readCatalogueFiles(base)
    const { catalogue, faults } = await read(filesOf(base, draft.files), before)
    return {
      revision: draft.revision,
      base: draft.base,
      author: draft.author,
      changedAtMs: draft.changedAt.getTime(),
      files: Object.keys(draft.files),
      changes: catalogue ? changesBetween(before, catalogue) : [],
      faults: faults.map(({ place, found, expected }) => ({ place, found, expected })),
    }
  }

  return {
    /** Runs changes of the draft or the version in force one at a time. */
    change,
    async show(): Promise<CatalogueDraftShown> {
      const draft = await selectDraft(database)
      return draft ? shownOf(draft) : { revision: 0, files: [], changes: [], faults: [] }
    },
    /** @throws Fault `catalogue-draft-changed`; FaultList if a file cannot be edited */
    async edit({ revision, edits, files }: CatalogueEdit, author: string): Promise<CatalogueDraftShown> {
      const draft = await change(async queries => {
        const seen = await selectDraft(queries)
        sameRevision(seen, revision)
        const base = seen ? seen.base : (await selectDecided(queries))?.version
        const before = await filesFrom(queries, base)
        const after = edited(filesOf(before, seen?.files ?? {}), { edits, files })
        const next: CatalogueDraft = {
          base,
          revision: revision + 1,
          files: differing(before, after),
          author,
          changedAt: now(),
        }
        await putDraft(queries, next)
        return next
      })
      return shownOf(draft)
    },
    /** @throws Fault `catalogue-draft-missing` */
    async discard(): Promise<void> {
      if ((await change(deleteDraft)) === 0) throw noDraft()
    },
    /**
     * The checked catalogue that publishing the draft would put in force.
     * @throws FaultList with every fault; Fault `catalogue-draft-missing`, `-draft-changed`, `-same`
     */
    async proved(revision: number) {
      const draft = await selectDraft(database)
      if (!draft) throw noDraft()
      sameRevision(draft, revision)
      const files = await filesFrom(database, draft.base)
      const before = await readCatalogueFiles(files)
      const { catalogue, faults } = await read(filesOf(files, draft.files), before)
      if (!catalogue || faults.length > 0) throw new FaultList(faults)
      if (catalogue.digest === before.digest)
        throw fault('catalogue-same', 'draft', 'nothing that is another', 'a change')
      return { base: draft.base, catalogue }
    },
    /** The written form of a kind's object, from the draft if there is one. @throws Fault `catalogue-kind-unknown` */
    async written(asked: string): Promise<CatalogueWritten> {
      const draft = await selectDraft(database)
      const base = draft && (await filesFrom(database, draft.base))
      const inDraft =
        draft &&
        base &&
        (await readCatalogueFiles(filesOf(base, draft.files)).catch((error: unknown) => {
          // An unreadable draft is mended in its files; meanwhile the object is shown as in force.
          if (error instanceof FaultList) return undefined
          throw error
        }))
      const catalogue = inDraft ?? live.current()
      const code = codeNow(catalogue, asked)
      const found = standOfKind(catalogue, code)
      const text = catalogue.files.find(({ name }) => name === found?.stand.file)?.text
      if (!found?.object || text === undefined)
        throw fault('catalogue-kind-unknown', 'params.code', asked, 'the code of a kind in the catalogue')
      const { object, stand } = found
      const group = valueAt(JSON.parse(text), stand.at.slice(0, 2))
      return {
        file: stand.file,
        group: object.group,
        object: object.name,
        written: valueAt(group, stand.at.slice(2)),
        units: object.units,
        urgency: String(valueAt(group, ['urgency'])),
        revision: draft?.revision ?? 0,
      }
    },
  }
}

/** Tells the slower of two writers that the draft has changed since they read it. */
export function sameRevision(draft: CatalogueDraft | undefined, revision: number): void {
  const now = draft?.revision ?? 0
  if (now === revision) return
  throw fault(
    'catalogue-draft-changed',
    'body.revision',
    `${revision}, and the draft is at ${now}`,
    'the draft as it is now: look, and do it again',
  )
}

const noDraft = () => fault('catalogue-draft-missing', 'draft', 'no draft', 'one that was begun')

const valueAt = (value: unknown, at: readonly string[]): unknown =>
  at.reduce<unknown>(
    (there, key) => (typeof there === 'object' && there !== null ? Reflect.get(there, key) : undefined),
    value,
  )
